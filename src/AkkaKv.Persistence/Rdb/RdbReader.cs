using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;

namespace AkkaKv.Persistence.Rdb;

/// <summary>
/// Reads an RDB from bytes as they arrive, in pieces of any size, and hands each complete record to the sink. Only the record that
/// is still incomplete is kept, and it grows with the bytes that really came, never with a length that was only declared.
/// </summary>
/// <remarks>Once <see cref="Feed"/> has thrown, the reader is of no further use.</remarks>
public sealed class RdbReader(IRdbSink sink, RdbLimits? limits = null)
{
    private const int MagicLength = 9;
    private const int OldestVersion = 1;

    /// <summary>Redis 7.4. A newer file may hold records whose length is unknown, so it is refused instead of misread.</summary>
    private const int NewestVersion = 12;

    /// <summary>The first version that ends in a checksum.</summary>
    private const int ChecksumVersion = 5;

    /// <summary>A record that took more than this was an exception; its buffer is not kept for the rest of the load.</summary>
    private const int LargestKeptCarry = 1 << 20;

    private readonly RdbLimits _limits = limits ?? RdbLimits.Default;
    private readonly StringDecoder _keys = new();
    private readonly StringDecoder _values = new();

    private byte[] _carry = [];
    private int _carryLength;
    private long _needed;
    private ulong _crc;
    private int _version;
    private Stage _stage = Stage.Header;
    private RdbKeyFacts _facts = RdbKeyFacts.Plain;

    private enum Stage
    {
        Header,
        Records,
        Checksum,
        Finished,
    }

    /// <summary>True once the end of the file was read and its checksum found right.</summary>
    public bool IsFinished => _stage == Stage.Finished;

    /// <summary>Bytes of the RDB consumed as complete records; where the next record starts.</summary>
    public long Position { get; private set; }

    /// <summary>How many keys were given to the sink.</summary>
    public long KeyCount { get; private set; }

    /// <summary>The version in the header; 0 before it was read.</summary>
    public int Version => _version;

    /// <summary>
    /// Takes the next bytes and returns how many of them belong to the RDB: all of them, until the end of the file is reached.
    /// </summary>
    /// <exception cref="RdbFormatException">The bytes are damaged, or hold something that cannot be loaded.</exception>
    public int Feed(ReadOnlySpan<byte> bytes)
    {
        var total = bytes.Length;
        while (bytes.Length > 0 && !IsFinished)
        {
            if (_carryLength == 0)
            {
                var consumed = ReadRecords(bytes);
                bytes = bytes[consumed..];
                if (IsFinished)
                    break;
                Carry(bytes);
                return total;
            }

            // Only as much as the incomplete record is known to need, so that it never swallows the beginning of the next one.
            var wanted = Math.Max(_needed - _carryLength, 1);
            var taken = (int)Math.Min(wanted, bytes.Length);
            Carry(bytes[..taken]);
            bytes = bytes[taken..];
            if (_carryLength >= _needed && TryReadRecord(_carry.AsSpan(0, _carryLength), out _))
                DropCarry();
        }

        return total - bytes.Length;
    }

    /// <summary>Call when no more bytes will come: throws unless the RDB was complete.</summary>
    public void Complete()
    {
        if (!IsFinished)
            throw Damaged("the file ends before its end-of-file record");
    }

    private int ReadRecords(ReadOnlySpan<byte> bytes)
    {
        var consumed = 0;
        while (!IsFinished && TryReadRecord(bytes[consumed..], out var length))
            consumed += length;
        return consumed;
    }

    private bool TryReadRecord(ReadOnlySpan<byte> bytes, out int length)
    {
        var cursor = new RdbCursor(bytes);
        bool complete;
        try
        {
            complete = _stage switch
            {
                Stage.Header => TryHeader(ref cursor),
                Stage.Records => TryRecord(ref cursor, bytes),
                _ => TryChecksum(ref cursor),
            };
        }
        catch (RdbRefusedException refusal)
        {
            throw Damaged(refusal.Message);
        }

        length = cursor.Position;
        if (!complete)
        {
            _needed = cursor.Needed;
            return false;
        }

        Position += length;
        return true;
    }

    private bool TryHeader(ref RdbCursor cursor)
    {
        if (!cursor.TryBytes(MagicLength, out var magic))
            return false;
        if (!magic.StartsWith("REDIS"u8) || !Utf8Parser.TryParse(magic[5..], out int version, out var used) || used != 4)
            throw Damaged("wrong signature, this is not an RDB file");
        if (version is < OldestVersion or > NewestVersion)
            throw Damaged($"format version {version} cannot be handled, {OldestVersion} to {NewestVersion} can");
        _version = version;
        _stage = Stage.Records;
        Sum(magic);
        return true;
    }

    private bool TryRecord(ref RdbCursor cursor, ReadOnlySpan<byte> bytes)
    {
        if (!cursor.TryByte(out var kind))
            return false;
        bool complete;
        switch (kind)
        {
            case RdbValueType.String:
                complete = TryStringRecord(ref cursor);
                break;
            case RdbOpcode.EndOfFile:
                _stage = _version >= ChecksumVersion ? Stage.Checksum : Stage.Finished;
                complete = true;
                break;
            case RdbOpcode.SelectDatabase:
                complete = TrySelect(ref cursor);
                break;
            case RdbOpcode.ResizeDatabase:
                complete = TryResize(ref cursor);
                break;
            case RdbOpcode.Aux:
                complete = TryAux(ref cursor);
                break;
            case RdbOpcode.Function2 or RdbOpcode.FunctionPreGa:
                throw Damaged("a function library, which cannot be loaded");
            case RdbOpcode.ModuleAux:
                throw Damaged("data of a module, which cannot be loaded");
            default:
                complete = TryKeyFact(kind, ref cursor);
                break;
        }

        if (complete)
            Sum(bytes[..cursor.Position]);
        return complete;
    }

    private bool TryStringRecord(ref RdbCursor cursor)
    {
        if (!TryString(ref cursor, _keys, out var key) || !TryString(ref cursor, _values, out var value))
            return false;
        sink.OnString(key, value, _facts);
        _facts = RdbKeyFacts.Plain;
        KeyCount++;
        return true;
    }

    private bool TryAux(ref RdbCursor cursor)
    {
        if (!TryString(ref cursor, _keys, out var name) || !TryString(ref cursor, _values, out var value))
            return false;
        sink.OnAux(name, value);
        return true;
    }

    private bool TrySelect(ref RdbCursor cursor)
    {
        if (!TryPlainLength(ref cursor, out var index))
            return false;
        if (index > int.MaxValue)
            throw Damaged($"database number {index}");
        sink.OnSelectDatabase((int)index);
        return true;
    }

    private bool TryResize(ref RdbCursor cursor)
    {
        if (!TryPlainLength(ref cursor, out var keys) || !TryPlainLength(ref cursor, out var expiring))
            return false;
        sink.OnResize(keys, expiring);
        return true;
    }

    /// <summary>Expiry and access facts stand before the key to which they belong; anything else is a value type.</summary>
    private bool TryKeyFact(byte kind, ref RdbCursor cursor)
    {
        switch (kind)
        {
            case RdbOpcode.ExpireTimeMs:
                if (!cursor.TryBytes(sizeof(long), out var milliseconds))
                    return false;
                _facts = _facts with { ExpireAtMs = Math.Max(0, BinaryPrimitives.ReadInt64LittleEndian(milliseconds)) };
                return true;
            case RdbOpcode.ExpireTime:
                if (!cursor.TryBytes(sizeof(int), out var seconds))
                    return false;
                _facts = _facts with { ExpireAtMs = Math.Max(0, BinaryPrimitives.ReadInt32LittleEndian(seconds)) * 1000L };
                return true;
            case RdbOpcode.Idle:
                if (!TryPlainLength(ref cursor, out var idleSeconds))
                    return false;
                _facts = _facts with { IdleSeconds = idleSeconds };
                return true;
            case RdbOpcode.Frequency:
                if (!cursor.TryByte(out var frequency))
                    return false;
                _facts = _facts with { Frequency = frequency };
                return true;
            default:
                throw Damaged($"value type {kind} ({RdbValueType.NameOf(kind)}) cannot be loaded");
        }
    }

    private bool TryChecksum(ref RdbCursor cursor)
    {
        if (!cursor.TryBytes(sizeof(ulong), out var stored))
            return false;
        var expected = BinaryPrimitives.ReadUInt64LittleEndian(stored);
        if (_limits.VerifyChecksum && expected != 0 && expected != _crc)
            throw Damaged($"wrong checksum, the file says {expected:x16} and its content gives {_crc:x16}");
        _stage = Stage.Finished;
        return true;
    }

    private bool TryPlainLength(ref RdbCursor cursor, out long length)
    {
        if (!cursor.TryLength(out length, out var isEncoding, out var isKnown))
            return false;
        if (isEncoding || !isKnown)
            throw Damaged("a string encoding or an unknown form where a length must be");
        return true;
    }

    private bool TryString(ref RdbCursor cursor, StringDecoder decoder, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!cursor.TryLength(out var length, out var isEncoding, out var isKnown))
            return false;
        if (!isKnown)
            throw Damaged("an unknown form of length");
        if (!isEncoding)
        {
            CheckStringLength(length);
            return cursor.TryBytes(length, out value);
        }

        switch (length)
        {
            case RdbStringEncoding.Int8 or RdbStringEncoding.Int16 or RdbStringEncoding.Int32:
                if (!cursor.TryBytes(1L << (int)length, out var integer))
                    return false;
                value = decoder.Integer(integer);
                return true;
            case RdbStringEncoding.Lzf:
                return TryCompressed(ref cursor, decoder, out value);
            default:
                throw Damaged($"unknown string encoding {length}");
        }
    }

    private bool TryCompressed(ref RdbCursor cursor, StringDecoder decoder, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!TryPlainLength(ref cursor, out var compressedLength) || !TryPlainLength(ref cursor, out var length))
            return false;
        CheckStringLength(compressedLength);
        CheckStringLength(length);
        if (length > compressedLength * Lzf.MaxExpansion)
            throw Damaged($"a compressed string of {compressedLength} bytes that claims to hold {length}");
        if (!cursor.TryBytes(compressedLength, out var compressed))
            return false;
        if (!decoder.TryLzf(compressed, (int)length, out value))
            throw Damaged("a compressed string that does not decompress");
        return true;
    }

    private void CheckStringLength(long length)
    {
        if (length > _limits.StringLengthMax)
            throw Damaged($"a string of {length} bytes, the limit is {_limits.StringLengthMax}");
    }

    private void Sum(ReadOnlySpan<byte> bytes)
    {
        if (_limits.VerifyChecksum)
            _crc = Crc64.Append(_crc, bytes);
    }

    private void Carry(ReadOnlySpan<byte> bytes)
    {
        var length = _carryLength + bytes.Length;
        if (length > _carry.Length)
        {
            var grown = new byte[(int)Math.Min(Math.Max(length, Math.Max(256L, _carry.Length * 2L)), Array.MaxLength)];
            _carry.AsSpan(0, _carryLength).CopyTo(grown);
            _carry = grown;
        }

        bytes.CopyTo(_carry.AsSpan(_carryLength));
        _carryLength = length;
    }

    private void DropCarry()
    {
        _carryLength = 0;
        _needed = 0;
        if (_carry.Length > LargestKeptCarry)
            _carry = [];
    }

    private RdbFormatException Damaged(string problem) => new(problem, Position);
}
