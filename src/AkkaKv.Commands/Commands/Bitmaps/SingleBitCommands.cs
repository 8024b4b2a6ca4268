using AkkaKv.Commands.Commands.Strings;
using AkkaKv.Commands.Configuration;
using AkkaKv.Keyspace;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Bitmaps;

/// <summary>SETBIT and GETBIT.</summary>
internal static class SingleBitCommands
{
    /// <summary>SETBIT key offset 0|1: the old bit.</summary>
    public static void Set(CommandContext context)
    {
        if (!context.TryParseBitOffset(2, fieldBits: 0, out long offset))
        {
            return;
        }

        if (!DecimalNumber.TryParse(context.Args[3], out long bit) || bit is not (0 or 1))
        {
            context.Reply.Error("ERR bit is not an integer or out of range"u8);
            return;
        }

        ReadOnlySpan<byte> key = context.Args[1];
        if (!BitmapValue.TryOpen(context, key, offset, out Span<byte> value, out bool grown))
        {
            return;
        }

        ref byte place = ref value[(int)(offset >> 3)];
        int shift = 7 - (int)(offset & 7);
        int old = (place >> shift) & 1;
        if (grown || old != bit)
        {
            place = (byte)((place & ~(1 << shift)) | ((int)bit << shift));
            context.SignalModified(key);
            context.NotifyKeyspaceEvent(KeyspaceEvents.String, "setbit"u8, key);
        }

        context.Reply.Integer(old);
    }

    /// <summary>GETBIT key offset: 0 behind the end.</summary>
    public static void Get(CommandContext context)
    {
        if (context.TryParseBitOffset(2, fieldBits: 0, out long offset) && context.TryReadString(context.Args[1], out Entry entry))
        {
            context.Reply.Integer(entry.Exists ? (long)BitFieldAccess.Read(entry.StringValue, offset, 1) : 0);
        }
    }
}
