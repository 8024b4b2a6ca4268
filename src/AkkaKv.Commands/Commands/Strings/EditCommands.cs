using AkkaKv.Commands.Configuration;
using AkkaKv.Keyspace;

namespace AkkaKv.Commands.Commands.Strings;

/// <summary>APPEND and SETRANGE: writes into a value.</summary>
internal static class EditCommands
{
    /// <summary>APPEND key value: the new length.</summary>
    public static void Append(CommandContext context)
    {
        ReadOnlySpan<byte> key = context.Args[1];
        ReadOnlySpan<byte> added = context.Args[2];
        if (!context.TryWriteString(key, out Entry entry))
        {
            return;
        }

        if (!entry.Exists)
        {
            context.Touch(context.Database.SetString(key, added, Database.NoExpiry));
            Complete(context, key, added.Length);
            return;
        }

        int length = entry.StringValue.Length;
        if (context.FitsSizeLimit(length, added.Length))
        {
            added.CopyTo(context.OpenString(key, length + added.Length)[length..]);
            Complete(context, key, length + added.Length);
        }
    }

    /// <summary>SETRANGE key offset value: the length afterwards; a gap is filled with zero bytes.</summary>
    public static void SetRange(CommandContext context)
    {
        if (!context.TryReadInteger(2, out long offset))
        {
            return;
        }

        if (offset < 0)
        {
            context.Reply.Error("ERR offset is out of range"u8);
            return;
        }

        ReadOnlySpan<byte> key = context.Args[1];
        if (!context.TryWriteString(key, out Entry entry))
        {
            return;
        }

        ReadOnlySpan<byte> value = context.Args[3];
        int length = entry.Exists ? entry.StringValue.Length : 0;
        if (value.IsEmpty)
        {
            context.Reply.Integer(length);
            return;
        }

        if (context.FitsSizeLimit(offset, value.Length))
        {
            int needed = Math.Max(length, (int)offset + value.Length);
            value.CopyTo(context.OpenString(key, needed)[(int)offset..]);
            context.SignalModified(key);
            context.NotifyKeyspaceEvent(KeyspaceEvents.String, "setrange"u8, key);
            context.Reply.Integer(needed);
        }
    }

    private static void Complete(CommandContext context, ReadOnlySpan<byte> key, long length)
    {
        context.SignalModified(key);
        context.NotifyKeyspaceEvent(KeyspaceEvents.String, "append"u8, key);
        context.Reply.Integer(length);
    }
}
