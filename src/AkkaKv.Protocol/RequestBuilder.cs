namespace AkkaKv.Protocol;

/// <summary>
/// Puts a request together from single arguments, for requests that come from inside (a script's). It keeps its memory for the next request; what
/// <see cref="Build"/> returned is valid until then.
/// </summary>
public sealed class RequestBuilder
{
    /// <summary>More than this is not kept.</summary>
    private const int KeptBytes = 1024 * 1024;

    private byte[] _bytes = new byte[256];
    private ArgumentRange[] _ranges = new ArgumentRange[8];
    private int _count;
    private int _length;

    /// <summary>Begins a new request.</summary>
    public void Clear()
    {
        _count = 0;
        _length = 0;
        if (_bytes.Length > KeptBytes)
        {
            _bytes = new byte[256];
        }
    }

    /// <summary>Adds an argument; the first is the command name.</summary>
    public void Add(ReadOnlySpan<byte> argument)
    {
        if (_bytes.Length - _length < argument.Length)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(_bytes.Length * 2L, (long)_length + argument.Length)));
        }

        if (_count == _ranges.Length)
        {
            Array.Resize(ref _ranges, _count * 2);
        }

        argument.CopyTo(_bytes.AsSpan(_length));
        _ranges[_count++] = new ArgumentRange(_length, argument.Length);
        _length += argument.Length;
    }

    /// <summary>The request; valid until <see cref="Clear"/>.</summary>
    public Arguments Build() => new(_bytes, _ranges, 0, _count, 0, 0);
}
