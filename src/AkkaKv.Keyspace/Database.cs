using System.Diagnostics;
using AkkaKv.Keyspace.Memory;
using AkkaKv.Keyspace.Table;
using AkkaKv.Keyspace.Values;

namespace AkkaKv.Keyspace;

/// <summary>
/// One database: keys with values, expiries, and the ways to walk them. It knows no clock: an expired key is there until its owner removes
/// it. Finding, overwriting and removing keys allocates nothing on the managed heap.
/// </summary>
/// <remarks>
/// Every method that changes the database ends the validity of the entries and spans it gave out before. Spans of its own entries may be
/// passed to it as arguments.
/// </remarks>
public sealed class Database
{
    /// <summary>The expiry time of a key that has none.</summary>
    public const long NoExpiry = -1;

    /// <summary>Longest key and longest string value, in bytes.</summary>
    public const int MaxLength = EntryBlock.MaxLength;

    // A value below this is freed at once: that is cheaper than handing it to another thread.
    private const int DetachFrom = 64 * 1024;

    private readonly Func<DatabaseContents> _createContents;
    private readonly Compaction _compaction;
    private EntryBlock[] _expired = [];

    internal Database(int index, Func<DatabaseContents> createContents)
    {
        Index = index;
        _createContents = createContents;
        Contents = createContents();
        _compaction = new Compaction(this);
    }

    /// <summary>The number of the database in its store.</summary>
    public int Index { get; }

    /// <summary>Number of keys, expired ones that are still there included.</summary>
    public long Count => Table.Count;

    /// <summary>Number of keys that have an expiry.</summary>
    public long ExpiringCount => Contents.Expiry.Count;

    /// <summary>When the next key expires, Unix milliseconds, or <see cref="NoExpiry"/>.</summary>
    public long NextExpireAtMs => ExpiringCount == 0 ? NoExpiry : Contents.Expiry.NextExpireAtMs;

    /// <summary>Bytes of native memory in use by this database.</summary>
    public long UsedMemory => Contents.UsedBytes;

    /// <summary>Bytes of the hash table's buckets. Those behind a full bucket, about an eighth more, count as data.</summary>
    public long TableMemory => Contents.Table.ArrayBytes;

    /// <summary>Bytes of the index of expiries.</summary>
    public long ExpiryMemory => Contents.Expiry.Bytes;

    /// <summary>Blocks that <see cref="Compact"/> has moved.</summary>
    public long CompactionMoves => _compaction.Moved;

    /// <summary>Blocks that <see cref="Compact"/> has looked at and left where they are.</summary>
    public long CompactionMisses => _compaction.Kept;

    /// <summary>Whether the hash table is being resized, a little with every change.</summary>
    public bool IsResizing => Table.IsResizing;

    internal DatabaseContents Contents { get; set; }

    private HashTable Table => Contents.Table;

    private NativeHeap Heap => Contents.Heap;

    /// <summary>Finds a key, expired or not. If there is none, the result's <see cref="Entry.Exists"/> is false.</summary>
    public Entry Find(ReadOnlySpan<byte> key)
    {
        var table = Table;
        return new Entry(table.Find(key, table.Hash(key)));
    }

    /// <summary>
    /// Gives a key a string value, whatever it had before, and an expiry or <see cref="NoExpiry"/>. The access clock of a key that existed stays.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Key or value is longer than <see cref="MaxLength"/>.</exception>
    public Entry SetString(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, long expireAtMs)
    {
        CheckLength(key.Length);
        CheckLength(value.Length);
        var hash = Table.Hash(key);
        Table.Step();
        var slot = Table.Find(key, hash);
        var old = slot.Entry;
        var expires = expireAtMs != NoExpiry;
        if (slot.Exists)
            Contents.Marks.BeforeChange(old);
        if (expires)
            Contents.Expiry.EnsureRoom();
        if (slot.Exists && old.Type == DataType.String && ValuePlace.IsWorthKeeping(old, value.Length) && (old.HasExpirySpace || !expires))
        {
            value.CopyTo(old.ValueRoom(value.Length));
            old.SetValueLength(value.Length);
            old.Form = StringForm.Plain;
            SetExpiry(old, expireAtMs);
            return new Entry(slot);
        }

        var entry = EntryBlock.Create(Heap, key, value.Length, value.Length, expires);
        value.CopyTo(entry.Value);
        if (slot.Exists)
        {
            entry.AccessClock = old.AccessClock;
            Replace(slot, entry);
            Contents.Reclaimer.Free(old);
        }
        else
        {
            slot = Table.Insert(hash, entry);
        }

        SetExpiry(entry, expireAtMs);
        return new Entry(slot);
    }

    /// <summary>
    /// Makes a key's string value <paramref name="length"/> bytes long, creating the key if there is none, and returns it to be written. What was
    /// there stays up to that length, as does the expiry; what is added is zero. The form becomes <see cref="StringForm.Raw"/>.
    /// </summary>
    /// <exception cref="InvalidOperationException">The value is no string.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Key or value is longer than <see cref="MaxLength"/>.</exception>
    public Span<byte> ResizeString(ReadOnlySpan<byte> key, int length)
    {
        CheckLength(key.Length);
        CheckLength(length);
        var hash = Table.Hash(key);
        Table.Step();
        var slot = Table.Find(key, hash);
        EntryBlock entry;
        var oldLength = 0;
        if (!slot.Exists)
        {
            entry = EntryBlock.Create(Heap, key, length, length, expirySpace: false);
            Table.Insert(hash, entry);
        }
        else
        {
            entry = slot.Entry;
            if (entry.Type != DataType.String)
                throw new InvalidOperationException("The key holds no string.");
            Contents.Marks.BeforeChange(entry);
            oldLength = entry.ValueLength;
            var place = new ValuePlace(Contents, slot);
            place.Resize(length);
            entry = place.Block;
        }

        entry.Form = StringForm.Raw;
        var value = entry.Value;
        if (length > oldLength)
            value[oldLength..].Clear();
        return value;
    }

    /// <summary>Removes a key. False if there is none.</summary>
    public bool Remove(ReadOnlySpan<byte> key)
    {
        var removed = Unlink(key, out var remains);
        remains?.Dispose();
        return removed;
    }

    /// <summary>
    /// Removes a key like <see cref="Remove"/>, but leaves a value so large that freeing it takes time to the caller (UNLINK).
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="remains">What is to be freed, or null if nothing is left.</param>
    public unsafe bool Unlink(ReadOnlySpan<byte> key, out DetachedMemory? remains)
    {
        remains = null;
        var hash = Table.Hash(key);
        Table.Step();
        var slot = Table.Find(key, hash);
        if (!slot.Exists)
            return false;
        var entry = slot.Entry;
        Contents.Marks.BeforeChange(entry);
        TakeOut(hash, slot);
        if (entry.IsOutlined && entry.ValueCapacity >= DetachFrom)
        {
            remains = new DetachedMemory(Heap.DetachLarge(entry.ValueAddress), Heap.Context.Source);
            entry.FreeHead(Heap);
        }
        else
        {
            Contents.Reclaimer.Free(entry);
        }

        return true;
    }

    /// <summary>
    /// Sets when a key expires, Unix milliseconds, or takes its expiry away with <see cref="NoExpiry"/>. False if there is no such key.
    /// </summary>
    public bool SetExpiry(ReadOnlySpan<byte> key, long expireAtMs)
    {
        var hash = Table.Hash(key);
        Table.Step();
        var slot = Table.Find(key, hash);
        if (!slot.Exists)
            return false;
        var entry = slot.Entry;
        Contents.Marks.BeforeChange(entry);
        if (expireAtMs != NoExpiry)
            Contents.Expiry.EnsureRoom();
        if (expireAtMs != NoExpiry && !entry.HasExpirySpace)
        {
            var old = entry;
            entry = old.Successor(Heap, Heap, old.Key, expirySpace: true);
            Replace(slot, entry);
            old.FreeHead(Heap);
        }

        SetExpiry(entry, expireAtMs);
        return true;
    }

    /// <summary>
    /// Gives a key another name, with its value and expiry; a key that had that name is removed. False if there is no key <paramref name="from"/>.
    /// </summary>
    public bool Rename(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        CheckLength(to.Length);
        var fromHash = Table.Hash(from);
        var toHash = Table.Hash(to);
        Table.Step();
        var source = Table.Find(from, fromHash).Entry;
        if (source.IsNull)
            return false;
        if (from.SequenceEqual(to))
            return true;

        // What may want memory comes first: without it nothing has changed.
        var overwritten = Table.Find(to, toHash);
        Contents.Marks.BeforeChange(source);
        if (overwritten.Exists)
            Contents.Marks.BeforeChange(overwritten.Entry);
        var hasExpiry = source.ExpireAtMs != NoExpiry;
        var entry = source.Successor(Heap, Heap, to, hasExpiry);
        if (hasExpiry)
            Contents.Expiry.Replace(source, entry);

        if (overwritten.Exists)
        {
            var old = overwritten.Entry;
            TakeOut(toHash, overwritten);
            Contents.Reclaimer.Free(old);
        }

        Table.Remove(fromHash, Table.Find(source.Key, fromHash));
        source.FreeHead(Heap);
        Table.Insert(toHash, entry);
        if (entry.IsStructured)
            Heap.Walks.Moved(entry);
        return true;
    }

    /// <summary>
    /// Moves a key with its value and expiry to another database of the same store. False if there is no such key here, or one there.
    /// </summary>
    /// <exception cref="ArgumentException">The target is this database.</exception>
    public bool MoveTo(ReadOnlySpan<byte> key, Database target)
    {
        if (ReferenceEquals(target, this))
            throw new ArgumentException("The target is the same database.", nameof(target));
        var hash = Table.Hash(key);
        var targetHash = target.Table.Hash(key);
        Table.Step();
        target.Table.Step();
        var slot = Table.Find(key, hash);
        if (!slot.Exists || target.Table.Find(key, targetHash).Exists)
            return false;

        var source = slot.Entry;
        Contents.Marks.BeforeChange(source);
        var expireAtMs = source.ExpireAtMs;
        if (expireAtMs != NoExpiry)
            target.Contents.Expiry.EnsureRoom();
        if (source.IsStructured)
        {
            // The blocks of a structure belong to the database's heap.
            var copy = Copy(source, key, target.Heap);
            TakeOut(hash, slot);
            Contents.Reclaimer.Free(source);
            target.Place(copy, expireAtMs);
            return true;
        }

        var entry = source.Successor(Heap, target.Heap, key, expireAtMs != NoExpiry);
        TakeOut(hash, slot);
        source.FreeHead(Heap);

        target.Table.Insert(targetHash, entry);
        target.SetExpiry(entry, expireAtMs);
        return true;
    }

    /// <summary>
    /// Gives another key, in this or another database of the store, a copy of a key's value and expiry, whatever it had before. False if there is no key <paramref name="from"/>, or it
    /// is the target itself.
    /// </summary>
    public bool CopyTo(ReadOnlySpan<byte> from, Database target, ReadOnlySpan<byte> to)
    {
        CheckLength(to.Length);
        var source = Find(from).Block;
        if (source.IsNull || (ReferenceEquals(target, this) && from.SequenceEqual(to)))
            return false;

        target.PrepareToPlace(to, source.ExpireAtMs);
        target.Place(Copy(source, to, target.Heap), source.ExpireAtMs);
        return true;
    }

    /// <summary>A key at random, each about equally likely; absent if the database is empty.</summary>
    /// <param name="random">64 random bits.</param>
    public Entry RandomEntry(ulong random) => Count == 0 ? default : new Entry(TableIteration.Random(Table, random));

    /// <summary>The key that expires next; absent if none has an expiry.</summary>
    public Entry NextExpiringEntry => ExpiringCount == 0 ? default : new Entry(Contents.Expiry.ElementAt(0));

    /// <summary>A key with an expiry at random, each equally likely; absent if there is none.</summary>
    /// <param name="random">64 random bits.</param>
    public Entry RandomExpiringEntry(ulong random)
    {
        var number = (long)Math.BigMul(random, (ulong)ExpiringCount, out _);
        return ExpiringCount == 0 ? default : new Entry(Contents.Expiry.ElementAt(number));
    }

    /// <summary>
    /// Visits a few entries and returns the cursor to go on with; starts with 0, and is finished when it returns 0. Every key that is there
    /// from start to end is visited at least once, whatever else is added or removed between the calls, and however the table grows or shrinks.
    /// </summary>
    public ulong Scan<TState>(ulong cursor, ref TState state, EntryVisitor<TState> visit)
        where TState : allows ref struct =>
        TableIteration.Scan(Table, cursor, ref state, visit);

    /// <summary>
    /// Visits keys that are past their expiry, at most <paramref name="maxKeys"/>, mostly the earliest ones first, and returns how many. The
    /// visitor may remove the key that it is given, and change no other; what it does not remove is visited again next time.
    /// </summary>
    public int ExpireSome<TState>(long nowMs, int maxKeys, ref TState state, EntryVisitor<TState> expired)
        where TState : allows ref struct
    {
        var limit = (int)Math.Min(Math.Max(maxKeys, 0), ExpiringCount);
        if (limit == 0 || nowMs <= NextExpireAtMs)
            return 0;
        if (_expired.Length < limit)
            _expired = new EntryBlock[limit];
        var found = Contents.Expiry.CollectExpired(nowMs, _expired.AsSpan(0, limit));
        for (var i = 0; i < found; i++)
            expired(ref state, new Entry(_expired[i]));
        return found;
    }

    /// <summary>
    /// Carries a resize of the hash table on when nothing else happens, at most <paramref name="steps"/> steps of a few buckets. Returns whether
    /// there is more to do.
    /// </summary>
    public bool ContinueResize(int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            if (!Table.Step())
                return false;
        }

        return Table.IsResizing;
    }

    /// <summary>
    /// Moves keys out of sparse pages, so that these become empty and their memory can go back; a part at a time. Returns whether a pass through all keys is complete.
    /// </summary>
    /// <param name="budget">About how many keys, fields and members to look at; becomes what is left of it. 1,000 take up to a few hundred microseconds.</param>
    public bool Compact(ref int budget) => _compaction.Continue(ref budget);

    /// <summary>Tells an empty database how many keys will be added, so that its table need not grow; otherwise does nothing.</summary>
    public void Reserve(long keys) => Table.Reserve(keys);

    /// <summary>Removes all keys and frees their memory (FLUSHDB).</summary>
    public void Clear() => ExchangeForEmpty().Dispose();

    /// <summary>Removes all keys at once, whatever their number; the caller frees the memory (FLUSHDB ASYNC).</summary>
    public DetachedMemory ClearDetached() => new(ExchangeForEmpty());

    /// <summary>Adds a key that is not there, with a value that is no string, and returns where it is.</summary>
    /// <param name="key">The key.</param>
    /// <param name="type">The value's type.</param>
    /// <param name="layout">How it lies in memory.</param>
    /// <param name="content">Its bytes: packed, or the root of a structure.</param>
    internal ValuePlace Create(ReadOnlySpan<byte> key, DataType type, ValueLayout layout, ReadOnlySpan<byte> content)
    {
        CheckLength(key.Length);
        Debug.Assert(!Find(key).Exists, "The key is there.");
        var entry = EntryBlock.Create(Heap, key, content.Length, content.Length, expirySpace: false);
        entry.SetNature(type, layout);
        content.CopyTo(entry.Value);
        return new ValuePlace(Contents, Place(entry, NoExpiry));
    }

    /// <summary>Where the value of an entry of this database is, for a change.</summary>
    internal unsafe ValuePlace PlaceOf(Entry entry)
    {
        Debug.Assert(entry.Exists);
        var slot = entry.Slot.Exists ? entry.Slot : Table.Find(entry.Key, Table.Hash(entry.Key));
        Debug.Assert(slot.Entry.Address == entry.Block.Address, "The entry is out of date.");
        return new ValuePlace(Contents, slot);
    }

    internal DatabaseContents ExchangeForEmpty() => Exchange(_createContents());

    internal DatabaseContents Exchange(DatabaseContents contents)
    {
        var old = Contents;
        Contents = contents;

        // From here on they may be freed by another thread, and belong to the store no more.
        old.Heap.Context = new HeapContext(old.Heap.Context.Source);
        return old;
    }

    private static void CheckLength(int length)
    {
        if ((uint)length > MaxLength)
            throw new ArgumentOutOfRangeException(nameof(length), length, $"Keys and values have at most {MaxLength} bytes.");
    }

    private void Replace(Slot slot, EntryBlock successor) => new ValuePlace(Contents, slot).Replace(successor);

    /// <summary>A copy of an entry under another name in another or the same heap. Its expiry has room if there is one, and is not set.</summary>
    private EntryBlock Copy(EntryBlock source, ReadOnlySpan<byte> key, NativeHeap heap)
    {
        var copy = EntryBlock.Create(heap, key, source.ValueLength, source.ValueLength, source.HasExpiry);
        copy.TakeNature(source);
        source.Value.CopyTo(copy.Value);
        if (!source.IsStructured)
            return copy;
        try
        {
            StructuredValues.Copy(source, copy, heap, Contents.Hasher);
            return copy;
        }
        catch (OutOfMemoryException)
        {
            copy.FreeBlocks(heap);
            throw;
        }
    }

    /// <summary>Does what <see cref="Place"/> may need memory for, while nothing has changed.</summary>
    private void PrepareToPlace(ReadOnlySpan<byte> key, long expireAtMs)
    {
        var overwritten = Table.Find(key, Table.Hash(key));
        if (overwritten.Exists)
            Contents.Marks.BeforeChange(overwritten.Entry);
        if (expireAtMs != NoExpiry)
            Contents.Expiry.EnsureRoom();
    }

    /// <summary>Puts a new entry into the table, in place of one with the same key if there is one.</summary>
    private Slot Place(EntryBlock entry, long expireAtMs)
    {
        var hash = Table.Hash(entry.Key);
        Table.Step();
        var slot = Table.Find(entry.Key, hash);
        if (slot.Exists)
        {
            var old = slot.Entry;
            Contents.Marks.BeforeChange(old);
            Replace(slot, entry);
            Contents.Reclaimer.Free(old);
        }
        else
        {
            slot = Table.Insert(hash, entry);
        }

        SetExpiry(entry, expireAtMs);
        return slot;
    }

    /// <summary>Sets or ends the expiry of an entry that has room for one if it needs it.</summary>
    private void SetExpiry(EntryBlock entry, long expireAtMs)
    {
        var old = entry.ExpireAtMs;
        if (old == expireAtMs)
            return;
        if (expireAtMs == NoExpiry)
            Contents.Expiry.Remove(entry);
        else if (old == NoExpiry)
            Contents.Expiry.Add(entry, expireAtMs);
        else
            Contents.Expiry.Change(entry, expireAtMs);
    }

    /// <summary>Takes an entry out of the table and the expiry index, without freeing it.</summary>
    private void TakeOut(ulong hash, Slot slot)
    {
        var entry = slot.Entry;
        if (entry.ExpireAtMs != NoExpiry)
            Contents.Expiry.Remove(entry);
        Table.Remove(hash, slot);
    }
}
