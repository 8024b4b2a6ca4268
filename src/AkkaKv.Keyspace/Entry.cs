using System.Diagnostics;
using AkkaKv.Keyspace.Table;
using AkkaKv.Keyspace.Values;

namespace AkkaKv.Keyspace;

/// <summary>
/// A key with its value, seen in place: no copy, no allocation. Valid until the next change to its database; a method that changes the database
/// may be given spans of an entry, but afterwards the entry and its spans must not be used. <c>default</c> stands for an absent key; of it
/// only <see cref="Exists"/> may be asked.
/// </summary>
public readonly unsafe struct Entry
{
    private readonly EntryBlock _block;
    private readonly Slot _slot;

    internal Entry(EntryBlock block)
    {
        _block = block;
    }

    internal Entry(Slot slot)
    {
        _block = slot.Entry;
        _slot = slot;
    }

    /// <summary>Whether there is such a key.</summary>
    public bool Exists => !_block.IsNull;

    /// <summary>The key.</summary>
    public ReadOnlySpan<byte> Key => _block.Key;

    /// <summary>The type of the value.</summary>
    public DataType Type => _block.Type;

    /// <summary>When the key expires, in Unix milliseconds, or <see cref="Database.NoExpiry"/>.</summary>
    public long ExpireAtMs => _block.ExpireAtMs;

    /// <summary>The bytes of a string value. To change them in place, see <see cref="Database.ResizeString"/>: a snapshot may need the old ones.</summary>
    public ReadOnlySpan<byte> StringValue
    {
        get
        {
            Debug.Assert(_block.Type == DataType.String);
            return _block.Value;
        }
    }

    /// <summary>How the string value came to be.</summary>
    public StringForm Form
    {
        get => _block.Form;
        set
        {
            var block = _block;
            block.Form = value;
        }
    }

    /// <summary>
    /// 24 bits that the owner of the database gives a meaning: seconds of the last access (LRU), or minutes and a logarithmic counter (LFU).
    /// A new key has <see cref="Store.NewEntryClock"/>; higher bits are dropped when it is set.
    /// </summary>
    public uint AccessClock
    {
        get => _block.AccessClock;
        set
        {
            var block = _block;
            block.AccessClock = value;
        }
    }

    /// <summary>Bytes of native memory that the key takes: its block, its value, its share of the table and of the expiry index.</summary>
    public long MemoryUsage =>
        _block.Cost + Bucket.BytesPerSlot + (_block.HasExpiry ? Expiry.ExpiryIndex.BytesPerEntry : 0)
        + (_block.IsStructured ? StructuredValues.CostOf(_block) : 0);

    /// <summary>Whether the value is one compact buffer: what OBJECT ENCODING calls listpack or intset.</summary>
    public bool IsCompact => !_block.IsStructured;

    /// <summary>Whether the value is a compact set of integers.</summary>
    public bool IsIntset => _block.Layout == ValueLayout.Integers;

    internal EntryBlock Block => _block;

    /// <summary>Where the table has the entry; nowhere if it was found otherwise than in the table.</summary>
    internal Slot Slot => _slot;

    /// <summary>Whether the key is past its expiry at <paramref name="nowMs"/>, Unix milliseconds. As in Redis, not yet at the very millisecond.</summary>
    public bool IsExpired(long nowMs)
    {
        var expireAtMs = _block.ExpireAtMs;
        return expireAtMs != Database.NoExpiry && nowMs > expireAtMs;
    }
}

/// <summary>
/// Is called with each entry that an iteration finds. It must not change the database, except where the iteration says so.
/// </summary>
/// <param name="state">What the caller handed to the iteration.</param>
/// <param name="entry">The entry, valid during the call.</param>
public delegate void EntryVisitor<TState>(ref TState state, Entry entry)
    where TState : allows ref struct;
