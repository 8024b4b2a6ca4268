namespace AkkaKv.Commands.Commands;

/// <summary>The limit of commands that draw with repetition, as often as they are told: Redis would fill its memory with the reply and serve nobody else meanwhile.</summary>
internal static class Repetitions
{
    /// <summary>The most draws of one command.</summary>
    public const long Max = 1 << 24;

    /// <summary>Whether <paramref name="count"/> draws, told as a negative number, are too many; then the error is written.</summary>
    public static bool Refuse(CommandContext context, long count)
    {
        if (count >= -Max)
        {
            return false;
        }

        context.Reply.Error($"ERR value is out of range, value must between {-Max} and {long.MaxValue}");
        return true;
    }
}
