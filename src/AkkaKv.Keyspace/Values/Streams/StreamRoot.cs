using System.Runtime.InteropServices;
using AkkaKv.Keyspace.Memory;
using AkkaKv.Keyspace.Table;

namespace AkkaKv.Keyspace.Values.Streams;

/// <summary>The root of a stream.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct StreamRoot
{
    /// <summary>The nodes by the ids of their master entries: a <see cref="StreamBlock"/> each.</summary>
    public IdTreeRoot Nodes;

    /// <summary>The consumer groups by name: a <see cref="GroupState"/> each.</summary>
    public TableRoot Groups;

    /// <summary>Entries that are not deleted.</summary>
    public long Length;

    /// <summary>How many entries were ever added.</summary>
    public long EntriesAdded;

    /// <summary>The last id that was added.</summary>
    public StreamId LastId;

    /// <summary>The id of the first entry; zero if there is none.</summary>
    public StreamId FirstId;

    /// <summary>The largest id that was deleted by XDEL.</summary>
    public StreamId MaxDeletedId;

    /// <summary>Bytes of the heap that the stream takes.</summary>
    public long Bytes;

    /// <summary>See <see cref="StructuredValues.FreeSome"/>.</summary>
    public static bool FreeSome(StreamRoot* root, NativeHeap heap, ref int budget)
    {
        var nodes = new IdTree(&root->Nodes, heap);
        while (nodes.Count > 0)
        {
            if (budget-- <= 0)
                return false;
            var last = nodes.Last;
            new StreamBlock(last.Value).Free(heap);
            nodes.Remove(last.Id);
        }

        // First what is pending, which may be much; then what is left of groups and consumers at once.
        for (var groups = new TableEnumerator(&root->Groups); groups.MoveNext();)
        {
            if (!GroupState.FreePending(GroupState.Of(groups.Current), heap, ref budget))
                return false;
        }

        var table = new HashTable(&root->Groups, heap, null!);
        return table.FreeSome(GroupState.Free, ref budget);
    }

    /// <summary>See <see cref="StructuredValues.Copy"/>.</summary>
    public static void Copy(StreamRoot* source, StreamRoot* target, NativeHeap heap, KeyHasher hasher)
    {
        target->Nodes = default;
        target->Groups = default;
        var before = heap.UsedBytes;
        var nodes = new IdTree(&target->Nodes, heap);
        for (var place = new IdTree(&source->Nodes, null).First; place.Exists; place = place.Next)
            nodes.Insert(place.Id, StreamBlock.Create(heap, new StreamBlock(place.Value).Pack).Address);
        for (var groups = new TableEnumerator(&source->Groups); groups.MoveNext();)
            GroupState.Copy(groups.Current, &target->Groups, heap, hasher);
        target->Bytes = heap.UsedBytes - before;
    }
}
