namespace AkkaKv.Protocol;

/// <summary>
/// Finds where replies end in a byte stream without building anything: what a router needs that passes replies on. Resumable at every byte, and
/// the bytes of a long string need not stay in one buffer.
/// </summary>
public sealed class ReplyScanner
{
    // Replies still to come on each nesting level; the depth is bounded, so the array never grows.
    private readonly long[] _left = new long[ReplyReader.DepthMax];
    private int _depth;
    private long _payloadLeft;
    private bool _attributed;

    /// <summary>The type byte of the reply that was last begun at the top level ('-' for an error, '&gt;' for a push).</summary>
    public byte Type { get; private set; }

    /// <summary>Whether the scanner stands inside a reply.</summary>
    public bool InReply => _depth > 0 || _payloadLeft > 0;

    /// <summary>Forgets a reply that is not complete.</summary>
    public void Reset()
    {
        _depth = 0;
        _payloadLeft = 0;
        _attributed = false;
    }

    /// <summary>
    /// Goes on from <paramref name="position"/>. <see cref="ParseStatus.Ok"/>: one reply ends at the new position (its beginning may have come
    /// in earlier calls). <see cref="ParseStatus.NeedMore"/>: everything before the new position belongs to an unfinished reply and may be passed on; the rest,
    /// at most one unfinished line, must come again with more bytes behind it.
    /// </summary>
    public ParseStatus Scan(ReadOnlySpan<byte> bytes, ref int position)
    {
        while (true)
        {
            if (_payloadLeft > 0)
            {
                int taken = (int)Math.Min(_payloadLeft, bytes.Length - position);
                position += taken;
                _payloadLeft -= taken;
                if (_payloadLeft > 0)
                {
                    return ParseStatus.NeedMore;
                }

                if (CompleteOne())
                {
                    return ParseStatus.Ok;
                }

                continue;
            }

            ParseStatus status = ReplyHeader.Read(bytes, ref position, out ReplyHeader header);
            if (status != ParseStatus.Ok)
            {
                return status;
            }

            if (header.Type != '|' && (_depth == 0 || (_attributed && _depth == 1 && _left[0] == 1)))
            {
                Type = header.Type;
            }

            if (header.HasPayload && header.Number >= 0)
            {
                _payloadLeft = header.Number + 2;
                continue;
            }

            if (header.ItemCount > 0)
            {
                if (_depth == _left.Length)
                {
                    return ParseStatus.Error;
                }

                if (header.Type == '|' && !MakeRoomForAttribute())
                {
                    return ParseStatus.Error;
                }

                _left[_depth++] = header.ItemCount;
                continue;
            }

            if (header.Type != '|' && CompleteOne())
            {
                return ParseStatus.Ok;
            }
        }
    }

    /// <summary>An attribute is not a reply but precedes one: the level it stands on gets one more to count. False when nested too deep.</summary>
    private bool MakeRoomForAttribute()
    {
        if (_depth > 0)
        {
            _left[_depth - 1]++;
        }
        else
        {
            _left[_depth++] = 2;
            _attributed = true;
        }

        return _depth < _left.Length;
    }

    /// <summary>Counts one complete reply; true when that completes the reply at the top level.</summary>
    private bool CompleteOne()
    {
        while (_depth > 0)
        {
            if (--_left[_depth - 1] > 0)
            {
                return false;
            }

            _depth--;
        }

        _attributed = false;
        return true;
    }
}
