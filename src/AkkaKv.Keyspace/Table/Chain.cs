using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using AkkaKv.Keyspace.Memory;

namespace AkkaKv.Keyspace.Table;

/// <summary>
/// The entries of one bucket number: the bucket itself and, if it overflows, further buckets behind it. Only the last bucket of a chain has
/// empty slots after a removal, and it holds at least two entries, or it would not be there.
/// </summary>
internal static unsafe class Chain
{
    /// <summary>Finds a key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Slot Find(Bucket* bucket, ReadOnlySpan<byte> key, byte tag)
    {
        for (; bucket != null; bucket = bucket->Next)
        {
            for (var matches = bucket->MatchTag(tag); matches != 0; matches &= matches - 1)
            {
                var slot = BitOperations.TrailingZeroCount(matches);
                if (new EntryBlock(bucket->AddressAt(slot)).Key.SequenceEqual(key))
                    return new Slot(bucket, slot);
            }
        }

        return default;
    }

    /// <summary>Adds an entry and returns where it is; takes memory for another bucket if all are full.</summary>
    public static Slot Add(Bucket* bucket, byte tag, byte* address, NativeHeap heap)
    {
        for (; bucket->Free == 0; bucket = bucket->Next)
        {
            if (bucket->Next == null)
            {
                Extend(bucket, heap);
            }
        }

        var index = BitOperations.TrailingZeroCount(bucket->Free);
        bucket->Set(index, tag, address);
        return new Slot(bucket, index);
    }

    /// <summary>Removes an entry of the chain that starts at <paramref name="first"/>, and closes the gap from the chain's end.</summary>
    public static void Remove(Bucket* first, Slot slot, NativeHeap heap)
    {
        slot.Bucket->Clear(slot.Index);
        if (first->Next == null)
            return;

        Bucket* beforeLast = null;
        var last = first;
        for (; last->Next != null; last = last->Next)
            beforeLast = last;

        if (slot.Bucket != last)
            MoveLastEntry(last, slot.Bucket, slot.Index);
        if (last->Count > 1)
            return;

        Debug.Assert(last->Count == 1);
        var remaining = BitOperations.TrailingZeroCount(last->Occupied);
        beforeLast->EndChain(last->TagAt(remaining), last->AddressAt(remaining));
        FreeBucket(last, heap);
    }

    /// <summary>Number of entries of the chain.</summary>
    public static int Count(Bucket* bucket)
    {
        var count = 0;
        for (; bucket != null; bucket = bucket->Next)
            count += bucket->Count;
        return count;
    }

    /// <summary>The entry with this number within the chain, 0 to count - 1.</summary>
    public static Slot ElementAt(Bucket* bucket, int number)
    {
        for (; bucket != null; bucket = bucket->Next)
        {
            for (var occupied = bucket->Occupied; occupied != 0; occupied &= occupied - 1)
            {
                if (number-- == 0)
                    return new Slot(bucket, BitOperations.TrailingZeroCount(occupied));
            }
        }

        throw new ArgumentOutOfRangeException(nameof(number));
    }

    /// <summary>Frees the buckets behind the first one, whose entries must have been moved elsewhere, and empties that.</summary>
    public static void Reset(Bucket* first, NativeHeap heap)
    {
        var bucket = first->Next;
        *first = default;
        while (bucket != null)
        {
            var next = bucket->Next;
            FreeBucket(bucket, heap);
            bucket = next;
        }
    }

    private static void Extend(Bucket* bucket, NativeHeap heap)
    {
        var next = (Bucket*)heap.Allocate(Bucket.Size, out var sizeClass);
        Debug.Assert(sizeClass == SizeClasses.ClassOf(Bucket.Size));
        *next = default;
        const int last = Bucket.Slots - 1;
        next->Set(0, bucket->TagAt(last), bucket->AddressAt(last));
        bucket->SetNext(next);
    }

    private static void MoveLastEntry(Bucket* from, Bucket* to, int slot)
    {
        var last = BitOperations.Log2(from->Occupied);
        to->Set(slot, from->TagAt(last), from->AddressAt(last));
        from->Clear(last);
    }

    private static void FreeBucket(Bucket* bucket, NativeHeap heap) =>
        heap.Free((byte*)bucket, SizeClasses.ClassOf(Bucket.Size));
}
