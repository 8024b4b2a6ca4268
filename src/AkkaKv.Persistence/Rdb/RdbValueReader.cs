using System.Buffers.Binary;
using AkkaKv.Persistence.Rdb.Packed;

namespace AkkaKv.Persistence.Rdb;

/// <summary>
/// Reads one value after another, of any type that Redis 3.2 to 7.4 writes, and hands it to the sink. A value of many elements is read a unit
/// at a time, so that only an incomplete unit has to be kept: the beginning (key, type and count), then elements, or nodes.
/// </summary>
/// <remarks>A method that returns false has told the sink nothing and is called again with more bytes. What is damaged throws <see cref="RdbRefusedException"/>.</remarks>
internal sealed class RdbValueReader(IRdbValueSink sink, RdbLimits limits)
{
    private const byte NotANumber = 253;
    private const byte PositiveInfinity = 254;
    private const byte NegativeInfinity = 255;
    private const int PlainNode = 1;
    private const int PackedNode = 2;

    private readonly StringReader _first = new(limits);
    private readonly StringReader _second = new(limits);
    private readonly PackedValueReader _packed = new(sink);
    private readonly StreamValueReader _stream = new(sink, limits);

    private byte _type;
    private ulong _remaining;
    private long _expiryBaseMs;

    /// <summary>True while a value is begun and not complete: <see cref="TryContinue"/> is next.</summary>
    public bool IsInside { get; private set; }

    /// <summary>Keys that had a collection without elements. Old versions of Redis could write them; they are left out, as Redis does.</summary>
    public long EmptyCount { get; private set; }

    /// <summary>Reads a value's first unit, which for most types is all of it.</summary>
    /// <param name="type">The value type.</param>
    /// <param name="key">The key.</param>
    /// <param name="facts">What else is known about the key.</param>
    /// <param name="cursor">Stands behind the key.</param>
    public bool TryBegin(byte type, scoped ReadOnlySpan<byte> key, in RdbKeyFacts facts, ref RdbCursor cursor)
    {
        _type = type;
        switch (type)
        {
            case RdbValueType.String:
                if (!_first.TryRead(ref cursor, out var text))
                    return false;
                sink.OnString(key, text, facts);
                return true;
            case RdbValueType.List or RdbValueType.Set or RdbValueType.Hash or RdbValueType.SortedSet or RdbValueType.SortedSet2
                or RdbValueType.ListQuicklist or RdbValueType.ListQuicklist2:
                return TryBeginCounted(key, facts, ref cursor);
            case RdbValueType.HashMetadata:
                return cursor.TryInt64(out _expiryBaseMs) && TryBeginCounted(key, facts, ref cursor);
            case RdbValueType.HashListpackExpiry:
                return cursor.TryInt64(out _) && TryPacked(key, facts, ref cursor);
            case RdbValueType.HashZipmap or RdbValueType.ListZiplist or RdbValueType.SetIntset or RdbValueType.SortedSetZiplist
                or RdbValueType.HashZiplist or RdbValueType.HashListpack or RdbValueType.SortedSetListpack or RdbValueType.SetListpack:
                return TryPacked(key, facts, ref cursor);
            case RdbValueType.StreamListpacks or RdbValueType.StreamListpacks2 or RdbValueType.StreamListpacks3:
                IsInside = _stream.TryBegin(type, key, facts, ref cursor);
                return IsInside;
            case RdbValueType.Module:
                if (!cursor.TryNumber(out var module))
                    return false;
                throw new RdbRefusedException($"a value of the module type \"{ModuleName.Of(module)}\", which cannot be loaded");
            default:
                throw new RdbRefusedException($"value type {type} ({RdbValueType.NameOf(type)}) cannot be loaded");
        }
    }

    /// <summary>Reads the next unit of the value that was begun.</summary>
    public bool TryContinue(ref RdbCursor cursor)
    {
        if (_type is RdbValueType.StreamListpacks or RdbValueType.StreamListpacks2 or RdbValueType.StreamListpacks3)
        {
            if (!_stream.TryContinue(ref cursor))
                return false;
            if (_stream.IsComplete)
                End();
            return true;
        }

        if (!TryElement(ref cursor))
            return false;
        if (--_remaining == 0)
            End();
        return true;
    }

    private void End()
    {
        IsInside = false;
        sink.EndValue();
    }

    private bool TryBeginCounted(scoped ReadOnlySpan<byte> key, in RdbKeyFacts facts, ref RdbCursor cursor)
    {
        if (!cursor.TryNumber(out _remaining))
            return false;
        if (_remaining == 0)
        {
            EmptyCount++;
            return true;
        }

        var count = (long)Math.Min(_remaining, long.MaxValue);
        switch (_type)
        {
            case RdbValueType.Set:
                sink.BeginSet(key, count, facts);
                break;
            case RdbValueType.Hash or RdbValueType.HashMetadata:
                sink.BeginHash(key, count, facts);
                break;
            case RdbValueType.SortedSet or RdbValueType.SortedSet2:
                sink.BeginSortedSet(key, count, facts);
                break;
            default:
                sink.BeginList(key, facts);
                break;
        }

        IsInside = true;
        return true;
    }

    private bool TryPacked(scoped ReadOnlySpan<byte> key, in RdbKeyFacts facts, ref RdbCursor cursor)
    {
        if (!_first.TryRead(ref cursor, out var bytes))
            return false;
        if (!_packed.Read(_type, bytes, key, facts))
            EmptyCount++;
        return true;
    }

    private bool TryElement(ref RdbCursor cursor)
    {
        switch (_type)
        {
            case RdbValueType.List:
                if (!_first.TryRead(ref cursor, out var element))
                    return false;
                sink.OnElement(element);
                return true;
            case RdbValueType.Set:
                if (!_first.TryRead(ref cursor, out var member))
                    return false;
                sink.OnMember(member);
                return true;
            case RdbValueType.Hash:
                if (!_first.TryRead(ref cursor, out var field) || !_second.TryRead(ref cursor, out var value))
                    return false;
                sink.OnField(field, value);
                return true;
            case RdbValueType.HashMetadata:
                return TryExpiringField(ref cursor);
            case RdbValueType.SortedSet:
                if (!_first.TryRead(ref cursor, out var ranked) || !TryTextScore(ref cursor, out var score))
                    return false;
                sink.OnScored(ranked, score);
                return true;
            case RdbValueType.SortedSet2:
                if (!_first.TryRead(ref cursor, out ranked) || !TryBinaryScore(ref cursor, out score))
                    return false;
                sink.OnScored(ranked, score);
                return true;
            case RdbValueType.ListQuicklist:
                if (!_first.TryRead(ref cursor, out var ziplist))
                    return false;
                _packed.AddZiplistToList(ziplist);
                return true;
            default:
                return TryQuicklistNode(ref cursor);
        }
    }

    private bool TryQuicklistNode(ref RdbCursor cursor)
    {
        if (!cursor.TryNumber(out var container) || !_first.TryRead(ref cursor, out var node))
            return false;
        switch (container)
        {
            case PlainNode:
                sink.OnElement(node);
                return true;
            case PackedNode:
                _packed.AddListpackToList(node);
                return true;
            default:
                throw new RdbRefusedException($"a list's node of the unknown kind {container}");
        }
    }

    private bool TryExpiringField(ref RdbCursor cursor)
    {
        // Relative to the value's earliest expiry, one more; 0: the field does not expire.
        if (!cursor.TryNumber(out var expiry) || !_first.TryRead(ref cursor, out var field) || !_second.TryRead(ref cursor, out var value))
            return false;
        if (expiry != 0)
            throw new RdbRefusedException($"a hash with a field that expires at {_expiryBaseMs + (long)expiry - 1}, which this server does not have");
        sink.OnField(field, value);
        return true;
    }

    private bool TryTextScore(ref RdbCursor cursor, out double score)
    {
        score = 0;
        if (!cursor.TryByte(out var length))
            return false;
        switch (length)
        {
            case NotANumber:
                throw new RdbRefusedException("a sorted set with a score that is not a number");
            case PositiveInfinity:
                score = double.PositiveInfinity;
                return true;
            case NegativeInfinity:
                score = double.NegativeInfinity;
                return true;
        }

        if (!cursor.TryBytes(length, out var text))
            return false;
        if (!ScoreText.TryParse(text, out score))
            throw new RdbRefusedException("a sorted set with a score that is not a number");
        return true;
    }

    private static bool TryBinaryScore(ref RdbCursor cursor, out double score)
    {
        score = 0;
        if (!cursor.TryBytes(sizeof(double), out var bytes))
            return false;
        score = BinaryPrimitives.ReadDoubleLittleEndian(bytes);
        if (double.IsNaN(score))
            throw new RdbRefusedException("a sorted set with a score that is not a number");
        return true;
    }
}
