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
    private readonly RdbValueReader _values = new(sink, limits ?? RdbLimits.Default);
    private readonly ModuleSkipper _module = new(limits ?? RdbLimits.Default);
    private readonly StringReader _first = new(limits ?? RdbLimits.Default);
    private readonly StringReader _second = new(limits ?? RdbLimits.Default);

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

    /// <summary>How many keys were read, those that were left out because they are empty included.</summary>
    public long KeyCount { get; private set; }

    /// <summary>How many keys were left out because their collections are empty, which Redis's old versions could write.</summary>
    public long EmptyKeyCount => _values.EmptyCount;

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
            if (_carryLength < _needed)
                continue;
            var isSummed = _stage != Stage.Checksum;
            if (!TryReadRecord(_carry.AsSpan(0, _carryLength), out _))
                continue;
            if (isSummed)
                Sum(_carry.AsSpan(0, _carryLength));
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
        // The checksum runs over as much as possible at once, but must be complete where it is compared.
        var consumed = 0;
        var summed = 0;
        while (!IsFinished)
        {
            if (_stage == Stage.Checksum)
            {
                Sum(bytes[summed..consumed]);
                summed = consumed;
            }

            if (!TryReadRecord(bytes[consumed..], out var length))
                break;
            consumed += length;
        }

        if (!IsFinished)
            Sum(bytes[summed..consumed]);
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
                Stage.Records => TryRecord(ref cursor),
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
        return true;
    }

    /// <summary>A record, or a unit of a value or of a module's data that is too large to be one.</summary>
    private bool TryRecord(ref RdbCursor cursor)
    {
        if (_values.IsInside)
            return _values.TryContinue(ref cursor);
        if (_module.IsInside)
            return _module.TryContinue(ref cursor);
        if (!cursor.TryByte(out var kind))
            return false;
        switch (kind)
        {
            case RdbOpcode.EndOfFile:
                _stage = _version >= ChecksumVersion ? Stage.Checksum : Stage.Finished;
                return true;
            case RdbOpcode.SelectDatabase:
                return TrySelect(ref cursor);
            case RdbOpcode.ResizeDatabase:
                return TryResize(ref cursor);
            case RdbOpcode.SlotInfo:
                // Sizes of a cluster's slot: hints, of no use here.
                return cursor.TryNumber(out _) && cursor.TryNumber(out _) && cursor.TryNumber(out _);
            case RdbOpcode.Aux:
                return TryAux(ref cursor);
            case RdbOpcode.Function2:
                return TryFunctionLibrary(ref cursor);
            case RdbOpcode.FunctionPreGa:
                throw Damaged("a function library in a form that only previews of Redis 7 wrote");
            case RdbOpcode.ModuleAux:
                return TryModule(ref cursor);
            default:
                return TryKeyFact(kind, ref cursor) ?? TryKey(kind, ref cursor);
        }
    }

    private bool TryKey(byte type, ref RdbCursor cursor)
    {
        if (!_first.TryRead(ref cursor, out var key) || !_values.TryBegin(type, key, _facts, ref cursor))
            return false;
        _facts = RdbKeyFacts.Plain;
        KeyCount++;
        return true;
    }

    private bool TryAux(ref RdbCursor cursor)
    {
        if (!_first.TryRead(ref cursor, out var name) || !_second.TryRead(ref cursor, out var value))
            return false;
        sink.OnAux(name, value);
        return true;
    }

    private bool TryFunctionLibrary(ref RdbCursor cursor)
    {
        if (!_first.TryRead(ref cursor, out var source))
            return false;
        sink.OnFunctionLibrary(source);
        return true;
    }

    private bool TryModule(ref RdbCursor cursor)
    {
        if (!_module.TryBegin(ref cursor, out var name))
            return false;
        sink.OnModuleSkipped(name);
        return true;
    }

    private bool TrySelect(ref RdbCursor cursor)
    {
        if (!cursor.TryNumber(out var index))
            return false;
        if (index > int.MaxValue)
            throw Damaged($"database number {index}");
        sink.OnSelectDatabase((int)index);
        return true;
    }

    private bool TryResize(ref RdbCursor cursor)
    {
        if (!cursor.TryNumber(out var keys) || !cursor.TryNumber(out var expiring))
            return false;
        sink.OnResize((long)Math.Min(keys, long.MaxValue), (long)Math.Min(expiring, long.MaxValue));
        return true;
    }

    /// <summary>Expiry and access facts stand before the key to which they belong. Null if this is something else.</summary>
    private bool? TryKeyFact(byte kind, ref RdbCursor cursor)
    {
        switch (kind)
        {
            case RdbOpcode.ExpireTimeMs:
                if (!cursor.TryInt64(out var milliseconds))
                    return false;
                _facts = _facts with { ExpireAtMs = Math.Max(0, milliseconds) };
                return true;
            case RdbOpcode.ExpireTime:
                if (!cursor.TryBytes(sizeof(int), out var seconds))
                    return false;
                _facts = _facts with { ExpireAtMs = Math.Max(0, BinaryPrimitives.ReadInt32LittleEndian(seconds)) * 1000L };
                return true;
            case RdbOpcode.Idle:
                if (!cursor.TryNumber(out var idleSeconds))
                    return false;
                _facts = _facts with { IdleSeconds = (long)Math.Min(idleSeconds, long.MaxValue) };
                return true;
            case RdbOpcode.Frequency:
                if (!cursor.TryByte(out var frequency))
                    return false;
                _facts = _facts with { Frequency = frequency };
                return true;
            default:
                return null;
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
