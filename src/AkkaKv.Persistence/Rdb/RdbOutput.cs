using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;

namespace AkkaKv.Persistence.Rdb;

/// <summary>
/// Writes the primitives of the format. Bytes are gathered in a buffer of its own first, so that the checksum runs over many of them at once and the
/// owner's buffer is called seldom; <see cref="Flush"/> hands over what is gathered.
/// </summary>
/// <param name="output">Where the bytes go.</param>
/// <param name="checksum">Whether the checksum is computed.</param>
/// <param name="compress">Whether long strings are compressed where that makes them shorter.</param>
internal sealed class RdbOutput(IBufferWriter<byte> output, bool checksum, bool compress)
{
    private const int GatheredMax = 16 * 1024;
    private const int LongestLength = 9;
    private const int LongestIntegerText = 11;

    /// <summary>As in Redis: below this nothing is gained.</summary>
    private const int CompressFrom = 21;
    private const int CompressionGainMin = 4;
    private const int LargestKept = 1 << 20;

    private readonly byte[] _gathered = new byte[GatheredMax];
    private readonly LzfCompressor? _compressor = compress ? new LzfCompressor() : null;
    private byte[] _compressed = [];
    private int _count;
    private ulong _crc;

    /// <summary>Bytes written so far, those that are only gathered included.</summary>
    public long Written { get; private set; }

    /// <summary>The checksum of everything written so far; 0 if it is not computed.</summary>
    public ulong Checksum
    {
        get
        {
            Flush();
            return _crc;
        }
    }

    /// <summary>Hands over what is gathered.</summary>
    public void Flush()
    {
        HandOver(_gathered.AsSpan(0, _count));
        _count = 0;
    }

    public void Byte(byte value) => Bytes([value]);

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Written += bytes.Length;
        if (bytes.Length > GatheredMax - _count)
        {
            Flush();
            if (bytes.Length >= GatheredMax / 2)
            {
                HandOver(bytes);
                return;
            }
        }

        bytes.CopyTo(_gathered.AsSpan(_count));
        _count += bytes.Length;
    }

    /// <summary>A length or another number: six bits in one byte, fourteen in two, else a marker and four or eight bytes, big-endian.</summary>
    public void Number(ulong value)
    {
        Span<byte> span = stackalloc byte[LongestLength];
        switch (value)
        {
            case < 1 << 6:
                Byte((byte)value);
                return;
            case < 1 << 14:
                BinaryPrimitives.WriteUInt16BigEndian(span, (ushort)(value | 0x4000));
                Bytes(span[..2]);
                return;
            case <= uint.MaxValue:
                span[0] = 0x80;
                BinaryPrimitives.WriteUInt32BigEndian(span[1..], (uint)value);
                Bytes(span[..5]);
                return;
            default:
                span[0] = 0x81;
                BinaryPrimitives.WriteUInt64BigEndian(span[1..], value);
                Bytes(span);
                return;
        }
    }

    /// <summary>A time in milliseconds or another fixed integer, little-endian.</summary>
    public void Int64(long value)
    {
        Span<byte> span = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(span, value);
        Bytes(span);
    }

    /// <summary>A score, little-endian.</summary>
    public void Double(double value) => Int64(BitConverter.DoubleToInt64Bits(value));

    /// <summary>A string in its shortest form: as an integer, compressed, or as it is.</summary>
    public void String(ReadOnlySpan<byte> value)
    {
        if (TryInteger(value) || TryCompressed(value))
            return;
        Number((ulong)value.Length);
        Bytes(value);
    }

    /// <summary>A string that is the decimal text of an integer.</summary>
    public void String(long value)
    {
        if (value is >= int.MinValue and <= int.MaxValue)
        {
            Integer((int)value);
            return;
        }

        Span<byte> text = stackalloc byte[20];
        Utf8Formatter.TryFormat(value, text, out var length);
        String(text[..length]);
    }

    private void HandOver(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return;
        if (checksum)
            _crc = Crc64.Append(_crc, bytes);
        output.Write(bytes);
    }

    /// <summary>The integer forms, taken only for text that reads back as the very same bytes: no sign, zeros or spaces to spare.</summary>
    private bool TryInteger(ReadOnlySpan<byte> text)
    {
        if (text.Length is 0 or > LongestIntegerText || text[0] is not ((>= (byte)'0' and <= (byte)'9') or (byte)'-')
            || !Utf8Parser.TryParse(text, out int value, out var used) || used != text.Length)
            return false;
        Span<byte> canonical = stackalloc byte[LongestIntegerText];
        if (!Utf8Formatter.TryFormat(value, canonical, out var canonicalLength) || !canonical[..canonicalLength].SequenceEqual(text))
            return false;
        Integer(value);
        return true;
    }

    private void Integer(int value)
    {
        Span<byte> span = stackalloc byte[1 + sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(span[1..], value);
        var (encoding, size) = value switch
        {
            >= sbyte.MinValue and <= sbyte.MaxValue => (RdbStringEncoding.Int8, 1),
            >= short.MinValue and <= short.MaxValue => (RdbStringEncoding.Int16, 2),
            _ => (RdbStringEncoding.Int32, 4),
        };
        span[0] = (byte)(RdbStringEncoding.Marker | encoding);
        Bytes(span[..(1 + size)]);
    }

    private bool TryCompressed(ReadOnlySpan<byte> value)
    {
        if (_compressor is null || value.Length < CompressFrom)
            return false;
        var room = value.Length - CompressionGainMin;
        if (_compressed.Length < room)
            _compressed = new byte[room];
        var length = _compressor.Compress(value, _compressed.AsSpan(0, room));
        if (length > 0)
        {
            Byte(RdbStringEncoding.Marker | RdbStringEncoding.Lzf);
            Number((ulong)length);
            Number((ulong)value.Length);
            Bytes(_compressed.AsSpan(0, length));
        }

        if (_compressed.Length > LargestKept)
            _compressed = [];
        return length > 0;
    }
}
