using AkkaKv.Commands.Execution;

namespace AkkaKv.Commands.Commands.Lists;

/// <summary>One of the two ends of a list.</summary>
internal enum ListEnd
{
    /// <summary>LEFT, the head.</summary>
    First,

    /// <summary>RIGHT, the tail.</summary>
    Last,
}

/// <summary>The words for the ends of a list.</summary>
internal static class ListEndWords
{
    /// <summary>Reads LEFT or RIGHT; on failure the error is written and false returned.</summary>
    public static bool TryReadListEnd(this CommandContext context, int index, out ListEnd end)
    {
        end = context.IsWord(index, "LEFT"u8) ? ListEnd.First : ListEnd.Last;
        if (end == ListEnd.First || context.IsWord(index, "RIGHT"u8))
        {
            return true;
        }

        context.Reply.Error(ErrorText.Syntax);
        return false;
    }

    /// <summary>The word in a propagated LMOVE that stands for one that waited.</summary>
    public static ReadOnlySpan<byte> Word(this ListEnd end) => end == ListEnd.First ? "left"u8 : "right"u8;

    /// <summary>The command that pops here, as it is propagated.</summary>
    public static ReadOnlySpan<byte> PopCommand(this ListEnd end) => end == ListEnd.First ? "LPOP"u8 : "RPOP"u8;

    /// <summary>The keyspace event of popping here.</summary>
    public static ReadOnlySpan<byte> PopEvent(this ListEnd end) => end == ListEnd.First ? "lpop"u8 : "rpop"u8;

    /// <summary>The keyspace event of pushing here.</summary>
    public static ReadOnlySpan<byte> PushEvent(this ListEnd end) => end == ListEnd.First ? "lpush"u8 : "rpush"u8;
}
