namespace AkkaKv.Protocol;

/// <summary>
/// The requests parsed from one receive buffer, reused from batch to batch: after a warm-up, filling it allocates nothing. Valid until the
/// buffer moves or <see cref="Clear"/> is called.
/// </summary>
public sealed class RequestBatch
{
    // A single huge request must not keep its index arrays for the rest of the connection's life.
    private const int RangesKept = 4096;

    private byte[] _buffer = [];
    private ArgumentRange[] _ranges = new ArgumentRange[16];
    private Request[] _requests = new Request[4];
    private int _rangeCount;

    /// <summary>The number of complete requests.</summary>
    public int Count { get; private set; }

    /// <summary>The request at <paramref name="index"/>, in the order of arrival.</summary>
    public Arguments this[int index]
    {
        get
        {
            if ((uint)index >= (uint)Count)
            {
                throw new ArgumentOutOfRangeException(nameof(index));
            }

            ref readonly Request request = ref _requests[index];
            return new Arguments(_buffer, _ranges, request.FirstRange, request.RangeCount, request.Start, request.RawLength);
        }
    }

    /// <summary>Forgets all requests and the buffer they lay in.</summary>
    public void Clear()
    {
        Count = 0;
        _rangeCount = 0;
        _buffer = [];
        if (_ranges.Length > RangesKept)
        {
            _ranges = new ArgumentRange[16];
        }

        if (_requests.Length > RangesKept)
        {
            _requests = new Request[4];
        }
    }

    internal int RangeCount => _rangeCount;

    internal void Use(byte[] buffer)
    {
        if (Count > 0 && !ReferenceEquals(_buffer, buffer))
        {
            throw new InvalidOperationException("A batch holds requests of one buffer only; clear it before parsing another buffer.");
        }

        _buffer = buffer;
    }

    internal void AddRange(int offset, int length)
    {
        if (_rangeCount == _ranges.Length)
        {
            Array.Resize(ref _ranges, _ranges.Length * 2);
        }

        _ranges[_rangeCount++] = new ArgumentRange(offset, length);
    }

    internal void AddRanges(ReadOnlySpan<ArgumentRange> ranges)
    {
        while (_ranges.Length - _rangeCount < ranges.Length)
        {
            Array.Resize(ref _ranges, _ranges.Length * 2);
        }

        ranges.CopyTo(_ranges.AsSpan(_rangeCount));
        _rangeCount += ranges.Length;
    }

    /// <summary>The ranges added since <paramref name="firstRange"/>, which the parser takes back when their request is not complete.</summary>
    internal ReadOnlySpan<ArgumentRange> RangesFrom(int firstRange) => _ranges.AsSpan(firstRange, _rangeCount - firstRange);

    internal void DropRangesFrom(int firstRange) => _rangeCount = firstRange;

    internal void AddRequest(int firstRange, int start, int rawLength)
    {
        if (Count == _requests.Length)
        {
            Array.Resize(ref _requests, _requests.Length * 2);
        }

        _requests[Count++] = new Request(firstRange, _rangeCount - firstRange, start, rawLength);
    }

    private readonly record struct Request(int FirstRange, int RangeCount, int Start, int RawLength);
}
