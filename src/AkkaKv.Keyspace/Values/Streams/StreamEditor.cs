using AkkaKv.Keyspace.Memory;
using AkkaKv.Keyspace.Table;
using AkkaKv.Keyspace.Values.Packed;

namespace AkkaKv.Keyspace.Values.Streams;

/// <summary>A stream whose entries and state change. For its groups see <see cref="Groups"/>.</summary>
public readonly unsafe ref struct StreamEditor
{
    private readonly ValuePlace _place;

    internal StreamEditor(ValuePlace place)
    {
        _place = place;
    }

    /// <summary>The stream as it is now.</summary>
    public StreamView View => new(_place.Block, _place.Hasher);

    /// <summary>The key's entry as it is now.</summary>
    public Entry Entry => _place.Entry;

    /// <summary>The groups, to be changed.</summary>
    public StreamGroupEditor Groups => new(_place);

    private StreamRoot* Root => (StreamRoot*)_place.Address;

    private NativeHeap Heap => _place.Heap;

    private IdTree Nodes => new(&Root->Nodes, _place.Heap);

    /// <summary>Whether an entry is not too large to be added.</summary>
    public static bool Fits<TFields>(in TFields fields)
        where TFields : IStreamFields, allows ref struct => StreamAppender.TextSize(fields) <= StreamAppender.MaxEntrySize;

    /// <summary>Adds an entry, whose id is larger than <see cref="StreamView.LastId"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The id is not larger.</exception>
    public void Add<TFields>(StreamId id, in TFields fields)
        where TFields : IStreamFields, allows ref struct
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(id, Root->LastId);
        _place.BeginChange();
        var before = Heap.UsedBytes;
        StreamAppender.Append(Nodes, Heap, _place.Limits, id, fields);
        Root->Length++;
        Root->EntriesAdded++;
        Root->LastId = id;
        if (Root->Length == 1)
            Root->FirstId = id;
        Root->Bytes += Heap.UsedBytes - before;
    }

    /// <summary>Deletes an entry. False if there is none.</summary>
    public bool Delete(StreamId id)
    {
        var range = View.Range(id, id);
        if (!range.MoveNext())
            return false;
        _place.BeginChange();
        var before = Heap.UsedBytes;
        var (place, entry) = range.Found;
        var node = StreamNode.Of(place);
        if (node.Count == 1)
        {
            RemoveNode(place);
        }
        else
        {
            var block = new StreamBlock(place.Value).WithRoom(Heap, 3 * ListpackEntry.MaxIntegerSize);
            place.Value = block.Address;
            MarkDeleted(block.Buffer, entry);
            SetCounts(block.Buffer, node.Count - 1, node.Deleted + 1);
        }

        Root->Length--;
        if (id > Root->MaxDeletedId)
            Root->MaxDeletedId = id;
        if (id == Root->FirstId || Root->Length == 0)
            FindFirst();
        Root->Bytes += Heap.UsedBytes - before;
        return true;
    }

    /// <summary>Removes old entries and returns how many.</summary>
    public long Trim(in StreamTrim trim)
    {
        _place.BeginChange();
        var before = Heap.UsedBytes;
        var deleted = 0L;
        for (var place = Nodes.First; place.Exists; place = Nodes.First)
        {
            if (Root->Length <= trim.MaxLength)
                break;
            var node = StreamNode.Of(place);
            if (trim.Limit > 0 && deleted + node.Count > trim.Limit)
                break;
            if (trim.MaxLength is { } maxLength ? Root->Length - node.Count >= maxLength : node.LastId < trim.MinId)
            {
                Root->Length -= node.Count;
                deleted += node.Count;
                RemoveNode(place);
                continue;
            }

            if (!trim.IsApproximate)
                deleted += TrimWithin(place, trim);
            break;
        }

        FindFirst();
        Root->Bytes += Heap.UsedBytes - before;
        return deleted;
    }

    /// <summary>Sets what the stream remembers.</summary>
    /// <param name="lastId">The last id; entries must not have larger ones.</param>
    /// <param name="entriesAdded">How many entries were ever added, or null to leave it.</param>
    /// <param name="maxDeletedId">The largest id that was deleted, or null to leave it.</param>
    public void SetState(StreamId lastId, long? entriesAdded, StreamId? maxDeletedId)
    {
        _place.BeginChange();
        Root->LastId = lastId;
        Root->EntriesAdded = entriesAdded ?? Root->EntriesAdded;
        Root->MaxDeletedId = maxDeletedId ?? Root->MaxDeletedId;
    }

    /// <summary>
    /// Adds a whole node behind all others, as a file has it: a listpack that has been checked, and whose ids all are larger than those there are. Afterwards
    /// <see cref="SetState"/> has to be told what the file remembers.
    /// </summary>
    /// <param name="masterId">The id to which the ids in the node are relative.</param>
    /// <param name="pack">The node.</param>
    /// <param name="count">Entries of it that are not deleted.</param>
    public void AddNode(StreamId masterId, ReadOnlySpan<byte> pack, int count)
    {
        _place.BeginChange();
        var before = Heap.UsedBytes;
        Nodes.Insert(masterId, StreamBlock.Create(Heap, pack).Address);
        var isFirst = Root->Length == 0 && count > 0;
        Root->Length += count;
        if (isFirst)
            FindFirst();
        Root->Bytes += Heap.UsedBytes - before;
    }

    private static int MarkDeleted(Span<byte> buffer, in StreamNodeEntry entry) =>
        Listpack.Replace(buffer, entry.At, new Element(entry.Flags | StreamNode.DeletedFlag));

    private static void SetCounts(Span<byte> buffer, int count, int deleted)
    {
        var at = Listpack.First(buffer);
        Listpack.Replace(buffer, at, new Element(count));
        Listpack.Replace(buffer, Listpack.Behind(buffer, at), new Element(deleted));
    }

    private int TrimWithin(IdPlace place, in StreamTrim trim)
    {
        var block = new StreamBlock(place.Value).WithRoom(Heap, 2 * ListpackEntry.MaxIntegerSize);
        place.Value = block.Address;
        var node = StreamNode.Of(place);
        var deleted = 0;
        for (var at = node.EntriesAt; at >= 0 && at < node.Pack.Length - 1;)
        {
            var entry = node.EntryAt(at);
            if (trim.MaxLength is { } maxLength ? Root->Length <= maxLength : entry.Id >= trim.MinId)
                break;
            at = node.Behind(entry);
            if (entry.IsDeleted)
                continue;
            var moved = MarkDeleted(block.Buffer, entry) - node.Pack.Length;
            deleted++;
            Root->Length--;
            if (moved == 0)
                continue;

            // Somebody wrote the flags longer than they need to be.
            node = StreamNode.Of(place);
            at = at < 0 ? at : at + moved;
        }

        SetCounts(block.Buffer, node.Count - deleted, node.Deleted + deleted);
        return deleted;
    }

    private void RemoveNode(IdPlace place)
    {
        new StreamBlock(place.Value).Free(Heap);
        Nodes.Remove(place.Id);
    }

    private void FindFirst()
    {
        var range = View.Range(StreamId.Min, StreamId.Max);
        Root->FirstId = Root->Length > 0 && range.MoveNext() ? range.Current.Id : StreamId.Min;
    }
}
