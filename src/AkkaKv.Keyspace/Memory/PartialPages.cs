using System.Diagnostics;

namespace AkkaKv.Keyspace.Memory;

/// <summary>
/// The slab pages of one heap that have free blocks, for each size class in bands by how full they are. New blocks come from the fullest page, so that the
/// sparse ones run empty and go back to the system. While a page is in a band its blocks are only freed, never taken: so it only ever sinks.
/// </summary>
internal sealed unsafe class PartialPages
{
    /// <summary>Bands of a class.</summary>
    public const int Bands = 8;

    private readonly nint[] _heads = new nint[SizeClasses.Count * Bands];

    /// <summary>Puts a page into the band that it belongs to.</summary>
    public void Add(SlabPage* page, int sizeClass)
    {
        page->EnterBand();
        ref var head = ref _heads[(sizeClass * Bands) + page->Band];
        page->Previous = null;
        page->Next = (SlabPage*)head;
        if (head != 0)
            ((SlabPage*)head)->Previous = page;
        head = (nint)page;
    }

    /// <summary>Takes a page out.</summary>
    public void Remove(SlabPage* page, int sizeClass)
    {
        if (page->Previous != null)
            page->Previous->Next = page->Next;
        else
            _heads[(sizeClass * Bands) + page->Band] = (nint)page->Next;
        if (page->Next != null)
            page->Next->Previous = page->Previous;
    }

    /// <summary>A page of the fullest band, which stays where it is; null if there is none.</summary>
    public SlabPage* Fullest(int sizeClass)
    {
        for (var band = Bands - 1; band >= 0; band--)
        {
            var head = _heads[(sizeClass * Bands) + band];
            if (head != 0)
                return (SlabPage*)head;
        }

        return null;
    }

    /// <summary>Forgets all pages.</summary>
    public void Clear() => Array.Clear(_heads);
}
