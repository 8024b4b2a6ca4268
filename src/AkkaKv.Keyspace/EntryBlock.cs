using System.Diagnostics;
using System.Runtime.CompilerServices;
using AkkaKv.Keyspace.Memory;
using AkkaKv.Keyspace.Values;

namespace AkkaKv.Keyspace;

/// <summary>
/// The layout of one key in native memory: head, key, value, in one block.
/// <code>
///  0  type (low 4 bits), form or encoding (high 4 bits)
///  1  flags
///  2  size class of the block
///  3  marks of snapshots
///  4  access clock, 24 bits; then the key's length, 8 bits
///  8  value length, 32 bits
/// 12  with ExpirySpace: expiry time, 64 bits, and place in the expiry index, 32 bits
///  .  with LongKey: the key's length, 32 bits
///  .  key, value; with Outlined instead of the value the address of a large block that holds it
/// </code>
/// Little-endian only, as every platform that .NET is common on. Values that do not fit a slab block lie outside, so that renaming a key,
/// giving it an expiry or moving it costs the same for a value of any size.
/// </summary>
internal readonly unsafe struct EntryBlock
{
    /// <summary>Longest key and longest value, in bytes: Redis's 512 MB.</summary>
    public const int MaxLength = 512 * 1024 * 1024;

    private const int FixedHeadSize = 12;
    private const int ExpirySize = 12;
    private const int LongKeySize = 4;
    private const int MaxShortKey = 255;
    private const byte ExpirySpaceFlag = 1;
    private const byte LongKeyFlag = 2;
    private const byte OutlinedFlag = 4;
    private const uint ClockMask = 0xFFFFFF;

    private readonly byte* _block;

    public EntryBlock(byte* block)
    {
        _block = block;
    }

    public byte* Address => _block;

    public bool IsNull => _block == null;

    public DataType Type => (DataType)(*_block & 0xF);

    public StringForm Form
    {
        get => (StringForm)(*_block >> 4);
        set => *_block = (byte)((*_block & 0xF) | ((byte)value << 4));
    }

    /// <summary>How a value lies in memory that is no string.</summary>
    public ValueLayout Layout => Type == DataType.String ? ValueLayout.Packed : (ValueLayout)(*_block >> 4);

    /// <summary>Whether the value is the root of a structure of further blocks.</summary>
    public bool IsStructured => *_block >> 4 == (int)ValueLayout.Structured && Type != DataType.String;

    public byte SizeClass => _block[2];

    /// <summary>One bit for each snapshot of the database; see <see cref="Snapshots.DatabaseSnapshot"/>.</summary>
    public byte SnapshotMarks
    {
        get => _block[3];
        set => _block[3] = value;
    }

    public bool HasExpirySpace => (_block[1] & ExpirySpaceFlag) != 0;

    public bool IsOutlined => (_block[1] & OutlinedFlag) != 0;

    public uint AccessClock
    {
        get => *(uint*)(_block + 4) & ClockMask;
        set => *(uint*)(_block + 4) = (*(uint*)(_block + 4) & ~ClockMask) | (value & ClockMask);
    }

    public long ExpireAtMs
    {
        get => HasExpirySpace ? Unsafe.ReadUnaligned<long>(_block + FixedHeadSize) : Database.NoExpiry;
        set
        {
            Debug.Assert(HasExpirySpace);
            Unsafe.WriteUnaligned(_block + FixedHeadSize, value);
        }
    }

    public bool HasExpiry => ExpireAtMs != Database.NoExpiry;

    /// <summary>Where the expiry index has this entry; meaningful only while the entry has an expiry.</summary>
    public uint ExpiryPlace
    {
        get => Unsafe.ReadUnaligned<uint>(_block + FixedHeadSize + sizeof(long));
        set
        {
            Debug.Assert(HasExpirySpace);
            Unsafe.WriteUnaligned(_block + FixedHeadSize + sizeof(long), value);
        }
    }

    public ReadOnlySpan<byte> Key => new(_block + KeyOffset, KeyLength);

    public int ValueLength => *(int*)(_block + 8);

    public Span<byte> Value => new(ValueAddress, ValueLength);

    /// <summary>Where a new value of this length goes, at most <see cref="ValueCapacity"/>.</summary>
    public Span<byte> ValueRoom(int length)
    {
        Debug.Assert(length <= ValueCapacity);
        return new Span<byte>(ValueAddress, length);
    }

    public byte* ValueAddress
    {
        get
        {
            var inline = _block + InlineOffset;
            return IsOutlined ? (byte*)Unsafe.ReadUnaligned<nint>(inline) : inline;
        }
    }

    /// <summary>Longest value that fits where the value is now.</summary>
    public long ValueCapacity => IsOutlined
        ? LargeBlock.Of(ValueAddress)->Capacity
        : NativeHeap.CapacityOf(_block, SizeClass) - InlineOffset;

    /// <summary>Bytes of native memory that the entry takes, without what a root in it points to.</summary>
    public long Cost
    {
        get
        {
            var cost = NativeHeap.CostOf(_block, SizeClass);
            return IsOutlined ? cost + LargeBlock.CostOf(LargeBlock.Of(ValueAddress)->Capacity) : cost;
        }
    }

    private int KeyLength => (_block[1] & LongKeyFlag) == 0
        ? _block[7]
        : Unsafe.ReadUnaligned<int>(_block + KeyOffset - LongKeySize);

    private int KeyOffset
    {
        get
        {
            int flags = _block[1];
            return FixedHeadSize + ((flags & ExpirySpaceFlag) * ExpirySize) + ((flags & LongKeyFlag) * (LongKeySize / LongKeyFlag));
        }
    }

    private int InlineOffset => KeyOffset + KeyLength;

    /// <summary>
    /// Allocates an entry with the key, room for <paramref name="valueCapacity"/> bytes of value, and undefined content of length
    /// <paramref name="valueLength"/>. A capacity that no slab block holds makes the value a large block, if it is more than its address.
    /// </summary>
    public static EntryBlock Create(
        NativeHeap heap, ReadOnlySpan<byte> key, int valueLength, long valueCapacity, bool expirySpace)
    {
        Debug.Assert(valueLength <= valueCapacity && key.Length <= MaxLength);
        var head = HeadSize(key.Length, expirySpace);
        if (head + key.Length + valueCapacity <= SizeClasses.MaxSize || valueCapacity <= sizeof(nint))
            return CreateHead(heap, key, valueLength, expirySpace, head + key.Length + valueCapacity);

        var value = heap.AllocateLarge(valueCapacity);
        try
        {
            var entry = CreateHead(heap, key, valueLength, expirySpace, head + key.Length + sizeof(nint));
            entry.Outline(value);
            return entry;
        }
        catch (OutOfMemoryException)
        {
            heap.FreeLarge(value);
            throw;
        }
    }

    /// <summary>
    /// Allocates an entry in <paramref name="heap"/> with this one's type, form, access clock and value, but another key or room for an
    /// expiry. A value inside the block is copied, one outside is handed over; so afterwards <see cref="FreeHead"/> frees this block.
    /// </summary>
    /// <param name="owner">The heap that this entry is in.</param>
    /// <param name="heap">The heap that the successor shall be in.</param>
    /// <param name="key">The successor's key.</param>
    /// <param name="expirySpace">Whether the successor has room for an expiry, which is not set.</param>
    public EntryBlock Successor(NativeHeap owner, NativeHeap heap, ReadOnlySpan<byte> key, bool expirySpace)
    {
        EntryBlock next;
        if (IsOutlined)
        {
            next = CreateHead(heap, key, ValueLength, expirySpace, HeadSize(key.Length, expirySpace) + key.Length + sizeof(nint));
            next.Outline(owner == heap ? ValueAddress : heap.AttachLarge(owner.DetachLarge(ValueAddress)));
        }
        else
        {
            next = Create(heap, key, ValueLength, ValueLength, expirySpace);
            Value.CopyTo(next.Value);
        }

        next.TakeNature(this);
        return next;
    }

    /// <summary>Sets the type and layout of a value that is no string; a new entry's is a string's.</summary>
    public void SetNature(DataType type, ValueLayout layout) => *_block = (byte)((byte)type | ((byte)layout << 4));

    /// <summary>Takes over type, form and access clock of another entry.</summary>
    public void TakeNature(EntryBlock other)
    {
        *_block = *other._block;
        *(uint*)(_block + 4) = (*(uint*)(_block + 4) & ~ClockMask) | other.AccessClock;
    }

    /// <summary>Frees the entry's block and its value's bytes, but not what a root among these points to.</summary>
    public void FreeBlocks(NativeHeap heap)
    {
        if (IsOutlined)
            heap.FreeLarge(ValueAddress);
        FreeHead(heap);
    }

    /// <summary>Frees the entry's block but not a value outside of it.</summary>
    public void FreeHead(NativeHeap heap) => heap.Free(_block, SizeClass);

    /// <summary>Changes the value's length within <see cref="ValueCapacity"/>.</summary>
    public void SetValueLength(int length)
    {
        Debug.Assert(length >= 0 && length <= ValueCapacity);
        *(int*)(_block + 8) = length;
    }

    /// <summary>Changes the capacity of a value that lies outside.</summary>
    public void ResizeOutlined(NativeHeap heap, long capacity) => SetOutlinedAddress(heap.ResizeLarge(ValueAddress, capacity));

    /// <summary>Points to where the value outside is now.</summary>
    public void SetOutlinedAddress(byte* value)
    {
        Debug.Assert(IsOutlined);
        Unsafe.WriteUnaligned(_block + InlineOffset, (nint)value);
    }

    private static int HeadSize(int keyLength, bool expirySpace) =>
        FixedHeadSize + (expirySpace ? ExpirySize : 0) + (keyLength > MaxShortKey ? LongKeySize : 0);

    private static EntryBlock CreateHead(NativeHeap heap, ReadOnlySpan<byte> key, int valueLength, bool expirySpace, long size)
    {
        var block = heap.Allocate(size, out var sizeClass);
        var longKey = key.Length > MaxShortKey;
        var entry = new EntryBlock(block);
        block[0] = (byte)DataType.String;
        block[1] = (byte)((expirySpace ? ExpirySpaceFlag : 0) | (longKey ? LongKeyFlag : 0));
        block[2] = sizeClass;
        block[3] = heap.EntryMarks;
        *(uint*)(block + 4) = (longKey ? 0 : (uint)key.Length << 24) | heap.NewEntryClock;
        *(int*)(block + 8) = valueLength;
        if (expirySpace)
            entry.ExpireAtMs = Database.NoExpiry;
        if (longKey)
            Unsafe.WriteUnaligned(block + entry.KeyOffset - LongKeySize, key.Length);
        key.CopyTo(new Span<byte>(block + entry.KeyOffset, key.Length));
        return entry;
    }

    private void Outline(byte* value)
    {
        _block[1] |= OutlinedFlag;
        SetOutlinedAddress(value);
    }
}
