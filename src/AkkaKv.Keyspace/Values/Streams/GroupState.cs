using System.Runtime.InteropServices;
using AkkaKv.Keyspace.Memory;
using AkkaKv.Keyspace.Table;

namespace AkkaKv.Keyspace.Values.Streams;

/// <summary>What is kept of a consumer group, as the value of an element whose key is the group's name. The element does not move while the group is there.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct GroupState
{
    /// <summary>The last entry that was delivered to the group.</summary>
    public StreamId LastId;

    /// <summary>How many entries the group has read, or <see cref="StreamGroup.UnknownRead"/>.</summary>
    public long EntriesRead;

    /// <summary>What was delivered and not acknowledged, by id: a <see cref="PendingState"/> each.</summary>
    public IdTreeRoot Pending;

    /// <summary>The consumers by name: a <see cref="ConsumerState"/> each.</summary>
    public TableRoot Consumers;

    public static GroupState* Of(EntryBlock element) => (GroupState*)element.ValueAddress;

    /// <summary>Adds a group that is not there.</summary>
    public static EntryBlock Create(TableRoot* groups, NativeHeap heap, KeyHasher hasher, ReadOnlySpan<byte> name)
    {
        var state = default(GroupState);
        var table = new ElementTable(groups, heap, hasher);
        table.Set(name, new ReadOnlySpan<byte>(&state, sizeof(GroupState)));
        return table.Find(name);
    }

    /// <summary>Frees what is pending in the group until <paramref name="budget"/> is used up; true when nothing is left of it.</summary>
    public static bool FreePending(GroupState* group, NativeHeap heap, ref int budget)
    {
        var pending = new IdTree(&group->Pending, heap);
        while (pending.Count > 0)
        {
            if (budget-- <= 0)
                return false;
            var last = pending.Last;
            PendingState.Free((PendingState*)last.Value, heap);
            pending.Remove(last.Id);
        }

        for (var consumers = new TableEnumerator(&group->Consumers); consumers.MoveNext();)
        {
            var own = new IdTree(&ConsumerState.Of(consumers.Current)->Pending, heap);
            while (own.Count > 0)
            {
                if (budget-- <= 0)
                    return false;
                own.Remove(own.Last.Id);
            }
        }

        return true;
    }

    /// <summary>Frees a group, in which nothing is pending any more, with its consumers.</summary>
    public static void Free(EntryBlock element, NativeHeap heap)
    {
        var unlimited = int.MaxValue;
        ElementTable.FreeSome(&Of(element)->Consumers, heap, ref unlimited);
        element.FreeBlocks(heap);
    }

    /// <summary>Adds a copy of a group.</summary>
    public static void Copy(EntryBlock source, TableRoot* groups, NativeHeap heap, KeyHasher hasher)
    {
        var from = Of(source);
        var to = Of(Create(groups, heap, hasher, source.Key));
        to->LastId = from->LastId;
        to->EntriesRead = from->EntriesRead;
        var pending = new IdTree(&to->Pending, heap);
        for (var consumers = new TableEnumerator(&from->Consumers); consumers.MoveNext();)
        {
            var consumer = ConsumerState.Create(&to->Consumers, heap, hasher, consumers.Current.Key);
            var original = ConsumerState.Of(consumers.Current);
            ConsumerState.Of(consumer)->SeenAtMs = original->SeenAtMs;
            var own = new IdTree(&ConsumerState.Of(consumer)->Pending, heap);
            for (var place = new IdTree(&original->Pending, null).First; place.Exists; place = place.Next)
            {
                var copy = PendingState.Create(heap);
                *copy = *(PendingState*)place.Value;
                copy->Consumer = consumer.Address;
                own.Insert(place.Id, (byte*)copy);
                pending.Insert(place.Id, (byte*)copy);
            }
        }
    }
}

/// <summary>What is kept of a consumer, as the value of an element whose key is the consumer's name. The element does not move while the consumer is there.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ConsumerState
{
    /// <summary>When the consumer was last heard of, Unix milliseconds.</summary>
    public long SeenAtMs;

    /// <summary>The consumer's part of what is pending in the group: the same <see cref="PendingState"/>s.</summary>
    public IdTreeRoot Pending;

    public static ConsumerState* Of(EntryBlock element) => (ConsumerState*)element.ValueAddress;

    /// <summary>Adds a consumer that is not there.</summary>
    public static EntryBlock Create(TableRoot* consumers, NativeHeap heap, KeyHasher hasher, ReadOnlySpan<byte> name)
    {
        var state = default(ConsumerState);
        var table = new ElementTable(consumers, heap, hasher);
        table.Set(name, new ReadOnlySpan<byte>(&state, sizeof(ConsumerState)));
        return table.Find(name);
    }
}

/// <summary>A delivery that was not acknowledged, in a block of its own, to which the group and the consumer point.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct PendingState
{
    /// <summary>When it was last delivered, Unix milliseconds.</summary>
    public long DeliveredAtMs;

    /// <summary>How often it was delivered.</summary>
    public long Deliveries;

    /// <summary>The element of the consumer that it was delivered to.</summary>
    public byte* Consumer;

    public static PendingState* Create(NativeHeap heap)
    {
        var state = (PendingState*)heap.Allocate(sizeof(PendingState), out _);
        *state = default;
        return state;
    }

    public static void Free(PendingState* state, NativeHeap heap) => heap.Free((byte*)state, SizeClasses.ClassOf(sizeof(PendingState)));
}
