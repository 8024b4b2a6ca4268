using AkkaKv.Keyspace.Memory;

namespace AkkaKv.Keyspace.Values;

/// <summary>
/// Large values that belong to no key any more and are freed a little at a time: so removing, overwriting and expiring a value of millions of elements takes as long as
/// one of a few. Their memory counts as used until it is free.
/// </summary>
internal sealed unsafe class Reclaimer(NativeHeap heap)
{
    // So many elements are freed at once; Redis frees that many in the foreground as well (LAZYFREE_THRESHOLD in lazyfree.c).
    private const int AtOnce = 64;

    private readonly Queue<nint> _waiting = new();

    /// <summary>Number of values that wait.</summary>
    public int Count => _waiting.Count;

    /// <summary>Bytes of the values that wait.</summary>
    public long WaitingBytes { get; private set; }

    /// <summary>Frees the value and the block of a key that was taken out of the table, at once or little by little.</summary>
    public void Free(EntryBlock entry)
    {
        if (entry.IsStructured)
        {
            if (heap.Walks.Keep(entry))
                return;
            var budget = AtOnce;
            if (!StructuredValues.FreeSome(entry, heap, ref budget))
            {
                _waiting.Enqueue((nint)entry.Address);
                WaitingBytes += entry.Cost + StructuredValues.CostOf(entry);
                return;
            }
        }

        entry.FreeBlocks(heap);
    }

    /// <summary>Frees some of what waits, until <paramref name="budget"/>, about one for each element, is used up. Returns whether nothing is left.</summary>
    public bool FreeSome(ref int budget)
    {
        while (budget > 0 && _waiting.TryPeek(out var address))
        {
            var entry = new EntryBlock((byte*)address);
            budget--;
            var before = heap.UsedBytes;
            if (StructuredValues.FreeSome(entry, heap, ref budget))
            {
                _waiting.Dequeue();
                entry.FreeBlocks(heap);
            }

            WaitingBytes -= before - heap.UsedBytes;
        }

        if (_waiting.Count == 0)
            WaitingBytes = 0;
        return _waiting.Count == 0;
    }
}
