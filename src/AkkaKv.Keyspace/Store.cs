using System.Buffers.Binary;
using System.Security.Cryptography;
using AkkaKv.Keyspace.Memory;
using AkkaKv.Keyspace.Snapshots;
using AkkaKv.Keyspace.Table;
using AkkaKv.Keyspace.Values;

namespace AkkaKv.Keyspace;

/// <summary>
/// All databases of a node. Keys and values live in native memory: the garbage collector sees none of them. Used by one thread at a time.
/// Dispose frees everything; entries and spans of its databases must not be used after that.
/// </summary>
public sealed class Store : IDisposable
{
    private static readonly ulong ProcessSeed = DrawSeed();

    private readonly Database[] _databases;
    private readonly List<StoreSnapshot> _snapshots = [];
    private readonly HeapContext _heaps;
    private readonly MemoryReserve _reserve;

    /// <summary>Makes a store of empty databases, with hashes that nobody outside this process can foresee.</summary>
    /// <param name="databaseCount">1 or more; Redis has 16.</param>
    public Store(int databaseCount = 16)
        : this(databaseCount, ProcessSeed)
    {
    }

    /// <summary>Makes a store whose order of keys depends on the seed alone: for simulations that must repeat.</summary>
    /// <param name="databaseCount">1 or more.</param>
    /// <param name="hashSeed">Draws the secrets of the hash function. One that others know lets them choose keys that collide.</param>
    public Store(int databaseCount, ulong hashSeed)
        : this(databaseCount, hashSeed, guarded: false)
    {
    }

    /// <param name="databaseCount">1 or more.</param>
    /// <param name="hashSeed">Draws the secrets of the hash function.</param>
    /// <param name="guarded">Poisons freed memory and throws at wrong uses of it: for tests, slow.</param>
    /// <param name="source">Where memory comes from; null: the operating system.</param>
    internal Store(int databaseCount, ulong hashSeed, bool guarded, MemorySource? source = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(databaseCount, 1);
        _reserve = new MemoryReserve(source ?? SystemMemory.Instance);
        _heaps = new HeapContext(source ?? SystemMemory.Instance, _reserve);
        var hasher = new KeyHasher(hashSeed);
        _databases = new Database[databaseCount];
        for (var i = 0; i < databaseCount; i++)
            _databases[i] = new Database(i, () => new DatabaseContents(hasher, Limits, _heaps, guarded));
    }

    /// <summary>Up to where values are kept in compact encodings.</summary>
    public EncodingLimits Limits { get; } = new();

    /// <summary>Number of large values that were removed and are not freed yet; see <see cref="ReclaimSome"/>.</summary>
    public long ReclaimCount
    {
        get
        {
            var count = 0L;
            foreach (var database in _databases)
                count += database.Contents.Reclaimer.Count;
            return count;
        }
    }

    /// <summary>Bytes of <see cref="UsedMemory"/> that belong to them.</summary>
    public long ReclaimBytes
    {
        get
        {
            var bytes = 0L;
            foreach (var database in _databases)
                bytes += database.Contents.Reclaimer.WaitingBytes;
            return bytes;
        }
    }

    /// <summary>Number of databases.</summary>
    public int DatabaseCount => _databases.Length;

    /// <summary>
    /// Bytes of native memory in use: keys, values, tables, indexes, with the allocator's rounding and heads. Memory that was freed but is kept for
    /// reuse is in <see cref="ReservedMemory"/> only.
    /// </summary>
    public long UsedMemory => _heaps.UsedBytes;

    /// <summary>The <see cref="Entry.AccessClock"/> that new keys begin with; whoever gives it a meaning keeps it up to date.</summary>
    public uint NewEntryClock
    {
        get => _heaps.NewEntryClock;
        set => _heaps.NewEntryClock = value;
    }

    /// <summary>
    /// Bytes of native memory that running snapshots need beyond <see cref="UsedMemory"/>: old values that they have not visited, databases that
    /// were flushed meanwhile.
    /// </summary>
    public long SnapshotMemory
    {
        get
        {
            var used = 0L;
            foreach (var snapshot in _snapshots)
                used += snapshot.UsedMemory(contents => Array.Exists(_databases, database => database.Contents == contents));
            return used;
        }
    }

    /// <summary>Bytes of native memory taken from the operating system; the part never touched is not resident.</summary>
    public long ReservedMemory
    {
        get
        {
            var reserved = 0L;
            foreach (var database in _databases)
                reserved += database.Contents.ReservedBytes;
            return reserved;
        }
    }

    /// <summary>
    /// Whether the operating system gives no more memory and what was put aside for that has been touched: what takes memory should be refused now.
    /// </summary>
    public bool IsShortOfMemory => _reserve.IsBroken;

    /// <summary>
    /// Whether so much more memory could be taken now. Asked before a large request is executed, so that it does not fail halfway.
    /// </summary>
    public unsafe bool CanTake(long bytes)
    {
        try
        {
            _heaps.Source.Free(_heaps.Source.Allocate((nuint)bytes));
            return true;
        }
        catch (OutOfMemoryException)
        {
            return false;
        }
    }

    /// <summary>How the store's memory is laid out, for reports.</summary>
    public StoreMemory DescribeMemory()
    {
        var (active, resident, reserved, large) = (0L, 0L, 0L, 0L);
        foreach (var database in _databases)
        {
            var heap = database.Contents.Heap;
            active += heap.ActiveBytes;
            resident += heap.ResidentBytes;
            reserved += heap.ReservedBytes;
            large += heap.LargeBytes;
        }

        return new StoreMemory(UsedMemory, active, resident, reserved, large);
    }

    /// <summary>The blocks of each size that is in use, by ascending size.</summary>
    public IReadOnlyList<BlockSizeMemory> DescribeBlockSizes()
    {
        var sizes = new List<BlockSizeMemory>();
        for (var i = 0; i < SizeClasses.Count; i++)
        {
            var size = SizeClasses.SizeOf(i);
            var (pages, used) = (0L, 0L);
            foreach (var database in _databases)
            {
                pages += database.Contents.Heap.PageCount(i);
                used += database.Contents.Heap.UsedBlocks(i);
            }

            if (pages > 0)
                sizes.Add(new BlockSizeMemory(size, used, (pages * (SlabPage.PayloadSize / size)) - used, pages));
        }

        return sizes;
    }

    /// <summary>
    /// Gives some of the memory that is free and kept for reuse back to the operating system; to be called about ten times a second. The
    /// process then follows what is in use within seconds, and one call takes below a millisecond.
    /// </summary>
    public void ReleaseSomeIdleMemory()
    {
        const int pagesPerCall = 256;
        var pages = (long)pagesPerCall;
        foreach (var database in _databases)
            pages -= database.Contents.Heap.ReleaseSomeIdle(pages);
    }

    /// <summary>Gives all free memory back to the operating system that can be given back; takes up to a tenth of a second for each gigabyte.</summary>
    public void ReleaseIdleMemory()
    {
        foreach (var database in _databases)
            database.Contents.Heap.ReleaseAllIdle();
        _heaps.Source.Trim();
    }

    /// <summary>A database by its number, 0 to <see cref="DatabaseCount"/> - 1. The object stays the same for the store's life.</summary>
    public Database this[int index] => _databases[index];

    /// <summary>
    /// Begins a snapshot of all databases as they are now, at once, whatever their size; null if there are <see cref="StoreSnapshot.CountMax"/> already.
    /// </summary>
    /// <param name="inParts">
    /// Whether hashes, sets and sorted sets of more than some hundred elements are visited element by element: then neither visiting nor changing one takes long.
    /// </param>
    public StoreSnapshot? TryBeginSnapshot(bool inParts = false)
    {
        foreach (var database in _databases)
        {
            if (!database.Contents.Marks.HasFree)
                return null;
        }

        var snapshot = new StoreSnapshot(this, _databases.Select(database => (database.Index, database.Contents)), inParts);
        if (!snapshot.IsFinished)
            _snapshots.Add(snapshot);
        return snapshot;
    }

    /// <summary>Exchanges the contents of two databases, as SWAPDB does: whoever uses one sees the other's keys from now on.</summary>
    public void Swap(int a, int b)
    {
        var (first, second) = (_databases[a], _databases[b]);
        (first.Contents, second.Contents) = (second.Contents, first.Contents);
    }

    /// <summary>
    /// Takes over all databases of another store, after a full resynchronisation, and frees what was here. The other store is empty afterwards.
    /// </summary>
    /// <exception cref="ArgumentException">The other store has another number of databases, or snapshots that are not finished.</exception>
    public void Adopt(Store other) => AdoptDetached(other).Dispose();

    /// <summary>As <see cref="Adopt"/>, but leaves it to the caller to free what was here.</summary>
    public DetachedMemory AdoptDetached(Store other)
    {
        if (other.DatabaseCount != DatabaseCount)
            throw new ArgumentException($"The other store has {other.DatabaseCount} databases, this one {DatabaseCount}.", nameof(other));
        if (ReferenceEquals(other, this))
            throw new ArgumentException("A store cannot adopt itself.", nameof(other));
        if (other._snapshots.Count > 0)
            throw new ArgumentException("The other store has snapshots that are not finished.", nameof(other));
        var old = new DatabaseContents[DatabaseCount];
        for (var i = 0; i < DatabaseCount; i++)
        {
            old[i] = _databases[i].Exchange(other._databases[i].ExchangeForEmpty());
            _databases[i].Contents.Limits = Limits;
            _databases[i].Contents.Heap.Context = _heaps;
        }

        return new DetachedMemory(old);
    }

    /// <summary>Removes all keys of all databases (FLUSHALL).</summary>
    public void Clear() => ClearDetached().Dispose();

    /// <summary>Removes all keys of all databases at once, whatever their number; the caller frees the memory (FLUSHALL ASYNC).</summary>
    public DetachedMemory ClearDetached()
    {
        var old = new DatabaseContents[DatabaseCount];
        for (var i = 0; i < DatabaseCount; i++)
            old[i] = _databases[i].ExchangeForEmpty();
        return new DetachedMemory(old);
    }

    /// <summary>
    /// Frees some of the large values that were removed, overwritten or have expired: they are freed little by little, by whoever calls this when nothing more urgent is to be
    /// done. Returns whether more is left.
    /// </summary>
    /// <param name="budget">About how many elements may be freed; 1,000 take some tens of microseconds.</param>
    public bool ReclaimSome(int budget)
    {
        var done = true;
        foreach (var database in _databases)
            done &= database.Contents.Reclaimer.FreeSome(ref budget);
        return !done;
    }

    /// <summary>Frees all memory; snapshots that are not finished end.</summary>
    public void Dispose()
    {
        foreach (var snapshot in _snapshots)
            snapshot.Free();
        _snapshots.Clear();
        foreach (var database in _databases)
            database.Contents.Dispose();
        _reserve.Dispose();
    }

    internal void Forget(StoreSnapshot snapshot) => _snapshots.Remove(snapshot);

    private static ulong DrawSeed()
    {
        Span<byte> seed = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(seed);
        return BinaryPrimitives.ReadUInt64LittleEndian(seed);
    }
}
