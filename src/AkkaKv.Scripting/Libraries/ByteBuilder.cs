namespace AkkaKv.Scripting.Libraries;

/// <summary>Bytes that are put together; keeps its memory for the next use.</summary>
internal sealed class ByteBuilder
{
    private const int KeptBytes = 1024 * 1024;

    private byte[] _bytes = new byte[1024];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear()
    {
        Length = 0;
        if (_bytes.Length > KeptBytes)
        {
            _bytes = new byte[1024];
        }
    }

    public void Add(byte value)
    {
        Reserve(1)[0] = value;
        Length++;
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>Room for at least <paramref name="count"/> bytes; what is written there counts by <see cref="Advance"/>.</summary>
    public Span<byte> Reserve(int count)
    {
        if (_bytes.Length - Length < count)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(_bytes.Length * 2L, (long)Length + count)));
        }

        return _bytes.AsSpan(Length);
    }

    public void Advance(int count) => Length += count;
}
