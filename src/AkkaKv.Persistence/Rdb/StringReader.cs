using System.Buffers.Binary;
using System.Buffers.Text;

namespace AkkaKv.Persistence.Rdb;

/// <summary>Reads strings in any of their encodings. What one returns is valid until its next use: there is one for each string of a record.</summary>
internal sealed class StringReader(RdbLimits limits)
{
    private const int LongestIntegerText = 11;
    private const int LargestKept = 1 << 20;

    private readonly byte[] _integer = new byte[LongestIntegerText];
    private byte[] _decompressed = [];

    /// <summary>A string. Its declared length is checked before anything is done for it.</summary>
    /// <exception cref="RdbRefusedException">It is longer than allowed, or damaged.</exception>
    public bool TryRead(ref RdbCursor cursor, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!cursor.TryLength(out var length, out var isEncoding))
            return false;
        if (!isEncoding)
        {
            CheckLength(length);
            return cursor.TryBytes((long)length, out value);
        }

        switch ((byte)length)
        {
            case RdbStringEncoding.Int8 or RdbStringEncoding.Int16 or RdbStringEncoding.Int32:
                if (!cursor.TryBytes(1L << (int)length, out var integer))
                    return false;
                value = Integer(integer);
                return true;
            case RdbStringEncoding.Lzf:
                return TryCompressed(ref cursor, out value);
            default:
                throw new RdbRefusedException($"unknown string encoding {length}");
        }
    }

    private ReadOnlySpan<byte> Integer(ReadOnlySpan<byte> bytes)
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

    private bool TryCompressed(ref RdbCursor cursor, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!cursor.TryNumber(out var compressedLength) || !cursor.TryNumber(out var length))
            return false;
        CheckLength(compressedLength);
        CheckLength(length);
        if (length > compressedLength * Lzf.MaxExpansion)
            throw new RdbRefusedException($"a compressed string of {compressedLength} bytes that claims to hold {length}");
        if (!cursor.TryBytes((long)compressedLength, out var compressed))
            return false;
        if (_decompressed.Length < (int)length || _decompressed.Length > Math.Max(LargestKept, (int)length))
            _decompressed = new byte[Math.Max((int)length, 256)];
        var target = _decompressed.AsSpan(0, (int)length);
        if (!Lzf.TryDecompress(compressed, target))
            throw new RdbRefusedException("a compressed string that does not decompress");
        value = target;
        return true;
    }

    private void CheckLength(ulong length)
    {
        if (length > (ulong)limits.StringLengthMax)
            throw new RdbRefusedException($"a string of {length} bytes, the limit is {limits.StringLengthMax}");
    }
}
