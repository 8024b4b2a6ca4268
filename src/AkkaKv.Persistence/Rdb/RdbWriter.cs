using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;

namespace AkkaKv.Persistence.Rdb;

/// <summary>
/// Writes an RDB in Redis's format, version 10 (Redis 7.0), record by record into a buffer. It keeps nothing but the running
/// checksum, so the owner of the buffer may take bytes away between records. Order: <see cref="Header"/>, any <see cref="Aux(ReadOnlySpan{byte}, ReadOnlySpan{byte})"/>,
/// per database <see cref="SelectDatabase"/>, <see cref="ResizeDatabase"/> and its keys, <see cref="End"/>.
/// </summary>
/// <param name="output">Where the bytes go.</param>
/// <param name="checksum">False writes zero in place of the checksum, which every reader takes as "not computed".</param>
public sealed class RdbWriter(IBufferWriter<byte> output, bool checksum = true)
{
    /// <summary>The format version in the header, "REDIS0010": what Redis 7.0 writes and everything since reads.</summary>
    public const int FormatVersion = 10;

    private const int LongestLength = 9;
    private const int LargestInOneSpan = 4096;
    private const int LongestIntegerText = 11;

    private ulong _crc;

    /// <summary>The number of bytes written so far.</summary>
    public long Written { get; private set; }

    /// <summary>The magic and the format version.</summary>
    public void Header() => Bytes("REDIS0010"u8);

    /// <summary>A name and value about the file. Readers skip names that they do not know.</summary>
    public void Aux(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Bytes([RdbOpcode.Aux]);
        String(name);
        String(value);
    }

    /// <summary>A name and a number about the file.</summary>
    public void Aux(ReadOnlySpan<byte> name, long value)
    {
        Span<byte> text = stackalloc byte[20];
        Utf8Formatter.TryFormat(value, text, out var length);
        Aux(name, text[..length]);
    }

    /// <summary>The keys that follow belong to this database.</summary>
    public void SelectDatabase(int index)
    {
        Bytes([RdbOpcode.SelectDatabase]);
        Length((ulong)index);
    }

    /// <summary>How many keys, and keys with an expiry, the selected database has: lets the reader size its tables.</summary>
    public void ResizeDatabase(long keyCount, long expiringCount)
    {
        Bytes([RdbOpcode.ResizeDatabase]);
        Length((ulong)keyCount);
        Length((ulong)expiringCount);
    }

    /// <summary>A key with a string value.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value; written in the integer form where that gives the same bytes back.</param>
    /// <param name="expireAtMs">Unix time in milliseconds, negative for none.</param>
    public void String(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, long expireAtMs)
    {
        if (key.Length + value.Length > LargestInOneSpan)
        {
            Prefix(expireAtMs);
            String(key);
            String(value);
            return;
        }

        // The common case in one span, so that the checksum runs once over the whole record.
        var span = output.GetSpan(key.Length + value.Length + (2 * LongestLength) + 10);
        var at = PutPrefix(span, expireAtMs);
        at += PutString(span[at..], key);
        at += PutString(span[at..], value);
        Commit(span[..at]);
    }

    /// <summary>The end of the file and its checksum. Nothing may be written after it.</summary>
    public void End()
    {
        Bytes([RdbOpcode.EndOfFile]);
        var crc = checksum ? _crc : 0;
        var span = output.GetSpan(sizeof(ulong));
        BinaryPrimitives.WriteUInt64LittleEndian(span, crc);
        output.Advance(sizeof(ulong));
        Written += sizeof(ulong);
    }

    private void Prefix(long expireAtMs)
    {
        Span<byte> prefix = stackalloc byte[10];
        Bytes(prefix[..PutPrefix(prefix, expireAtMs)]);
    }

    private static int PutPrefix(Span<byte> span, long expireAtMs)
    {
        var at = 0;
        if (expireAtMs >= 0)
        {
            span[at++] = RdbOpcode.ExpireTimeMs;
            BinaryPrimitives.WriteInt64LittleEndian(span[at..], expireAtMs);
            at += sizeof(long);
        }

        span[at++] = RdbValueType.String;
        return at;
    }

    private void String(ReadOnlySpan<byte> value)
    {
        Span<byte> encoded = stackalloc byte[LongestLength];
        if (TryPutInteger(encoded, value, out var length))
        {
            Bytes(encoded[..length]);
            return;
        }

        Length((ulong)value.Length);
        Bytes(value);
    }

    private static int PutString(Span<byte> span, ReadOnlySpan<byte> value)
    {
        if (TryPutInteger(span, value, out var length))
            return length;
        length = PutLength(span, (ulong)value.Length);
        value.CopyTo(span[length..]);
        return length + value.Length;
    }

    /// <summary>The integer forms, taken only for text that reads back as the very same bytes: no sign, zeros or spaces to spare.</summary>
    private static bool TryPutInteger(Span<byte> span, ReadOnlySpan<byte> text, out int length)
    {
        length = 0;
        if (text.Length is 0 or > LongestIntegerText || !Utf8Parser.TryParse(text, out int value, out var used) || used != text.Length)
            return false;
        Span<byte> canonical = stackalloc byte[LongestIntegerText];
        if (!Utf8Formatter.TryFormat(value, canonical, out var canonicalLength) || !canonical[..canonicalLength].SequenceEqual(text))
            return false;

        switch (value)
        {
            case >= sbyte.MinValue and <= sbyte.MaxValue:
                span[0] = RdbStringEncoding.Marker | RdbStringEncoding.Int8;
                span[1] = (byte)value;
                length = 2;
                break;
            case >= short.MinValue and <= short.MaxValue:
                span[0] = RdbStringEncoding.Marker | RdbStringEncoding.Int16;
                BinaryPrimitives.WriteInt16LittleEndian(span[1..], (short)value);
                length = 3;
                break;
            default:
                span[0] = RdbStringEncoding.Marker | RdbStringEncoding.Int32;
                BinaryPrimitives.WriteInt32LittleEndian(span[1..], value);
                length = 5;
                break;
        }

        return true;
    }

    private void Length(ulong value)
    {
        Span<byte> span = stackalloc byte[LongestLength];
        Bytes(span[..PutLength(span, value)]);
    }

    /// <summary>Six bits in one byte, fourteen in two, else a marker and four or eight bytes, big-endian.</summary>
    private static int PutLength(Span<byte> span, ulong value)
    {
        switch (value)
        {
            case < 1 << 6:
                span[0] = (byte)value;
                return 1;
            case < 1 << 14:
                BinaryPrimitives.WriteUInt16BigEndian(span, (ushort)(value | 0x4000));
                return 2;
            case <= uint.MaxValue:
                span[0] = 0x80;
                BinaryPrimitives.WriteUInt32BigEndian(span[1..], (uint)value);
                return 5;
            default:
                span[0] = 0x81;
                BinaryPrimitives.WriteUInt64BigEndian(span[1..], value);
                return 9;
        }
    }

    private void Bytes(ReadOnlySpan<byte> bytes)
    {
        if (checksum)
            _crc = Crc64.Append(_crc, bytes);
        output.Write(bytes);
        Written += bytes.Length;
    }

    private void Commit(ReadOnlySpan<byte> written)
    {
        if (checksum)
            _crc = Crc64.Append(_crc, written);
        output.Advance(written.Length);
        Written += written.Length;
    }
}
