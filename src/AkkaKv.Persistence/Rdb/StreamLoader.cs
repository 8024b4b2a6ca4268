using AkkaKv.Keyspace.Values;
using AkkaKv.Keyspace.Values.Streams;

namespace AkkaKv.Persistence.Rdb;

/// <summary>Builds a stream from what an RDB says of it. What is pending is known before it is known at whom, so it waits until its group's consumers have come.</summary>
internal sealed class StreamLoader
{
    private readonly Dictionary<StreamId, (long DeliveredAtMs, long Deliveries)> _pending = [];
    private ValuePlace _place;
    private StreamGroup _group;
    private StreamConsumer _consumer;
    private bool _hasGroup;

    private StreamEditor Editor => new(_place);

    /// <summary>An empty stream begins.</summary>
    public void Begin(ValuePlace place)
    {
        _place = place;
        _hasGroup = false;
        _pending.Clear();
    }

    public void AddNode(RdbStreamId master, ReadOnlySpan<byte> listpack, int count)
    {
        // One of deleted entries only has nothing to say.
        if (count > 0)
            Editor.AddNode(Id(master), listpack, count);
    }

    public void SetState(in RdbStreamState state)
    {
        var view = Editor.View;
        var last = Id(state.LastId);
        if (view.Length > 0 && last < view.LastPresentId)
            throw new RdbRefusedException("a stream whose last id is before that of its last entry");
        var added = state.EntriesAdded is { } known ? (long)Math.Min(known, long.MaxValue) : view.Length;
        Editor.SetState(last, added, Id(state.MaxDeletedId ?? default));
    }

    public void AddGroup(ReadOnlySpan<byte> name, RdbStreamId lastId, long? entriesRead)
    {
        CheckAssigned();
        var last = Id(lastId);
        if (!Editor.Groups.TryCreate(name, last, Math.Max(entriesRead ?? Editor.View.AddedUpTo(last), StreamGroup.UnknownRead), out _group))
            throw new RdbRefusedException("a group of a stream that occurs twice");
        _hasGroup = true;
    }

    public void AddPending(RdbStreamId id, long deliveredAtMs, ulong deliveries)
    {
        if (!_pending.TryAdd(Id(id), (deliveredAtMs, (long)Math.Min(deliveries, long.MaxValue))))
            throw new RdbRefusedException("a pending entry of a stream's group that occurs twice");
    }

    public void AddConsumer(ReadOnlySpan<byte> name, long seenAtMs)
    {
        if (_group.FindConsumer(name).Exists)
            throw new RdbRefusedException("a consumer of a stream's group that occurs twice");
        _consumer = Editor.Groups.CreateConsumer(_group, name, seenAtMs);
    }

    public void AssignPending(RdbStreamId id)
    {
        if (!_pending.Remove(Id(id), out var state))
            throw new RdbRefusedException("a consumer of a stream's group with a pending entry that the group does not have");
        Editor.Groups.SetPending(_group, _consumer, Id(id), state.DeliveredAtMs, state.Deliveries);
    }

    /// <summary>The stream is complete.</summary>
    public void End() => CheckAssigned();

    private static StreamId Id(RdbStreamId id) => new(id.Ms, id.Sequence);

    private void CheckAssigned()
    {
        if (_hasGroup && _pending.Count > 0)
            throw new RdbRefusedException("a stream's group with a pending entry that no consumer has");
    }
}
