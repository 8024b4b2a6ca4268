using AkkaKv.Commands.Commands.Strings;
using AkkaKv.Keyspace;

namespace AkkaKv.Commands.Commands.Bitmaps;

/// <summary>What the writing bit commands share.</summary>
internal static class BitmapValue
{
    /// <summary>
    /// The value of a key, made long enough to hold the bit at <paramref name="lastBit"/>; the key is created if it is missing. False when the key holds no
    /// string, which is answered.
    /// </summary>
    /// <param name="context">The running command.</param>
    /// <param name="key">The key.</param>
    /// <param name="lastBit">The highest bit that will be written.</param>
    /// <param name="value">The bytes, to be changed in place.</param>
    /// <param name="grown">Whether the value was created or made longer, which is a change even if no bit becomes another.</param>
    public static bool TryOpen(CommandContext context, ReadOnlySpan<byte> key, long lastBit, out Span<byte> value, out bool grown)
    {
        value = default;
        grown = false;
        if (!context.TryWriteString(key, out Entry entry))
        {
            return false;
        }

        int length = entry.Exists ? entry.StringValue.Length : 0;
        int needed = Math.Max(length, (int)(lastBit >> 3) + 1);
        grown = needed > length;
        value = context.OpenString(key, needed);
        return true;
    }

    /// <summary>An argument as bit offset; answers the error itself when it returns false.</summary>
    public static bool TryParseBitOffset(this CommandContext context, int argument, int fieldBits, out long offset)
    {
        if (BitOffset.TryParse(context.Args[argument], fieldBits, context.SizeLimit(), out offset))
        {
            return true;
        }

        context.Reply.Error("ERR bit offset is not an integer or out of range"u8);
        return false;
    }
}
