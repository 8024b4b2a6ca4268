using System.Buffers.Binary;
using System.Buffers.Text;

namespace AkkaKv.Persistence.Rdb;

/// <summary>Turns the special string encodings back into bytes. What it returns is valid until its next use.</summary>
internal sealed class StringDecoder
{
    private const int LongestIntegerText = 11;
    private const int LargestKept = 1 << 20;

    private readonly byte[] _integer = new byte[LongestIntegerText];
    private byte[] _decompressed = [];

    /// <summary>The text of a little-endian integer of one, two or four bytes.</summary>
    public ReadOnlySpan<byte> Integer(ReadOnlySpan<byte> bytes)
    {
        var value = bytes.Length switch
        {
            1 => (sbyte)bytes[0],
            2 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
            _ => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        };
        Utf8Formatter.TryFormat(value, _integer, out var length);
        return _integer.AsSpan(0, length);
    }

    /// <summary>The content of a compressed string. The caller has bounded <paramref name="length"/>.</summary>
    public bool TryLzf(ReadOnlySpan<byte> compressed, int length, out ReadOnlySpan<byte> value)
    {
        if (_decompressed.Length < length || _decompressed.Length > Math.Max(LargestKept, length))
            _decompressed = new byte[length];
        var target = _decompressed.AsSpan(0, length);
        value = target;
        return Lzf.TryDecompress(compressed, target);
    }
}
