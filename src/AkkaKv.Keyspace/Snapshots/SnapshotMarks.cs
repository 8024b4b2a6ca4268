using System.Numerics;
using System.Runtime.CompilerServices;
using AkkaKv.Keyspace.Memory;
using AkkaKv.Keyspace.Table;

namespace AkkaKv.Keyspace.Snapshots;

/// <summary>The snapshots that walk one database's contents, each with a bit in the marks of its entries; see <see cref="DatabaseSnapshot"/>.</summary>
internal sealed class SnapshotMarks(NativeHeap heap, KeyHasher hasher)
{
    /// <summary>Snapshots that can walk at the same time: bits of the mark.</summary>
    public const int Max = 8;

    private readonly DatabaseSnapshot?[] _walking = new DatabaseSnapshot?[Max];
    private byte _used;

    /// <summary>Whether another snapshot can begin.</summary>
    public bool HasFree => _used != byte.MaxValue;

    /// <summary>A snapshot begins: all entries there are have not been seen by it, all that come are none of its. Returns its bit.</summary>
    public byte Add(DatabaseSnapshot snapshot)
    {
        if (!HasFree)
            throw new InvalidOperationException($"There can be no more than {Max} snapshots at once.");
        var number = BitOperations.TrailingZeroCount(~(uint)_used);
        var bit = (byte)(1 << number);
        _walking[number] = snapshot;
        _used |= bit;
        heap.EntryMarks ^= bit;
        return bit;
    }

    /// <summary>A snapshot has seen all entries.</summary>
    public void Remove(byte bit)
    {
        _walking[BitOperations.TrailingZeroCount(bit)] = null;
        _used &= (byte)~bit;
    }

    /// <summary>To be called before an entry is changed or removed: hands it to the snapshots that have not seen it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void BeforeChange(EntryBlock entry)
    {
        if (entry.SnapshotMarks != heap.EntryMarks)
            HandOver(entry);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void HandOver(EntryBlock entry)
    {
        // One after the other, so that none gets it twice if there is no memory for the copy of the next and the change does not happen.
        for (var unseen = (uint)(entry.SnapshotMarks ^ heap.EntryMarks); unseen != 0; unseen &= unseen - 1)
        {
            _walking[BitOperations.TrailingZeroCount(unseen)]!.Keep(entry, hasher);
            entry.SnapshotMarks ^= (byte)(unseen & (0 - unseen));
        }
    }
}
