using System.Diagnostics;
using AkkaKv.Keyspace.Table;

namespace AkkaKv.Keyspace.Values.Streams;

/// <summary>A stream to read, where it lies. Valid until the next change to its database, but for changes of groups.</summary>
public readonly unsafe ref struct StreamView
{
    private readonly EntryBlock _block;
    private readonly KeyHasher _hasher;

    internal StreamView(EntryBlock block, KeyHasher hasher)
    {
        Debug.Assert(block.Type == DataType.Stream);
        _block = block;
        _hasher = hasher;
    }

    /// <summary>Number of entries.</summary>
    public long Length => Root->Length;

    /// <summary>How many entries were ever added.</summary>
    public long EntriesAdded => Root->EntriesAdded;

    /// <summary>The last id that was added or set.</summary>
    public StreamId LastId => Root->LastId;

    /// <summary>The id of the first entry; zero if there is none.</summary>
    public StreamId FirstId => Root->FirstId;

    /// <summary>The largest id that was deleted.</summary>
    public StreamId MaxDeletedId => Root->MaxDeletedId;

    /// <summary>Number of groups.</summary>
    public long GroupCount => Root->Groups.Count;

    /// <summary>Number of nodes: listpacks of entries.</summary>
    public long NodeCount => Root->Nodes.Count;

    private StreamRoot* Root => (StreamRoot*)_block.ValueAddress;

    /// <summary>Goes through the entries between two ids, both included.</summary>
    public StreamRange Range(StreamId first, StreamId last, bool backwards = false) => new(new IdTree(&Root->Nodes, null), first, last, backwards);

    /// <summary>Whether there is an entry with this id.</summary>
    public bool Contains(StreamId id)
    {
        var range = Range(id, id);
        return range.MoveNext();
    }

    /// <summary>The id of the last entry that is there; zero if there is none.</summary>
    public StreamId LastPresentId
    {
        get
        {
            var range = Range(StreamId.Min, StreamId.Max, backwards: true);
            return range.MoveNext() ? range.Current.Id : StreamId.Min;
        }
    }

    /// <summary>The first node's first id, of an entry that may be deleted; <see cref="StreamId.Max"/> if there is no node.</summary>
    public StreamId FirstStoredId
    {
        get
        {
            var first = new IdTree(&Root->Nodes, null).First;
            if (!first.Exists)
                return StreamId.Max;
            var node = StreamNode.Of(first);
            var at = node.EntriesAt;
            return at < node.Pack.Length - 1 ? node.EntryAt(at).Id : node.MasterId;
        }
    }

    /// <summary>Finds a group; see <see cref="StreamGroup.Exists"/>.</summary>
    public StreamGroup FindGroup(ReadOnlySpan<byte> name) => new(new ElementTable(&Root->Groups, null, _hasher).Find(name), _hasher);

    /// <summary>All groups, ordered by name as Redis orders them.</summary>
    public StreamGroup[] GroupsByName()
    {
        var groups = new List<StreamGroup>();
        for (var elements = new TableEnumerator(&Root->Groups); elements.MoveNext();)
            groups.Add(new StreamGroup(elements.Current, _hasher));
        groups.Sort(static (left, right) => left.Name.SequenceCompareTo(right.Name));
        return [.. groups];
    }

    /// <summary>Goes through the nodes.</summary>
    public StreamNodes Nodes => new(new IdTree(&Root->Nodes, null).First);

    /// <summary>
    /// Whether something was deleted from an id on: then counting on from there does not tell how many entries were ever added.
    /// </summary>
    public bool HasDeletedFrom(StreamId id) => Length > 0 && MaxDeletedId != StreamId.Min && FirstId <= MaxDeletedId && id <= MaxDeletedId;

    /// <summary>How many entries were ever added up to an id, where that can be told without counting; otherwise <see cref="StreamGroup.UnknownRead"/>.</summary>
    public long AddedUpTo(StreamId id)
    {
        if (EntriesAdded == 0)
            return 0;
        if ((Length == 0 && id <= LastId) || id == LastId)
            return EntriesAdded;
        if (id < LastId && (MaxDeletedId == StreamId.Min || MaxDeletedId < FirstId))
        {
            if (id < FirstId)
                return EntriesAdded - Length;
            if (id == FirstId)
                return EntriesAdded - Length + 1;
        }

        return StreamGroup.UnknownRead;
    }

    /// <summary>How many entries a group has not read yet; false if that is not known.</summary>
    public bool TryGetLag(StreamGroup group, out long lag)
    {
        lag = 0;
        if (EntriesAdded == 0)
            return true;
        var read = group.EntriesRead != StreamGroup.UnknownRead && !HasDeletedFrom(group.LastId) ? group.EntriesRead : AddedUpTo(group.LastId);
        lag = EntriesAdded - read;
        return read != StreamGroup.UnknownRead;
    }
}

/// <summary>The walk through a stream's nodes.</summary>
public ref struct StreamNodes
{
    private IdPlace _next;
    private IdPlace _current;

    internal StreamNodes(IdPlace first)
    {
        _next = first;
    }

    /// <summary>The id that the ids in the node are relative to.</summary>
    public readonly StreamId MasterId => _current.Id;

    /// <summary>The node, a listpack in Redis's format.</summary>
    public readonly unsafe ReadOnlySpan<byte> Pack => new StreamBlock(_current.Value).Pack;

    /// <summary>Finds the next node; false at the end.</summary>
    public bool MoveNext()
    {
        _current = _next;
        if (_next.Exists)
            _next = _next.Next;
        return _current.Exists;
    }
}
