using System.Runtime.InteropServices;

namespace AkkaKv.Keyspace.Table;

/// <summary>
/// What a <see cref="HashTable"/> remembers, in native memory: that of a database lies on its own, that of a large hash, set or sorted set inside its
/// key's block, so nothing may point to it. All zero stands for an empty table.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TableRoot
{
    /// <summary>The table, or while resizing the old one; none until there is a first entry.</summary>
    public BucketArray Main;

    /// <summary>The table that is being moved to, or none.</summary>
    public BucketArray Target;

    /// <summary>How many buckets of <see cref="Main"/> have been moved.</summary>
    public ulong MovedBuckets;

    /// <summary>Number of entries.</summary>
    public long Count;

    /// <summary>In a large value that snapshots walk just now: its number among <see cref="Snapshots.ValueWalks"/>; else 0.</summary>
    public uint SnapshotLink;
}
