using AkkaKv.Keyspace.Table;

namespace AkkaKv.Keyspace.Values.Streams;

/// <summary>A consumer group of a stream, seen in place; valid until the group is destroyed or the stream's key changes. <c>default</c> stands for none.</summary>
public readonly unsafe struct StreamGroup
{
    /// <summary>The number of entries read when nobody knows it.</summary>
    public const long UnknownRead = -1;

    private readonly EntryBlock _element;
    private readonly KeyHasher _hasher;

    internal StreamGroup(EntryBlock element, KeyHasher hasher)
    {
        _element = element;
        _hasher = hasher;
    }

    /// <summary>Whether there is such a group.</summary>
    public bool Exists => !_element.IsNull;

    /// <summary>The group's name.</summary>
    public ReadOnlySpan<byte> Name => _element.Key;

    /// <summary>The last entry that was delivered.</summary>
    public StreamId LastId => State->LastId;

    /// <summary>How many entries have been read, or <see cref="UnknownRead"/>.</summary>
    public long EntriesRead => State->EntriesRead;

    /// <summary>Number of deliveries that were not acknowledged.</summary>
    public long PendingCount => State->Pending.Count;

    /// <summary>Number of consumers.</summary>
    public long ConsumerCount => State->Consumers.Count;

    internal GroupState* State => GroupState.Of(_element);

    /// <summary>Finds a consumer; see <see cref="StreamConsumer.Exists"/>.</summary>
    public StreamConsumer FindConsumer(ReadOnlySpan<byte> name) =>
        new(new ElementTable(&State->Consumers, null, _hasher).Find(name));

    /// <summary>All consumers, ordered by name as Redis orders them.</summary>
    public StreamConsumer[] ConsumersByName()
    {
        var consumers = new List<StreamConsumer>();
        for (var elements = new TableEnumerator(&State->Consumers); elements.MoveNext();)
            consumers.Add(new StreamConsumer(elements.Current));
        consumers.Sort(static (left, right) => left.Name.SequenceCompareTo(right.Name));
        return [.. consumers];
    }

    /// <summary>The first delivery that was not acknowledged of an entry with at least this id.</summary>
    public PendingEntry SeekPending(StreamId id) => new(new IdTree(&State->Pending, null).Seek(id));

    /// <summary>The delivery of an entry, if it was not acknowledged.</summary>
    public PendingEntry FindPending(StreamId id) => new(new IdTree(&State->Pending, null).Find(id));

    /// <summary>The last delivery that was not acknowledged.</summary>
    public PendingEntry LastPending => new(new IdTree(&State->Pending, null).Last);
}

/// <summary>A consumer of a group, seen in place; valid until it is deleted or the stream's key changes. <c>default</c> stands for none.</summary>
public readonly unsafe struct StreamConsumer
{
    internal StreamConsumer(EntryBlock element)
    {
        Element = element;
    }

    /// <summary>Whether there is such a consumer.</summary>
    public bool Exists => !Element.IsNull;

    /// <summary>The consumer's name.</summary>
    public ReadOnlySpan<byte> Name => Element.Key;

    /// <summary>When it was last heard of, Unix milliseconds.</summary>
    public long SeenAtMs => State->SeenAtMs;

    /// <summary>Number of deliveries to it that were not acknowledged.</summary>
    public long PendingCount => State->Pending.Count;

    internal EntryBlock Element { get; }

    internal ConsumerState* State => ConsumerState.Of(Element);

    /// <summary>The first delivery to it that was not acknowledged of an entry with at least this id.</summary>
    public PendingEntry SeekPending(StreamId id) => new(new IdTree(&State->Pending, null).Seek(id));

    /// <summary>Whether both are the same consumer.</summary>
    public bool Is(StreamConsumer other) => Element.Address == other.Element.Address;
}

/// <summary>A delivery that was not acknowledged, seen in place; valid until another one is added or removed. <c>default</c> stands for none.</summary>
public readonly unsafe struct PendingEntry
{
    private readonly IdPlace _place;

    internal PendingEntry(IdPlace place)
    {
        _place = place;
    }

    /// <summary>Whether there is such a delivery.</summary>
    public bool Exists => _place.Exists;

    /// <summary>The entry's id.</summary>
    public StreamId Id => _place.Id;

    /// <summary>When it was last delivered, Unix milliseconds.</summary>
    public long DeliveredAtMs => State->DeliveredAtMs;

    /// <summary>How often it was delivered.</summary>
    public long Deliveries => State->Deliveries;

    /// <summary>Whom it was last delivered to.</summary>
    public StreamConsumer Consumer => new(new EntryBlock(State->Consumer));

    /// <summary>The next one, of the same consumer if this was found there.</summary>
    public PendingEntry Next => new(_place.Next);

    internal PendingState* State => (PendingState*)_place.Value;
}
