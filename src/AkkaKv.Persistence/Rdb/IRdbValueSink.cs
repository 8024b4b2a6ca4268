namespace AkkaKv.Persistence.Rdb;

/// <summary>
/// Receives keys with their values. A string comes in one call; every other value is begun, comes in any number of calls of its kind, and is
/// ended, so that a value of any size needs no memory of its own here. Spans are valid during the call only.
/// </summary>
/// <remarks>
/// Counts are what the file says: hints, for which no memory may be taken in proportion beyond a bound. Whether elements are distinct is the
/// sink's to find out. Listpacks and intsets that are handed over as such have been checked down to the last byte: well-formed, pairs where
/// pairs must be, scores that are numbers, integers that ascend.
/// </remarks>
public interface IRdbValueSink
{
    /// <summary>A key with a string value.</summary>
    void OnString(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, in RdbKeyFacts facts);

    /// <summary>A key with a list; <see cref="OnElement"/> and <see cref="OnElements"/> follow in the list's order. It may turn out empty.</summary>
    void BeginList(ReadOnlySpan<byte> key, in RdbKeyFacts facts);

    /// <summary>The list's next element.</summary>
    void OnElement(ReadOnlySpan<byte> element);

    /// <summary>The list's next elements: all entries of a listpack, one or more.</summary>
    void OnElements(ReadOnlySpan<byte> listpack);

    /// <summary>A key with a set; <see cref="OnMember"/>, <see cref="OnMembers"/> or <see cref="OnIntegers"/> follow.</summary>
    void BeginSet(ReadOnlySpan<byte> key, long count, in RdbKeyFacts facts);

    /// <summary>A member of the set.</summary>
    void OnMember(ReadOnlySpan<byte> member);

    /// <summary>The whole set as a listpack of members.</summary>
    void OnMembers(ReadOnlySpan<byte> listpack);

    /// <summary>The whole set as an intset.</summary>
    void OnIntegers(ReadOnlySpan<byte> intset);

    /// <summary>A key with a hash; <see cref="OnField"/> or <see cref="OnFields"/> follow.</summary>
    void BeginHash(ReadOnlySpan<byte> key, long count, in RdbKeyFacts facts);

    /// <summary>A field of the hash.</summary>
    void OnField(ReadOnlySpan<byte> field, ReadOnlySpan<byte> value);

    /// <summary>The whole hash as a listpack: field, value, field, value, …</summary>
    void OnFields(ReadOnlySpan<byte> listpack);

    /// <summary>A key with a sorted set; <see cref="OnScored"/> or <see cref="OnScoredMembers"/> follow.</summary>
    void BeginSortedSet(ReadOnlySpan<byte> key, long count, in RdbKeyFacts facts);

    /// <summary>A member of the sorted set; members come in any order. The score is a number.</summary>
    void OnScored(ReadOnlySpan<byte> member, double score);

    /// <summary>The whole sorted set as a listpack: member, score, member, score, … Whether it is in order is the sink's to find out.</summary>
    void OnScoredMembers(ReadOnlySpan<byte> listpack);

    /// <summary>
    /// A key with a stream. Its nodes follow in the order of their ids, then its state, then each group: the group, its pending entries, and each
    /// of its consumers with the pending entries that are the consumer's.
    /// </summary>
    void BeginStream(ReadOnlySpan<byte> key, in RdbKeyFacts facts);

    /// <summary>A node of the stream.</summary>
    /// <param name="master">The id to which the ids in the node are relative.</param>
    /// <param name="listpack">The master entry and the entries, checked.</param>
    /// <param name="count">Entries of the node that are not deleted, 0 or more.</param>
    void OnStreamNode(RdbStreamId master, ReadOnlySpan<byte> listpack, int count);

    /// <summary>What the stream remembers beside its entries; comes after the nodes.</summary>
    void OnStreamState(in RdbStreamState state);

    /// <summary>A consumer group.</summary>
    /// <param name="name">The group's name.</param>
    /// <param name="lastId">The last id that was delivered.</param>
    /// <param name="entriesRead">The group's count of entries read; -1 if it is not known; null if the file is of a version that did not have it.</param>
    void OnStreamGroup(ReadOnlySpan<byte> name, RdbStreamId lastId, long? entriesRead);

    /// <summary>An entry that was delivered to a consumer of the last group and not acknowledged.</summary>
    void OnStreamPending(RdbStreamId id, long deliveredAtMs, ulong deliveries);

    /// <summary>A consumer of the last group; its pending entries follow.</summary>
    /// <param name="name">The consumer's name.</param>
    /// <param name="seenAtMs">When it was last heard of, Unix milliseconds.</param>
    /// <param name="activeAtMs">When it last got an entry; -1 never; null if the file is of a version that did not have it.</param>
    void OnStreamConsumer(ReadOnlySpan<byte> name, long seenAtMs, long? activeAtMs);

    /// <summary>One of the group's pending entries is this consumer's.</summary>
    void OnStreamConsumerPending(RdbStreamId id);

    /// <summary>The value that was begun is complete.</summary>
    void EndValue();
}

/// <summary>The id of an entry of a stream.</summary>
/// <param name="Ms">Its first half, Unix milliseconds.</param>
/// <param name="Sequence">Its second half.</param>
public readonly record struct RdbStreamId(ulong Ms, ulong Sequence) : IComparable<RdbStreamId>
{
    /// <inheritdoc/>
    public int CompareTo(RdbStreamId other) => Ms == other.Ms ? Sequence.CompareTo(other.Sequence) : Ms.CompareTo(other.Ms);
}

/// <summary>What a stream remembers beside its entries. Files before version 10 know the length and the last id only; the rest is null.</summary>
/// <param name="Length">Number of entries.</param>
/// <param name="LastId">The last id that was added.</param>
/// <param name="FirstId">The id of the first entry; zero if there is none.</param>
/// <param name="MaxDeletedId">The largest id that was deleted.</param>
/// <param name="EntriesAdded">How many entries were ever added.</param>
public readonly record struct RdbStreamState(
    ulong Length, RdbStreamId LastId, RdbStreamId? FirstId, RdbStreamId? MaxDeletedId, ulong? EntriesAdded);
