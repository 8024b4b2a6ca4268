namespace AkkaKv.Protocol;

/// <summary>
/// The server's side of RESP: finds the requests in a receive buffer. It is resumable: a request may arrive in any number of pieces, and no
/// complete argument is looked at twice. It takes no memory for a length that it has only read, and in steady state none at all.
/// </summary>
/// <remarks>
/// Errors and limits are those of processMultibulkBuffer and processInlineBuffer in Redis 7.0's networking.c.
/// </remarks>
public sealed class RequestParser
{
    // The request that is not complete yet. Offsets are relative to its first byte, so the buffer may be compacted between calls.
    private ArgumentRange[] _pending = [];
    private int _pendingCount;
    private bool _inRequest;
    private long _itemsLeft;
    private int _offset;

    /// <summary>Whether the client has still to authenticate, in which case Redis allows it short requests only.</summary>
    public bool Unauthenticated { get; set; }

    /// <summary>The longest argument in bytes: <c>proto-max-bulk-len</c>.</summary>
    public long BulkLengthMax { get; set; } = RequestLimits.BulkLengthDefaultMax;

    /// <summary>
    /// The most items that a request may announce. A host that limits the receive buffer sets it to what can fit there at all
    /// (<see cref="RequestLimits.ItemBytesMin"/> each), so that a count that can never be fulfilled is refused at once.
    /// </summary>
    public long MultibulkMax { get; set; } = RequestLimits.MultibulkMax;

    /// <summary>After <see cref="ParseStatus.Error"/>: the error's text as the client must read it, without the leading '-' or line end.</summary>
    public string ErrorMessage { get; private set; } = "";

    /// <summary>
    /// After <see cref="ParseStatus.NeedMore"/>: how long the pending request is at least, in bytes from the consumed position. A hint for
    /// growing the receive buffer once a part of it has arrived; it comes from the wire and must not be trusted for an allocation.
    /// </summary>
    public long BytesNeeded { get; private set; }

    /// <summary>Forgets a pending request.</summary>
    public void Reset()
    {
        _inRequest = false;
        _pendingCount = 0;
        _pending = [];
        BytesNeeded = 0;
        ErrorMessage = "";
    }

    /// <summary>
    /// Appends every complete request in [<paramref name="start"/>, <paramref name="end"/>) to <paramref name="batch"/>, also those before
    /// an error. An inline command's arguments are unquoted in place, so its bytes may change.
    /// </summary>
    /// <param name="buffer">The receive buffer.</param>
    /// <param name="start">The first byte that no earlier call consumed; a pending request begins here.</param>
    /// <param name="end">The end of what was received.</param>
    /// <param name="batch">Receives the requests; may hold earlier ones of the same buffer.</param>
    /// <param name="consumed">The position up to which bytes are consumed: the caller may drop everything before it once the batch is done.</param>
    public ParseStatus Parse(byte[] buffer, int start, int end, RequestBatch batch, out int consumed)
    {
        batch.Use(buffer);
        ReadOnlySpan<byte> bytes = buffer.AsSpan(0, end);
        consumed = start;
        BytesNeeded = 0;
        while (consumed < end)
        {
            ParseStatus status = _inRequest || bytes[consumed] == '*'
                ? ParseArray(bytes, batch, ref consumed)
                : ParseInline(buffer.AsSpan(0, end), batch, ref consumed);
            if (status != ParseStatus.Ok)
            {
                return status;
            }
        }

        return ParseStatus.Ok;
    }

    private ParseStatus ParseArray(ReadOnlySpan<byte> bytes, RequestBatch batch, ref int consumed)
    {
        int start = consumed;
        int position;
        if (_inRequest)
        {
            position = start + _offset;
        }
        else
        {
            position = start;
            switch (ReadLength(bytes, ref position, out long count))
            {
                case LineStatus.NeedMore:
                    BytesNeeded = bytes.Length - start + 1;
                    return ParseStatus.NeedMore;
                case LineStatus.TooLong:
                    return Fail("too big mbulk count string");
                case LineStatus.NotANumber:
                    return Fail("invalid multibulk length");
            }

            if (count > MultibulkMax)
            {
                return Fail("invalid multibulk length");
            }

            if (count > RequestLimits.UnauthenticatedMultibulkMax && Unauthenticated)
            {
                return Fail("unauthenticated multibulk length");
            }

            if (count <= 0)
            {
                consumed = position;
                return ParseStatus.Ok;
            }

            _itemsLeft = count;
        }

        int firstRange = batch.RangeCount;
        while (_itemsLeft > 0)
        {
            int itemStart = position;
            if (position == bytes.Length)
            {
                return Suspend(batch, firstRange, itemStart - start, 1);
            }

            if (bytes[position] != '$')
            {
                // Redis looks for the line's end before it looks at its first byte.
                return bytes[position..].Contains((byte)'\r')
                    ? Fail($"expected '$', got '{Printable(bytes[position])}'")
                    : bytes.Length - position > RequestLimits.LineMax
                        ? Fail("too big bulk count string")
                        : Suspend(batch, firstRange, itemStart - start, bytes.Length - itemStart + 1);
            }

            switch (ReadLength(bytes, ref position, out long length))
            {
                case LineStatus.NeedMore:
                    return Suspend(batch, firstRange, itemStart - start, bytes.Length - itemStart + 1);
                case LineStatus.TooLong:
                    return Fail("too big bulk count string");
                case LineStatus.NotANumber:
                    return Fail("invalid bulk length");
            }

            if (length < 0 || length > BulkLengthMax)
            {
                return Fail("invalid bulk length");
            }

            if (length > RequestLimits.UnauthenticatedBulkMax && Unauthenticated)
            {
                return Fail("unauthenticated bulk length");
            }

            if (bytes.Length - position < length + 2)
            {
                return Suspend(batch, firstRange, itemStart - start, position - itemStart + length + 2);
            }

            // A resumed request gathers its arguments apart from the batch until it is complete, so that resuming costs no copying.
            if (_inRequest)
            {
                AddPending(position - start, (int)length);
            }
            else
            {
                batch.AddRange(position - start, (int)length);
            }

            position += (int)length + 2;
            _itemsLeft--;
        }

        if (_inRequest)
        {
            batch.AddRanges(_pending.AsSpan(0, _pendingCount));
            _inRequest = false;
            _pendingCount = 0;
            if (_pending.Length > 1024)
            {
                _pending = [];
            }
        }

        batch.AddRequest(firstRange, start, position - start);
        consumed = position;
        return ParseStatus.Ok;
    }

    private ParseStatus ParseInline(Span<byte> bytes, RequestBatch batch, ref int consumed)
    {
        int length = bytes[consumed..].IndexOf((byte)'\n');
        if (length < 0)
        {
            if (bytes.Length - consumed > RequestLimits.LineMax)
            {
                return Fail("too big inline request");
            }

            BytesNeeded = bytes.Length - consumed + 1;
            return ParseStatus.NeedMore;
        }

        int firstRange = batch.RangeCount;
        Span<byte> line = bytes.Slice(consumed, length);
        if (line.EndsWith("\r"u8))
        {
            line = line[..^1];
        }

        if (!InlineSplitter.Split(line, batch))
        {
            batch.DropRangesFrom(firstRange);
            return Fail("unbalanced quotes in request");
        }

        if (batch.RangeCount > firstRange)
        {
            batch.AddRequest(firstRange, consumed, rawLength: 0);
        }

        consumed += length + 1;
        return ParseStatus.Ok;
    }

    private ParseStatus Suspend(RequestBatch batch, int firstRange, int offset, long itemBytes)
    {
        if (!_inRequest)
        {
            ReadOnlySpan<ArgumentRange> ranges = batch.RangesFrom(firstRange);
            if (_pending.Length < ranges.Length)
            {
                _pending = new ArgumentRange[Math.Max(8, ranges.Length)];
            }

            ranges.CopyTo(_pending);
            _pendingCount = ranges.Length;
            batch.DropRangesFrom(firstRange);
            _inRequest = true;
        }

        _offset = offset;
        BytesNeeded = offset + itemBytes;
        return ParseStatus.NeedMore;
    }

    private void AddPending(int offset, int length)
    {
        if (_pendingCount == _pending.Length)
        {
            Array.Resize(ref _pending, Math.Max(8, _pending.Length * 2));
        }

        _pending[_pendingCount++] = new ArgumentRange(offset, length);
    }

    private ParseStatus Fail(string what)
    {
        ErrorMessage = "ERR Protocol error: " + what;
        return ParseStatus.Error;
    }

    /// <summary>Reads the number after the type byte at <paramref name="position"/> and moves behind its line end.</summary>
    private static LineStatus ReadLength(ReadOnlySpan<byte> bytes, ref int position, out long value)
    {
        // Nearly every length has one to three digits: read it and its line end in one go.
        value = 0;
        int digit = position + 1;
        int digitsEnd = Math.Min(bytes.Length - 1, digit + 9);
        while (digit < digitsEnd && (uint)(bytes[digit] - '0') <= 9)
        {
            value = value * 10 + (bytes[digit] - '0');
            digit++;
        }

        int digits = digit - position - 1;
        if (digits > 0 && digit < bytes.Length - 1 && bytes[digit] == '\r' && (digits == 1 || bytes[position + 1] != '0'))
        {
            position = digit + 2;
            return LineStatus.Number;
        }

        int length = bytes[position..].IndexOf((byte)'\r');
        if (length < 0)
        {
            return bytes.Length - position > RequestLimits.LineMax ? LineStatus.TooLong : LineStatus.NeedMore;
        }

        if (position + length + 2 > bytes.Length)
        {
            return LineStatus.NeedMore;
        }

        if (!DecimalNumber.TryParse(bytes.Slice(position + 1, length - 1), out value))
        {
            return LineStatus.NotANumber;
        }

        position += length + 2;
        return LineStatus.Number;
    }

    // Redis's error replies never contain line ends: it writes blanks instead.
    private static char Printable(byte value) => value is (byte)'\r' or (byte)'\n' ? ' ' : (char)value;

    private enum LineStatus
    {
        Number,
        NeedMore,
        TooLong,
        NotANumber,
    }
}
