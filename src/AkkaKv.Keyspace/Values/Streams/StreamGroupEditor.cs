using AkkaKv.Keyspace.Memory;
using AkkaKv.Keyspace.Table;

namespace AkkaKv.Keyspace.Values.Streams;

/// <summary>Changes the groups of a stream, their consumers, and what is pending. Groups and consumers that are given must be ones of this stream.</summary>
public readonly unsafe ref struct StreamGroupEditor
{
    private readonly ValuePlace _place;

    internal StreamGroupEditor(ValuePlace place)
    {
        _place = place;
    }

    private StreamRoot* Root => (StreamRoot*)_place.Address;

    private NativeHeap Heap => _place.Heap;

    /// <summary>Adds a group. False if there is one of that name; <paramref name="group"/> then is that.</summary>
    public bool TryCreate(ReadOnlySpan<byte> name, StreamId lastId, long entriesRead, out StreamGroup group)
    {
        group = new StreamView(_place.Block, _place.Hasher).FindGroup(name);
        if (group.Exists)
            return false;
        var before = BeginChange();
        group = new StreamGroup(GroupState.Create(&Root->Groups, Heap, _place.Hasher, name), _place.Hasher);
        group.State->LastId = lastId;
        group.State->EntriesRead = entriesRead;
        EndChange(before);
        return true;
    }

    /// <summary>Removes a group with all that is pending in it.</summary>
    public void Destroy(StreamGroup group)
    {
        var before = BeginChange();
        var unlimited = int.MaxValue;
        GroupState.FreePending(group.State, Heap, ref unlimited);
        ElementTable.FreeSome(&group.State->Consumers, Heap, ref unlimited);
        new ElementTable(&Root->Groups, Heap, _place.Hasher).Remove(group.Name);
        EndChange(before);
    }

    /// <summary>Sets the last entry that was delivered to a group, and how many it has read.</summary>
    public void SetPosition(StreamGroup group, StreamId lastId, long entriesRead)
    {
        _place.BeginChange();
        group.State->LastId = lastId;
        group.State->EntriesRead = entriesRead;
    }

    /// <summary>Adds a consumer that is not there.</summary>
    public StreamConsumer CreateConsumer(StreamGroup group, ReadOnlySpan<byte> name, long nowMs)
    {
        var before = BeginChange();
        var consumer = new StreamConsumer(ConsumerState.Create(&group.State->Consumers, Heap, _place.Hasher, name));
        consumer.State->SeenAtMs = nowMs;
        EndChange(before);
        return consumer;
    }

    /// <summary>Removes a consumer with all that is pending at it.</summary>
    public void DeleteConsumer(StreamGroup group, StreamConsumer consumer)
    {
        var before = BeginChange();
        var own = new IdTree(&consumer.State->Pending, Heap);
        var all = new IdTree(&group.State->Pending, Heap);
        for (var last = own.Last; last.Exists; last = own.Last)
        {
            PendingState.Free((PendingState*)last.Value, Heap);
            all.Remove(last.Id);
            own.Remove(last.Id);
        }

        new ElementTable(&group.State->Consumers, Heap, _place.Hasher).Remove(consumer.Name);
        EndChange(before);
    }

    /// <summary>Notes when a consumer was heard of.</summary>
    public void Saw(StreamConsumer consumer, long nowMs)
    {
        _place.BeginChange();
        consumer.State->SeenAtMs = nowMs;
    }

    /// <summary>Notes that an entry is pending at a consumer, whoever had it before.</summary>
    public void SetPending(StreamGroup group, StreamConsumer consumer, StreamId id, long deliveredAtMs, long deliveries)
    {
        var before = BeginChange();
        var all = new IdTree(&group.State->Pending, Heap);
        var place = all.Find(id);
        var state = place.Exists ? (PendingState*)place.Value : PendingState.Create(Heap);
        if (!place.Exists)
            all.Insert(id, (byte*)state);
        if (state->Consumer != consumer.Element.Address)
        {
            if (state->Consumer != null)
                new IdTree(&ConsumerState.Of(new EntryBlock(state->Consumer))->Pending, Heap).Remove(id);
            new IdTree(&consumer.State->Pending, Heap).Insert(id, (byte*)state);
            state->Consumer = consumer.Element.Address;
        }

        state->DeliveredAtMs = deliveredAtMs;
        state->Deliveries = deliveries;
        EndChange(before);
    }

    /// <summary>An entry is not pending any more. False if it was not.</summary>
    public bool RemovePending(StreamGroup group, StreamId id)
    {
        var all = new IdTree(&group.State->Pending, Heap);
        var place = all.Find(id);
        if (!place.Exists)
            return false;
        var before = BeginChange();
        var state = (PendingState*)place.Value;
        new IdTree(&ConsumerState.Of(new EntryBlock(state->Consumer))->Pending, Heap).Remove(id);
        all.Remove(id);
        PendingState.Free(state, Heap);
        EndChange(before);
        return true;
    }

    private long BeginChange()
    {
        _place.BeginChange();
        return Heap.UsedBytes;
    }

    private void EndChange(long before) => Root->Bytes += Heap.UsedBytes - before;
}
