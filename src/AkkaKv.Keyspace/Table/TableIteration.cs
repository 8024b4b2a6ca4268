using System.Numerics;

namespace AkkaKv.Keyspace.Table;

/// <summary>
/// Walks the table with a cursor that stays meaningful whatever the table does between two steps, and draws entries at random.
/// </summary>
internal static unsafe class TableIteration
{
    private const int RandomTries = 128;
    private const int RandomChainLimit = 16;

    /// <summary>
    /// Visits the entries of one bucket number and returns the cursor of the next, 0 at the end. The cursor counts with its bits reversed: when
    /// the table doubles, a bucket's entries go to numbers that differ in the highest bit alone, which this order visits next to each other;
    /// so no entry that stays is missed (Pieter Noordhuis's method for Redis's SCAN). While the table is being resized, the bucket of
    /// the smaller table and all that it corresponds to in the larger are visited together.
    /// </summary>
    public static ulong Scan<TState>(HashTable table, ulong cursor, ref TState state, EntryVisitor<TState> visit)
        where TState : allows ref struct
    {
        var main = table.Root->Main;
        if (main.IsNull)
            return 0;

        var target = table.Root->Target;
        if (target.IsNull)
        {
            VisitBucket(main.Find(cursor & main.Mask), ref state, visit);
            return Next(cursor, main.Mask);
        }

        var (small, large) = main.BucketCount < target.BucketCount ? (main, target) : (target, main);
        var (smallMoved, largeMoved) = main.BucketCount < target.BucketCount ? (table.Root->MovedBuckets, 0ul) : (0ul, table.Root->MovedBuckets);
        Visit(small, smallMoved, cursor & small.Mask, ref state, visit);
        do
        {
            Visit(large, largeMoved, cursor & large.Mask, ref state, visit);
            cursor = Next(cursor, large.Mask);
        }
        while ((cursor & (small.Mask ^ large.Mask)) != 0);

        return cursor;
    }

    /// <summary>An entry at random, each about equally likely; the table must not be empty.</summary>
    public static Slot Random(HashTable table, ulong random)
    {
        // A bucket of k entries is accepted with probability k/16, so that an entry does not become likelier by having few neighbours. (More than
        // 16 are so rare that theirs may be a little less likely.)
        for (var attempt = 0; attempt < RandomTries; attempt++)
        {
            var bucket = RandomBucket(table, random = Mix(random), out _);
            var number = (int)Math.BigMul(Mix(random), (ulong)Math.Max(Chain.Count(bucket), RandomChainLimit), out _);
            if (number < Chain.Count(bucket))
                return Chain.ElementAt(bucket, number);
        }

        // A nearly empty table, in the middle of shrinking: any entry will do.
        RandomBucket(table, random, out var start);
        var main = table.Root->Main;
        var target = table.Root->Target;
        for (var index = start; ; index++)
        {
            var hash = index & main.Mask;
            var bucket = main.Find(hash);
            if (table.IsResizing && hash < table.Root->MovedBuckets)
                bucket = null;
            var count = Chain.Count(bucket);
            if (count == 0 && !target.IsNull)
            {
                bucket = target.Find(index & target.Mask);
                count = Chain.Count(bucket);
            }

            if (count > 0)
                return Chain.ElementAt(bucket, (int)(random % (uint)count));
        }
    }

    private static Bucket* RandomBucket(HashTable table, ulong random, out ulong index)
    {
        var main = table.Root->Main;
        var target = table.Root->Target;
        if (target.IsNull)
        {
            index = random & main.Mask;
            return main.Find(index);
        }

        // Unmoved buckets of the old table and all of the new one are drawn from one row.
        var unmoved = (ulong)main.BucketCount - table.Root->MovedBuckets;
        index = Math.BigMul(random << 8, unmoved + (ulong)target.BucketCount, out _);
        return index < unmoved ? main.Find(table.Root->MovedBuckets + index) : target.Find(index - unmoved);
    }

    private static void Visit<TState>(
        BucketArray array, ulong movedBuckets, ulong index, ref TState state, EntryVisitor<TState> visit)
        where TState : allows ref struct
    {
        // Moved buckets are empty, and their segment may be gone.
        if (index < movedBuckets)
            return;
        VisitBucket(array.Find(index), ref state, visit);
    }

    private static void VisitBucket<TState>(Bucket* bucket, ref TState state, EntryVisitor<TState> visit)
        where TState : allows ref struct
    {
        for (; bucket != null; bucket = bucket->Next)
        {
            for (var occupied = bucket->Occupied; occupied != 0; occupied &= occupied - 1)
                visit(ref state, new Entry(new Slot(bucket, BitOperations.TrailingZeroCount(occupied))));
        }
    }

    private static ulong Next(ulong cursor, ulong mask)
    {
        cursor |= ~mask;
        return ReverseBits(ReverseBits(cursor) + 1);
    }

    private static ulong ReverseBits(ulong value)
    {
        value = ((value >> 1) & 0x5555555555555555) | ((value & 0x5555555555555555) << 1);
        value = ((value >> 2) & 0x3333333333333333) | ((value & 0x3333333333333333) << 2);
        value = ((value >> 4) & 0x0F0F0F0F0F0F0F0F) | ((value & 0x0F0F0F0F0F0F0F0F) << 4);
        return System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(value);
    }

    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
