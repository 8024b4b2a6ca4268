using AkkaKv.Keyspace;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Strings;

/// <summary>GET, MGET, STRLEN, GETRANGE and SUBSTR: what strings are read with.</summary>
internal static class ReadCommands
{
    /// <summary>GET key.</summary>
    public static void Get(CommandContext context) => TryReplyValue(context);

    /// <summary>MGET key…: null for what is missing or no string.</summary>
    public static void MultiGet(CommandContext context)
    {
        int count = context.Args.Count - 1;
        context.Reply.Array(count);
        int lookAheadAt = 1;
        for (int i = 1; i <= count; i++)
        {
            if (i == lookAheadAt)
            {
                lookAheadAt = context.LookAhead(i, step: 1);
            }

            Entry entry = context.LookupRead(context.Args[i]);
            if (entry.Exists && entry.Type == DataType.String)
            {
                context.Reply.Bulk(entry.StringValue);
            }
            else
            {
                context.Reply.NullBulk();
            }
        }
    }

    /// <summary>STRLEN key.</summary>
    public static void Length(CommandContext context)
    {
        if (context.TryReadString(context.Args[1], out Entry entry))
        {
            context.Reply.Integer(entry.Exists ? entry.StringValue.Length : 0);
        }
    }

    /// <summary>GETRANGE key start end, and its old name SUBSTR: negative positions count from the end.</summary>
    public static void Range(CommandContext context)
    {
        if (!context.TryReadInteger(2, out long start) || !context.TryReadInteger(3, out long end)
            || !context.TryReadString(context.Args[1], out Entry entry))
        {
            return;
        }

        ReadOnlySpan<byte> value = entry.Exists ? entry.StringValue : default;
        context.Reply.Bulk(ByteRange.TryClamp(ref start, ref end, value.Length)
            ? value[(int)start..((int)end + 1)]
            : default);
    }

    /// <summary>Answers the value of the first key, null if there is none; false when the key holds no string, which is answered too.</summary>
    internal static bool TryReplyValue(CommandContext context)
    {
        if (!context.TryReadString(context.Args[1], out Entry entry))
        {
            return false;
        }

        if (entry.Exists)
        {
            context.Reply.Bulk(entry.StringValue);
        }
        else
        {
            context.Reply.NullBulk();
        }

        return true;
    }
}
