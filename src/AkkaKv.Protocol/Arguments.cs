namespace AkkaKv.Protocol;

/// <summary>One argument's place, relative to the first byte of its request.</summary>
internal readonly record struct ArgumentRange(int Offset, int Length);

/// <summary>
/// One request: the command name (index 0) and its arguments, as spans over the receive buffer. Nothing is copied, so it is valid
/// until the buffer that the batch was parsed from moves or is overwritten; <see cref="OwnedArguments"/> outlives it.
/// </summary>
public readonly struct Arguments
{
    private readonly byte[] _buffer;
    private readonly ArgumentRange[] _ranges;
    private readonly int _first;
    private readonly int _start;
    private readonly int _rawLength;

    internal Arguments(byte[] buffer, ArgumentRange[] ranges, int first, int count, int start, int rawLength)
    {
        _buffer = buffer;
        _ranges = ranges;
        _first = first;
        Count = count;
        _start = start;
        _rawLength = rawLength;
    }

    /// <summary>How many there are, the command name included; never 0 for a parsed request.</summary>
    public int Count { get; }

    /// <summary>The argument at <paramref name="index"/>; 0 is the command name.</summary>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            if ((uint)index >= (uint)Count)
            {
                throw new ArgumentOutOfRangeException(nameof(index));
            }

            ref readonly ArgumentRange range = ref _ranges[_first + index];
            return _buffer.AsSpan(_start + range.Offset, range.Length);
        }
    }

    /// <summary>
    /// The bytes of the request exactly as they were received when it came as a RESP array, so that it can be forwarded or propagated
    /// without encoding it again; empty when it came as an inline command.
    /// </summary>
    public ReadOnlySpan<byte> Raw => _buffer.AsSpan(_start, _rawLength);

    /// <summary>The sum of the lengths of all arguments in bytes.</summary>
    public long TotalLength
    {
        get
        {
            long total = 0;
            for (int i = 0; i < Count; i++)
            {
                total += _ranges[_first + i].Length;
            }

            return total;
        }
    }
}
