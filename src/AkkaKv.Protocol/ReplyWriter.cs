using System.Buffers;
using System.Buffers.Text;
using System.Globalization;

namespace AkkaKv.Protocol;

/// <summary>
/// Writes replies into an <see cref="OutputBuffer"/>. With <see cref="RespVersion"/> 2 the types that only RESP3 has are written as Redis
/// writes them to such clients: a map as an array of twice as many items, a set or push as an array, a double or big number as a bulk string,
/// a boolean as 0 or 1, both nulls as -1 lengths.
/// </summary>
public sealed class ReplyWriter(OutputBuffer output)
{
    // The longest fixed-size item: a double's 24 characters with its bulk header, or a 64-bit integer.
    private const int ItemMax = 64;

    private byte[] _lastErrorCode = [];
    private int _lastErrorCodeLength;

    /// <summary>Where the replies go. The host may exchange it between two replies.</summary>
    public OutputBuffer Output { get; set; } = output;

    /// <summary>2 or 3: what the client agreed to by HELLO.</summary>
    public int RespVersion { get; set; } = 2;

    /// <summary>Whether replies are dropped instead of written (CLIENT REPLY OFF, the link from a master).</summary>
    public bool Muted { get; set; }

    /// <summary>How many error replies were written since the count was last set to 0; muted ones are counted too.</summary>
    public int ErrorCount { get; set; }

    /// <summary>The first word of the last error reply, at most 32 bytes: <c>ERR</c>, <c>WRONGTYPE</c>. Empty before the first error.</summary>
    public ReadOnlySpan<byte> LastErrorCode => _lastErrorCode.AsSpan(0, _lastErrorCodeLength);

    /// <summary><c>+OK</c>.</summary>
    public void Ok() => Literal("+OK\r\n"u8);

    /// <summary>A simple string. <paramref name="text"/> must not contain line ends.</summary>
    public void SimpleString(ReadOnlySpan<byte> text) => Line((byte)'+', text);

    /// <summary>
    /// An error reply, its code first (<c>ERR …</c>). Line ends become blanks, because they would end the reply.
    /// </summary>
    public void Error(ReadOnlySpan<byte> text)
    {
        ErrorCount++;
        RememberCode(text);
        if (Muted)
        {
            return;
        }

        Output.Write("-"u8);
        ReadOnlySpan<byte> rest = text;
        while (!rest.IsEmpty)
        {
            int lineEnd = rest.IndexOfAny((byte)'\r', (byte)'\n');
            if (lineEnd < 0)
            {
                Output.Write(rest);
                break;
            }

            Output.Write(rest[..lineEnd]);
            Output.Write(" "u8);
            rest = rest[(lineEnd + 1)..];
        }

        Output.Write("\r\n"u8);
    }

    /// <summary>An error reply from text; each character is one byte (Latin-1), so that bytes of a request can be quoted unchanged.</summary>
    public void Error(string text)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(text.Length);
        int length = System.Text.Encoding.Latin1.GetBytes(text, rented);
        Error(rented.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>A 64-bit integer.</summary>
    public void Integer(long value)
    {
        if ((ulong)value <= 1)
        {
            Literal(value == 0 ? ":0\r\n"u8 : ":1\r\n"u8);
            return;
        }

        Header((byte)':', value);
    }

    /// <summary>A bulk string.</summary>
    public void Bulk(ReadOnlySpan<byte> value)
    {
        if (Muted)
        {
            return;
        }

        Span<byte> span = Output.GetSpan(ItemMax);
        int header = WriteHeader(span, (byte)'$', value.Length);
        if (span.Length >= header + value.Length + 2)
        {
            value.CopyTo(span[header..]);
            span[header + value.Length] = (byte)'\r';
            span[header + value.Length + 1] = (byte)'\n';
            Output.Advance(header + value.Length + 2);
            return;
        }

        Output.Advance(header);
        Output.Write(value);
        Output.Write("\r\n"u8);
    }

    /// <summary>A bulk string from text, written as UTF-8.</summary>
    public void Bulk(string text)
    {
        int length = System.Text.Encoding.UTF8.GetMaxByteCount(text.Length);
        if (length <= 256)
        {
            Span<byte> bytes = stackalloc byte[256];
            Bulk(bytes[..System.Text.Encoding.UTF8.GetBytes(text, bytes)]);
            return;
        }

        byte[] rented = ArrayPool<byte>.Shared.Rent(length);
        Bulk(rented.AsSpan(0, System.Text.Encoding.UTF8.GetBytes(text, rented)));
        ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>A bulk string that holds the decimal digits of <paramref name="value"/>.</summary>
    public void BulkInteger(long value)
    {
        Span<byte> digits = stackalloc byte[DecimalNumber.MaxLength];
        Utf8Formatter.TryFormat(value, digits, out int length);
        Bulk(digits[..length]);
    }

    /// <summary>The null that stands for a missing string: <c>$-1</c>, in RESP3 <c>_</c>.</summary>
    public void NullBulk() => Literal(RespVersion == 2 ? "$-1\r\n"u8 : "_\r\n"u8);

    /// <summary>The null that stands for a missing array: <c>*-1</c>, in RESP3 <c>_</c>.</summary>
    public void NullArray() => Literal(RespVersion == 2 ? "*-1\r\n"u8 : "_\r\n"u8);

    /// <summary>Begins an array of <paramref name="count"/> replies.</summary>
    public void Array(long count) => Header((byte)'*', count);

    /// <summary>Begins a map of <paramref name="count"/> pairs: key, value, key, value.</summary>
    public void Map(long count) => AggregateHeader((byte)'%', count, itemsPerEntry: 2);

    /// <summary>Begins a set of <paramref name="count"/> replies.</summary>
    public void Set(long count) => AggregateHeader((byte)'~', count, itemsPerEntry: 1);

    /// <summary>Begins an out-of-band message of <paramref name="count"/> replies.</summary>
    public void Push(long count) => AggregateHeader((byte)'>', count, itemsPerEntry: 1);

    /// <summary>
    /// Begins an array whose length is only known after its items: write them, then call <see cref="EndArray"/>. It costs up to a segment of memory,
    /// so count beforehand where that is cheap.
    /// </summary>
    public OpenAggregate BeginArray() => new(Muted ? null : Output.OpenGap());

    /// <summary>Completes <paramref name="open"/> as an array of <paramref name="count"/> items.</summary>
    public void EndArray(in OpenAggregate open, long count) => End(open, (byte)'*', count);

    /// <summary>Completes <paramref name="open"/> as a map of <paramref name="count"/> pairs.</summary>
    public void EndMap(in OpenAggregate open, long count) => End(open, RespVersion == 2 ? (byte)'*' : (byte)'%', RespVersion == 2 ? count * 2 : count);

    /// <summary>Completes <paramref name="open"/> as a set of <paramref name="count"/> items.</summary>
    public void EndSet(in OpenAggregate open, long count) => End(open, RespVersion == 2 ? (byte)'*' : (byte)'~', count);

    /// <summary>A double: in RESP2 a bulk string. 17 significant digits as %.17g of C writes them; infinities are <c>inf</c> and <c>-inf</c>.</summary>
    public void Double(double value)
    {
        Span<byte> text = stackalloc byte[32];
        int length = FormatDouble(value, text);
        if (RespVersion == 2)
        {
            Bulk(text[..length]);
        }
        else
        {
            Line((byte)',', text[..length]);
        }
    }

    /// <summary>A boolean; in RESP2 the integer 1 or 0.</summary>
    public void Boolean(bool value)
    {
        if (RespVersion == 2)
        {
            Integer(value ? 1 : 0);
        }
        else
        {
            Literal(value ? "#t\r\n"u8 : "#f\r\n"u8);
        }
    }

    /// <summary>An integer of any size given by its decimal digits; in RESP2 a bulk string.</summary>
    public void BigNumber(ReadOnlySpan<byte> digits)
    {
        if (RespVersion == 2)
        {
            Bulk(digits);
        }
        else
        {
            Line((byte)'(', digits);
        }
    }

    /// <summary>Text with a format of three letters (<c>txt</c>, <c>mkd</c>); in RESP2 a bulk string without it.</summary>
    public void Verbatim(ReadOnlySpan<byte> text, ReadOnlySpan<byte> format)
    {
        if (format.Length != 3)
        {
            throw new ArgumentException("A verbatim string's format has three letters.", nameof(format));
        }

        if (RespVersion == 2)
        {
            Bulk(text);
            return;
        }

        if (Muted)
        {
            return;
        }

        Header((byte)'=', text.Length + 4);
        Output.Write(format);
        Output.Write(":"u8);
        Output.Write(text);
        Output.Write("\r\n"u8);
    }

    /// <summary>Bytes that already are one or more complete replies.</summary>
    public void Literal(ReadOnlySpan<byte> reply)
    {
        if (Muted)
        {
            return;
        }

        reply.CopyTo(reply.Length <= ItemMax ? Output.GetSpan(ItemMax) : Output.GetSpan(reply.Length));
        Output.Advance(reply.Length);
    }

    /// <summary>Writes <paramref name="value"/> as Redis's replies do; returns the length. 32 bytes always suffice.</summary>
    public static int FormatDouble(double value, Span<byte> destination)
    {
        if (double.IsInfinity(value) || double.IsNaN(value))
        {
            ReadOnlySpan<byte> name = double.IsNaN(value) ? "nan"u8 : value > 0 ? "inf"u8 : "-inf"u8;
            name.CopyTo(destination);
            return name.Length;
        }

        value.TryFormat(destination, out int length, "g17", CultureInfo.InvariantCulture);
        return length;
    }

    private void RememberCode(ReadOnlySpan<byte> text)
    {
        if (_lastErrorCode.Length == 0)
        {
            _lastErrorCode = new byte[32];
        }

        int length = text.IndexOf((byte)' ');
        _lastErrorCodeLength = Math.Min(length < 0 ? text.Length : length, _lastErrorCode.Length);
        text[.._lastErrorCodeLength].CopyTo(_lastErrorCode);
    }

    private void AggregateHeader(byte resp3Type, long count, int itemsPerEntry)
    {
        if (RespVersion == 2)
        {
            Header((byte)'*', count * itemsPerEntry);
        }
        else
        {
            Header(resp3Type, count);
        }
    }

    private void End(in OpenAggregate open, byte type, long count)
    {
        if (open.Gap is null)
        {
            return;
        }

        Span<byte> header = stackalloc byte[OutputBuffer.GapSize];
        Output.FillGap(open.Gap, header[..WriteHeader(header, type, count)]);
    }

    private void Line(byte type, ReadOnlySpan<byte> text)
    {
        if (Muted)
        {
            return;
        }

        Span<byte> span = Output.GetSpan(text.Length + 3);
        span[0] = type;
        text.CopyTo(span[1..]);
        span[text.Length + 1] = (byte)'\r';
        span[text.Length + 2] = (byte)'\n';
        Output.Advance(text.Length + 3);
    }

    private void Header(byte type, long number)
    {
        if (Muted)
        {
            return;
        }

        Output.Advance(WriteHeader(Output.GetSpan(ItemMax), type, number));
    }

    internal static int WriteHeader(Span<byte> span, byte type, long number)
    {
        span[0] = type;
        if ((ulong)number < 10)
        {
            span[1] = (byte)('0' + number);
            span[2] = (byte)'\r';
            span[3] = (byte)'\n';
            return 4;
        }

        Utf8Formatter.TryFormat(number, span[1..], out int digits);
        span[digits + 1] = (byte)'\r';
        span[digits + 2] = (byte)'\n';
        return digits + 3;
    }
}

/// <summary>An aggregate reply whose header is not written yet.</summary>
public readonly struct OpenAggregate
{
    internal OpenAggregate(OutputSegment? gap) => Gap = gap;

    internal OutputSegment? Gap { get; }
}
