namespace AkkaKv.Keyspace.Snapshots;

/// <summary>What a snapshot that goes through large values in parts says of one.</summary>
public enum SnapshotPartKind
{
    /// <summary>A large value begins: <see cref="SnapshotPart.Key"/> and <see cref="SnapshotPart.Count"/> are known, all its elements follow before anything else.</summary>
    Start,

    /// <summary>The next element, in no order that means anything; or of a list the next piece, from front to end.</summary>
    Element,

    /// <summary>All elements were visited.</summary>
    End,
}

/// <summary>A part of a large list, hash, set or sorted set as it was when the snapshot began; valid during the call.</summary>
public readonly ref struct SnapshotPart
{
    internal SnapshotPart(SnapshotPartKind kind, Entry key, long count, Entry element, ReadOnlySpan<byte> entries, int entryCount)
    {
        Kind = kind;
        Key = key;
        Count = count;
        Element = element;
        Entries = entries;
        EntryCount = entryCount;
    }

    /// <summary>Where in the value this is.</summary>
    public SnapshotPartKind Kind { get; }

    /// <summary>The key, its type and expiry; it has no value.</summary>
    public Entry Key { get; }

    /// <summary>Number of elements of the whole value; of a list, number of its pieces.</summary>
    public long Count { get; }

    /// <summary>
    /// With <see cref="SnapshotPartKind.Element"/>, but for lists: its key is the field or member, its string value the field's value, nothing, or the score as a double of 8 bytes, little-endian.
    /// </summary>
    public Entry Element { get; }

    /// <summary>With <see cref="SnapshotPartKind.Element"/> of a list: consecutive elements as the entries of a listpack, without its head and end.</summary>
    public ReadOnlySpan<byte> Entries { get; }

    /// <summary>Number of <see cref="Entries"/>.</summary>
    public int EntryCount { get; }
}

/// <summary>Is called with each part of a large value. It must not change the store.</summary>
/// <param name="state">What the caller handed to the snapshot.</param>
/// <param name="database">The number that the key's database had when the snapshot began.</param>
/// <param name="part">The part.</param>
public delegate void SnapshotPartVisitor<TState>(ref TState state, int database, in SnapshotPart part);
