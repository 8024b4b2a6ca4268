using System.Buffers.Text;

namespace AkkaKv.Protocol;

/// <summary>
/// The client's side of RESP2 and RESP3: builds replies from arriving bytes. Resumable; memory is taken for what has arrived, never for a length
/// that was only announced. Attributes are skipped.
/// </summary>
public sealed class ReplyReader
{
    /// <summary>The deepest nesting that is accepted. Redis's own replies nest less than ten deep.</summary>
    public const int DepthMax = 128;

    private readonly Stack<Frame> _open = new();

    /// <summary>The longest string that is accepted, in bytes.</summary>
    public long BulkLengthMax { get; set; } = RequestLimits.BulkLengthDefaultMax;

    /// <summary>After <see cref="ParseStatus.Error"/>: what is wrong.</summary>
    public string ErrorMessage { get; private set; } = "";

    /// <summary>Forgets a reply that is not complete.</summary>
    public void Reset()
    {
        _open.Clear();
        ErrorMessage = "";
    }

    /// <summary>
    /// Reads the next reply from [<paramref name="position"/>, end of <paramref name="bytes"/>) and moves behind what it used. With
    /// <see cref="ParseStatus.Ok"/> <paramref name="value"/> is the reply; with <see cref="ParseStatus.NeedMore"/> everything before the position may be dropped,
    /// and the next call must go on with the byte there.
    /// </summary>
    public ParseStatus Read(ReadOnlySpan<byte> bytes, ref int position, out RespValue value)
    {
        while (true)
        {
            ParseStatus status = ReadOne(bytes, ref position, out RespValue? current);
            if (status != ParseStatus.Ok)
            {
                value = RespValue.Null;
                return status;
            }

            while (current is not null)
            {
                if (_open.Count == 0)
                {
                    value = current;
                    return ParseStatus.Ok;
                }

                Frame frame = _open.Peek();
                frame.Items.Add(current);
                current = frame.Items.Count == frame.ItemCount ? Close(_open.Pop()) : null;
            }
        }
    }

    /// <summary>A complete reply, an opened aggregate (null), or the status why there is neither.</summary>
    private ParseStatus ReadOne(ReadOnlySpan<byte> bytes, ref int position, out RespValue? value)
    {
        value = null;
        int next = position;
        ParseStatus status = ReplyHeader.Read(bytes, ref next, out ReplyHeader header);
        if (status != ParseStatus.Ok)
        {
            return status == ParseStatus.Error ? Fail($"unexpected reply line beginning with byte {bytes[position]}") : status;
        }

        if (header.ItemCount > 0)
        {
            if (_open.Count == DepthMax)
            {
                return Fail("the reply is nested too deep");
            }

            _open.Push(new Frame(header.Type, header.ItemCount));
            position = next;
            return ParseStatus.Ok;
        }

        if (header.HasPayload && header.Number >= 0)
        {
            if (header.Number > BulkLengthMax)
            {
                return Fail("a string in the reply is too long");
            }

            int length = (int)header.Number;
            if (bytes.Length - next < (long)length + 2)
            {
                return ParseStatus.NeedMore;
            }

            if (bytes[next + length] != '\r' || bytes[next + length + 1] != '\n')
            {
                return Fail("a string in the reply does not end where its length says");
            }

            value = OfPayload(header.Type, bytes.Slice(next, length));
            next += length + 2;
        }
        else
        {
            value = OfLine(header, bytes.Slice(header.TextStart, header.TextLength));
            if (value is null && header.Type != '|')
            {
                return Fail($"unreadable value after '{(char)header.Type}' in the reply");
            }
        }

        position = next;
        return ParseStatus.Ok;
    }

    private static RespValue OfPayload(byte type, ReadOnlySpan<byte> payload) => type switch
    {
        (byte)'!' => RespValue.OfBytes(RespKind.Error, payload),
        (byte)'=' => RespValue.OfBytes(RespKind.Verbatim, payload.Length >= 4 && payload[3] == ':' ? payload[4..] : payload),
        _ => RespValue.OfBytes(RespKind.Bulk, payload),
    };

    private static RespValue? OfLine(in ReplyHeader header, ReadOnlySpan<byte> text)
    {
        switch (header.Type)
        {
            case (byte)'+':
                return RespValue.OfBytes(RespKind.SimpleString, text);
            case (byte)'-':
                return RespValue.OfBytes(RespKind.Error, text);
            case (byte)'(':
                return RespValue.OfBytes(RespKind.BigNumber, text);
            case (byte)':':
                return RespValue.OfInteger(RespKind.Integer, header.Number);
            case (byte)'#':
                return text.SequenceEqual("t"u8) || text.SequenceEqual("f"u8)
                    ? RespValue.OfInteger(RespKind.Boolean, text[0] == 't' ? 1 : 0)
                    : null;
            case (byte)',':
                return TryParseDouble(text, out double number) ? RespValue.OfDouble(number) : null;
            case (byte)'$' or (byte)'_':
                return RespValue.Null;
            case (byte)'*':
                return header.Number < 0 ? RespValue.Null : RespValue.OfItems(RespKind.Array, []);
            case (byte)'%':
                return RespValue.OfItems(RespKind.Map, []);
            case (byte)'~':
                return RespValue.OfItems(RespKind.Set, []);
            case (byte)'>':
                return RespValue.OfItems(RespKind.Push, []);
            default:
                return null;
        }
    }

    private static bool TryParseDouble(ReadOnlySpan<byte> text, out double value)
    {
        if (text.SequenceEqual("inf"u8) || text.SequenceEqual("-inf"u8))
        {
            value = text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        if (text.SequenceEqual("nan"u8))
        {
            value = double.NaN;
            return true;
        }

        return Utf8Parser.TryParse(text, out value, out int used) && used == text.Length;
    }

    /// <summary>An attribute closes to nothing: the reply that follows it takes its place.</summary>
    private static RespValue? Close(Frame frame) => frame.Type switch
    {
        (byte)'|' => null,
        (byte)'%' => RespValue.OfItems(RespKind.Map, [.. frame.Items]),
        (byte)'~' => RespValue.OfItems(RespKind.Set, [.. frame.Items]),
        (byte)'>' => RespValue.OfItems(RespKind.Push, [.. frame.Items]),
        _ => RespValue.OfItems(RespKind.Array, [.. frame.Items]),
    };

    private ParseStatus Fail(string what)
    {
        ErrorMessage = what;
        return ParseStatus.Error;
    }

    private sealed record Frame(byte Type, long ItemCount)
    {
        public List<RespValue> Items { get; } = [];
    }
}
