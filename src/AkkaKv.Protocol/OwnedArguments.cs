namespace AkkaKv.Protocol;

/// <summary>A copy of a request that outlives the receive buffer: the entries of a MULTI queue, a blocked client's command.</summary>
public sealed class OwnedArguments
{
    private readonly byte[] _bytes;
    private readonly ArgumentRange[] _ranges;
    private readonly int _rawLength;

    /// <summary>Copies <paramref name="source"/>.</summary>
    public OwnedArguments(in Arguments source)
    {
        _ranges = new ArgumentRange[source.Count];
        ReadOnlySpan<byte> raw = source.Raw;
        _rawLength = raw.Length;
        if (raw.Length > 0)
        {
            _bytes = raw.ToArray();
            for (int i = 0; i < _ranges.Length; i++)
            {
                ReadOnlySpan<byte> argument = source[i];
                raw.Overlaps(argument, out int offset);
                _ranges[i] = new ArgumentRange(argument.IsEmpty ? 0 : offset, argument.Length);
            }

            return;
        }

        _bytes = new byte[source.TotalLength];
        int position = 0;
        for (int i = 0; i < _ranges.Length; i++)
        {
            source[i].CopyTo(_bytes.AsSpan(position));
            _ranges[i] = new ArgumentRange(position, source[i].Length);
            position += source[i].Length;
        }
    }

    /// <summary>A request made of <paramref name="arguments"/>, the command name first, without a raw form.</summary>
    public OwnedArguments(params ReadOnlySpan<byte[]> arguments)
    {
        _ranges = new ArgumentRange[arguments.Length];
        int total = 0;
        foreach (byte[] argument in arguments)
        {
            total += argument.Length;
        }

        _bytes = new byte[total];
        int position = 0;
        for (int i = 0; i < arguments.Length; i++)
        {
            arguments[i].CopyTo(_bytes, position);
            _ranges[i] = new ArgumentRange(position, arguments[i].Length);
            position += arguments[i].Length;
        }
    }

    /// <summary>How many bytes the copy holds.</summary>
    public int Size => _bytes.Length;

    /// <summary>The request; valid as long as this object.</summary>
    public Arguments View => new(_bytes, _ranges, 0, _ranges.Length, 0, _rawLength);
}
