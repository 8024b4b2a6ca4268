using System.Buffers.Text;

namespace AkkaKv.Protocol;

/// <summary>The first line of a reply: its type and, where the type has one, its length or value.</summary>
internal readonly record struct ReplyHeader(byte Type, long Number, int TextStart, int TextLength)
{
    /// <summary>The longest line of a type whose line is a number.</summary>
    private const int NumberLineMax = 64;

    /// <summary>Whether a counted run of bytes follows the line.</summary>
    public bool HasPayload => Type is (byte)'$' or (byte)'=' or (byte)'!';

    /// <summary>How many replies follow as the items of this one; 0 for a null array.</summary>
    public long ItemCount => Type switch
    {
        (byte)'*' or (byte)'~' or (byte)'>' => Math.Max(0, Number),
        (byte)'%' or (byte)'|' => Math.Max(0, Number) * 2,
        _ => 0,
    };

    /// <summary>
    /// Reads the line that begins at <paramref name="position"/> and moves behind it. An attribute (<c>|</c>) is reported like a map; it is not a
    /// reply by itself but precedes one.
    /// </summary>
    public static ParseStatus Read(ReadOnlySpan<byte> bytes, ref int position, out ReplyHeader header)
    {
        header = default;
        if (position == bytes.Length)
        {
            return ParseStatus.NeedMore;
        }

        byte type = bytes[position];
        bool isText = type is (byte)'+' or (byte)'-' or (byte)'(' or (byte)',' or (byte)'#' or (byte)'_';
        bool isNumber = type is (byte)':' or (byte)'$' or (byte)'=' or (byte)'!' or (byte)'*' or (byte)'%' or (byte)'~' or (byte)'>' or (byte)'|';
        if (!isText && !isNumber)
        {
            return ParseStatus.Error;
        }

        int length = bytes[position..].IndexOf((byte)'\n');
        if (length < 0)
        {
            return isNumber && bytes.Length - position > NumberLineMax ? ParseStatus.Error : ParseStatus.NeedMore;
        }

        if (length < 1 || bytes[position + length - 1] != '\r')
        {
            return ParseStatus.Error;
        }

        ReadOnlySpan<byte> text = bytes.Slice(position + 1, length - 2);
        long number = 0;
        if (isNumber)
        {
            bool plus = text.StartsWith("+"u8);
            if (!Utf8Parser.TryParse(text, out number, out int used) || used != text.Length || (plus && type != ':'))
            {
                return ParseStatus.Error;
            }

            if (type != ':' && (number < -1 || number > int.MaxValue || (number == -1 && type is not ((byte)'$' or (byte)'*'))))
            {
                return ParseStatus.Error;
            }
        }

        header = new ReplyHeader(type, number, position + 1, text.Length);
        position += length + 1;
        return ParseStatus.Ok;
    }
}
