using System.Diagnostics;
using AkkaKv.Keyspace.Memory;
using AkkaKv.Keyspace.Table;

namespace AkkaKv.Keyspace.Values;

/// <summary>
/// Where the value of a key is, for the editors of value types: they ask for its bytes, make room, and exchange its layout. The key's block may move at each of
/// these, which the table learns here; spans and addresses from before must not be used afterwards. Valid until the table itself changes.
/// </summary>
internal readonly unsafe struct ValuePlace(DatabaseContents contents, Slot slot)
{
    // As Redis's sds: a string that grows gets twice what it needs, but at most a megabyte more.
    private const int MaxHeadroom = 1024 * 1024;

    // A value may shrink in place as long as it wastes no more than half of its room, or no more than this.
    private const int NegligibleRoom = 128;

    // A packed value that grows beyond a slab block gets this part more than it needs.
    private const int PackedHeadroomShare = 8;

    /// <summary>The key's block as it is now.</summary>
    public EntryBlock Block => slot.Entry;

    /// <summary>The key's entry as it is now.</summary>
    public Entry Entry => new(slot);

    /// <summary>Where blocks of a structure come from.</summary>
    public NativeHeap Heap => contents.Heap;

    /// <summary>The hash function of tables.</summary>
    public KeyHasher Hasher => contents.Hasher;

    /// <summary>The limits of compact encodings.</summary>
    public EncodingLimits Limits => contents.Limits;

    /// <summary>How the value lies in memory.</summary>
    public ValueLayout Layout => Block.Layout;

    /// <summary>The packed bytes, or the root of the structure.</summary>
    public Span<byte> Bytes => Block.Value;

    /// <summary>Where the packed bytes or the root start.</summary>
    public byte* Address => Block.ValueAddress;

    /// <summary>
    /// To be called before each change: gives the value as it is to the snapshots that have not seen it. What follows may write to memory that is there only from now on.
    /// </summary>
    public void BeginChange() => contents.Marks.BeforeChange(Block);

    /// <summary>
    /// Makes the value <paramref name="length"/> bytes long and returns it; what was there stays up to that length, what is added is undefined. Strings get room to
    /// grow as Redis gives it, packed values only what the allocator rounds to.
    /// </summary>
    public Span<byte> Resize(int length)
    {
        var entry = Block;
        var oldLength = entry.ValueLength;
        if (length == oldLength || (length <= entry.ValueCapacity && (length > oldLength || IsWorthKeeping(entry, length))))
        {
            entry.SetValueLength(length);
            return entry.Value;
        }

        var capacity = length < oldLength ? length : Math.Min(length + Headroom(entry, length), EntryBlock.MaxLength);
        if (entry.IsOutlined && capacity > SizeClasses.MaxSize)
        {
            entry.ResizeOutlined(Heap, capacity);
            entry.SetValueLength(length);
            return entry.Value;
        }

        var successor = EntryBlock.Create(Heap, entry.Key, length, capacity, entry.HasExpiry);
        successor.TakeNature(entry);
        entry.Value[..Math.Min(oldLength, length)].CopyTo(successor.Value);
        Replace(successor);
        entry.FreeBlocks(Heap);
        return successor.Value;
    }

    /// <summary>
    /// Gives the value another layout and content. The old bytes are freed, but nothing that a root among them points to: that is the caller's to hand over or free.
    /// </summary>
    /// <param name="layout">The new layout.</param>
    /// <param name="content">The new bytes; not of this value.</param>
    public void Convert(ValueLayout layout, ReadOnlySpan<byte> content)
    {
        var entry = Block;
        var successor = EntryBlock.Create(Heap, entry.Key, content.Length, content.Length, entry.HasExpiry);
        successor.TakeNature(entry);
        successor.SetNature(entry.Type, layout);
        content.CopyTo(successor.Value);
        Replace(successor);
        entry.FreeBlocks(Heap);
    }

    /// <summary>Puts a successor where the key's block is. The expiry goes over if the successor has room for one, otherwise it ends.</summary>
    public void Replace(EntryBlock successor)
    {
        var old = Block;
        if (old.HasExpiry)
        {
            if (successor.HasExpirySpace)
                contents.Expiry.Replace(old, successor);
            else
                contents.Expiry.Remove(old);
        }

        slot.Bucket->SetAddress(slot.Index, successor.Address);
        if (successor.IsStructured)
            Heap.Walks.Moved(successor);
    }

    /// <summary>Moves the key's block, unchanged, to a fuller page of the heap.</summary>
    public void Relocate()
    {
        var old = Block;
        var (expireAtMs, sizeClass) = (old.ExpireAtMs, old.SizeClass);
        if (expireAtMs == Database.NoExpiry)
        {
            slot.Bucket->SetAddress(slot.Index, Heap.Move(old.Address, sizeClass));
        }
        else
        {
            var place = old.ExpiryPlace;
            slot.Bucket->SetAddress(slot.Index, Heap.Move(old.Address, sizeClass));
            contents.Expiry.Moved(place, Block);
        }

        if (Block.IsStructured)
            Heap.Walks.Moved(Block);
    }

    /// <summary>Whether a shorter value may stay where the longer one was.</summary>
    public static bool IsWorthKeeping(EntryBlock entry, int length)
    {
        var room = entry.ValueCapacity;
        return length <= room && (room <= NegligibleRoom || length >= room / 2);
    }

    private static long Headroom(EntryBlock entry, int length)
    {
        if (entry.Type == DataType.String)
            return Math.Min(length, MaxHeadroom);
        return length <= SizeClasses.MaxSize ? 0 : length / PackedHeadroomShare;
    }
}
