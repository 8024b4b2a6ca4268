using System.Buffers.Binary;
using AkkaKv.Persistence.Rdb.Packed;

namespace AkkaKv.Persistence.Rdb;

/// <summary>
/// Reads a stream, a unit at a time: nodes, the state, then groups with their pending entries and consumers. See <see cref="RdbValueReader"/> for
/// what a method that returns false means.
/// </summary>
internal sealed class StreamValueReader(IRdbValueSink sink, RdbLimits limits)
{
    private const int IdSize = 16;

    private readonly StringReader _first = new(limits);
    private readonly StringReader _second = new(limits);

    private Unit _unit;
    private bool _hasCounters;
    private bool _hasActiveTime;
    private ulong _nodes;
    private ulong _groups;
    private ulong _pending;
    private ulong _consumers;
    private ulong _consumerPending;
    private RdbStreamId? _lastNode;
    private RdbStreamId? _lastEntry;

    /// <summary>What comes next.</summary>
    private enum Unit
    {
        Node,
        State,
        Group,
        Pending,
        ConsumerCount,
        Consumer,
        ConsumerPending,
        Nothing,
    }

    /// <summary>True when the whole stream has been read.</summary>
    public bool IsComplete => _unit == Unit.Nothing;

    public bool TryBegin(byte type, scoped ReadOnlySpan<byte> key, in RdbKeyFacts facts, ref RdbCursor cursor)
    {
        if (!cursor.TryNumber(out _nodes))
            return false;
        _hasCounters = type != RdbValueType.StreamListpacks;
        _hasActiveTime = type == RdbValueType.StreamListpacks3;
        _unit = _nodes > 0 ? Unit.Node : Unit.State;
        _lastNode = _lastEntry = null;
        sink.BeginStream(key, facts);
        return true;
    }

    public bool TryContinue(ref RdbCursor cursor) => _unit switch
    {
        Unit.Node => TryNode(ref cursor),
        Unit.State => TryState(ref cursor),
        Unit.Group => TryGroup(ref cursor),
        Unit.Pending => TryPending(ref cursor),
        Unit.ConsumerCount => TryConsumerCount(ref cursor),
        Unit.Consumer => TryConsumer(ref cursor),
        _ => TryConsumerPending(ref cursor),
    };

    private bool TryNode(ref RdbCursor cursor)
    {
        if (!_first.TryRead(ref cursor, out var id) || !_second.TryRead(ref cursor, out var listpack))
            return false;
        if (id.Length != IdSize)
            throw new RdbRefusedException("a stream with a node whose id is not one");
        var master = Id(id);
        if (PackedValueReader.CheckListpack(listpack) == 0)
            throw new RdbRefusedException("a stream with an empty node");
        if (_lastNode is { } before && master.CompareTo(before) <= 0)
            throw new RdbRefusedException("a stream with nodes that are not in order");
        var count = StreamNode.Check(listpack, master, ref _lastEntry);
        if (count < 0)
            throw new RdbRefusedException("a stream with a damaged node");
        sink.OnStreamNode(master, listpack, count);
        _lastNode = master;
        if (--_nodes == 0)
            _unit = Unit.State;
        return true;
    }

    private bool TryState(ref RdbCursor cursor)
    {
        if (!cursor.TryNumber(out var length) || !TryId(ref cursor, out var last))
            return false;
        var state = new RdbStreamState(length, last, null, null, null);
        if (_hasCounters)
        {
            if (!TryId(ref cursor, out var first) || !TryId(ref cursor, out var deleted) || !cursor.TryNumber(out var added))
                return false;
            state = new RdbStreamState(length, last, first, deleted, added);
        }

        if (!cursor.TryNumber(out var groups))
            return false;
        _groups = groups;
        sink.OnStreamState(state);
        NextGroup();
        return true;
    }

    private bool TryGroup(ref RdbCursor cursor)
    {
        if (!_first.TryRead(ref cursor, out var name) || !TryId(ref cursor, out var last))
            return false;
        ulong read = 0;
        if ((_hasCounters && !cursor.TryNumber(out read)) || !cursor.TryNumber(out var pending))
            return false;
        _groups--;
        _pending = pending;
        _unit = pending > 0 ? Unit.Pending : Unit.ConsumerCount;
        sink.OnStreamGroup(name, last, _hasCounters ? (long)read : null);
        return true;
    }

    private bool TryPending(ref RdbCursor cursor)
    {
        if (!cursor.TryBytes(IdSize, out var id) || !cursor.TryInt64(out var deliveredAtMs) || !cursor.TryNumber(out var deliveries))
            return false;
        sink.OnStreamPending(Id(id), deliveredAtMs, deliveries);
        if (--_pending == 0)
            _unit = Unit.ConsumerCount;
        return true;
    }

    private bool TryConsumerCount(ref RdbCursor cursor)
    {
        if (!cursor.TryNumber(out var consumers))
            return false;
        _consumers = consumers;
        NextConsumer();
        return true;
    }

    private bool TryConsumer(ref RdbCursor cursor)
    {
        if (!_first.TryRead(ref cursor, out var name) || !cursor.TryInt64(out var seenAtMs))
            return false;
        long activeAtMs = 0;
        if ((_hasActiveTime && !cursor.TryInt64(out activeAtMs)) || !cursor.TryNumber(out var pending))
            return false;
        _consumers--;
        _consumerPending = pending;
        _unit = Unit.ConsumerPending;
        sink.OnStreamConsumer(name, seenAtMs, _hasActiveTime ? activeAtMs : null);
        if (pending == 0)
            NextConsumer();
        return true;
    }

    private bool TryConsumerPending(ref RdbCursor cursor)
    {
        if (!cursor.TryBytes(IdSize, out var id))
            return false;
        sink.OnStreamConsumerPending(Id(id));
        if (--_consumerPending == 0)
            NextConsumer();
        return true;
    }

    private void NextConsumer()
    {
        if (_consumers > 0)
            _unit = Unit.Consumer;
        else
            NextGroup();
    }

    private void NextGroup() => _unit = _groups > 0 ? Unit.Group : Unit.Nothing;

    private static bool TryId(ref RdbCursor cursor, out RdbStreamId id)
    {
        id = default;
        if (!cursor.TryNumber(out var ms) || !cursor.TryNumber(out var sequence))
            return false;
        id = new RdbStreamId(ms, sequence);
        return true;
    }

    private static RdbStreamId Id(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[sizeof(ulong)..]));
}
