using AkkaKv.Commands.Execution;

namespace AkkaKv.Commands.Commands.Keys;

/// <summary>The words behind RESTORE's payload.</summary>
/// <param name="Replace">REPLACE: a key that is there goes.</param>
/// <param name="IsAbsolute">ABSTTL: the time to live is a moment, Unix milliseconds.</param>
/// <param name="IdleSeconds">IDLETIME; -1: not given.</param>
/// <param name="Frequency">FREQ; -1: not given.</param>
internal readonly record struct RestoreOptions(bool Replace, bool IsAbsolute, long IdleSeconds, long Frequency)
{
    private const int FirstOption = 4;

    /// <summary>Reads them; on failure the error is written and false returned.</summary>
    public static bool TryRead(CommandContext context, out RestoreOptions options)
    {
        options = new RestoreOptions(false, false, -1, -1);
        for (int i = FirstOption; i < context.Args.Count; i++)
        {
            bool hasMore = i + 1 < context.Args.Count;
            if (context.IsWord(i, "REPLACE"u8))
            {
                options = options with { Replace = true };
            }
            else if (context.IsWord(i, "ABSTTL"u8))
            {
                options = options with { IsAbsolute = true };
            }
            else if (context.IsWord(i, "IDLETIME"u8) && hasMore && options.Frequency == -1)
            {
                if (!TryReadNumber(context, ++i, long.MaxValue, "ERR Invalid IDLETIME value, must be >= 0"u8, out long idle))
                {
                    return false;
                }

                options = options with { IdleSeconds = idle };
            }
            else if (context.IsWord(i, "FREQ"u8) && hasMore && options.IdleSeconds == -1)
            {
                if (!TryReadNumber(context, ++i, byte.MaxValue, "ERR Invalid FREQ value, must be >= 0 and <= 255"u8, out long frequency))
                {
                    return false;
                }

                options = options with { Frequency = frequency };
            }
            else
            {
                context.Reply.Error(ErrorText.Syntax);
                return false;
            }
        }

        return true;
    }

    /// <summary>The access clock that the options give, under the policy in force; one that has another meaning is as if it were not given.</summary>
    public uint ClockAt(CommandContext context)
    {
        if (context.Settings.MaxMemoryPolicy.CountsUses)
        {
            return Frequency < 0 ? UseCounter.New(context.NowMs) : UseCounter.With((byte)Frequency, context.NowMs);
        }

        return AccessClock.At(context.NowMs - (Math.Clamp(IdleSeconds, 0, context.NowMs / 1000) * 1000));
    }

    private static bool TryReadNumber(CommandContext context, int index, long max, ReadOnlySpan<byte> error, out long value)
    {
        if (!context.TryReadInteger(index, out value))
        {
            return false;
        }

        if (value >= 0 && value <= max)
        {
            return true;
        }

        context.Reply.Error(error);
        return false;
    }
}
