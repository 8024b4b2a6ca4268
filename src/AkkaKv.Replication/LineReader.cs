using System.Text;

namespace AkkaKv.Replication;

/// <summary>Collects a line from bytes that arrive in pieces. Lines of the handshake are short; a longer one is an error.</summary>
internal sealed class LineReader
{
    private const int LineLengthMax = 1024;

    private readonly byte[] _line = new byte[LineLengthMax];
    private int _length;

    public void Clear() => _length = 0;

    /// <summary>Takes bytes up to and including the next line feed. <paramref name="line"/> is null until one has come.</summary>
    /// <returns>How many bytes were taken, or -1 if the line is too long.</returns>
    public int Take(ReadOnlySpan<byte> bytes, out string? line)
    {
        line = null;
        var end = bytes.IndexOf((byte)'\n');
        var part = end < 0 ? bytes : bytes[..end];
        if (part.Length > LineLengthMax - _length)
            return -1;
        part.CopyTo(_line.AsSpan(_length));
        _length += part.Length;
        if (end < 0)
            return bytes.Length;
        line = Encoding.Latin1.GetString(_line, 0, _length).TrimEnd('\r');
        _length = 0;
        return end + 1;
    }
}
