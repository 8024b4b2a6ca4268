using AkkaKv.Commands.Execution;
using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values.Streams;

namespace AkkaKv.Commands.Commands.Streams;

/// <summary>XRANGE, XREVRANGE and XLEN.</summary>
internal static class RangeCommands
{
    /// <summary>XRANGE key start end [COUNT n].</summary>
    public static void Range(CommandContext context) => Range(context, 2, 3, backwards: false);

    /// <summary>XREVRANGE key end start [COUNT n].</summary>
    public static void ReverseRange(CommandContext context) => Range(context, 3, 2, backwards: true);

    /// <summary>XLEN key.</summary>
    public static void Length(CommandContext context)
    {
        if (context.TryRead(context.Args[1], DataType.Stream, out Entry entry))
        {
            context.Reply.Integer(entry.Exists ? context.Database.ReadStream(entry).Length : 0);
        }
    }

    private static void Range(CommandContext context, int startArgument, int endArgument, bool backwards)
    {
        if (!context.TryReadIntervalStart(startArgument, out StreamId start) || !context.TryReadIntervalEnd(endArgument, out StreamId end)
            || !TryReadCount(context, out long? count) || !context.TryRead(context.Args[1], DataType.Stream, out Entry entry))
        {
            return;
        }

        if (!entry.Exists)
        {
            context.Reply.Array(0);
        }
        else if (count == 0)
        {
            context.Reply.NullArray();
        }
        else
        {
            context.Reply.StreamRange(context.Database.ReadStream(entry).Range(start, end, backwards), count ?? 0);
        }
    }

    private static bool TryReadCount(CommandContext context, out long? count)
    {
        count = null;
        for (int i = 4; i < context.Args.Count; i += 2)
        {
            if (i + 1 == context.Args.Count || !context.IsWord(i, "COUNT"u8))
            {
                context.Reply.Error(ErrorText.Syntax);
                return false;
            }

            if (!context.TryReadInteger(i + 1, out long given))
            {
                return false;
            }

            count = Math.Max(given, 0);
        }

        return true;
    }
}
