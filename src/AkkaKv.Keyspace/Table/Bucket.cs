using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AkkaKv.Keyspace.Table;

/// <summary>
/// One cache line of the table: nine slots, each with a tag of 8 hash bits and an address of 48 bits.
/// <code>
///  0      1 if the last slot holds the address of another bucket of the same chain
///  1..9   tags; 0 = the slot is empty
/// 10..63  addresses, 6 bytes each
/// </code>
/// A lookup compares all tags at once and touches an entry only where its tag matches.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Size)]
internal unsafe struct Bucket
{
    /// <summary>Bytes of a bucket.</summary>
    public const int Size = 64;

    /// <summary>Entries that fit a bucket without a chain.</summary>
    public const int Slots = 9;

    /// <summary>A slot's part of a bucket, for MEMORY USAGE.</summary>
    public const int BytesPerSlot = 7;

    private const int LastSlot = Slots - 1;
    private const int TagsAt = 1;
    private const uint AllSlots = (1u << Slots) - 1;

    // An address starts two bytes behind this, so that reading eight bytes never leaves the bucket.
    private const int WideAddressesAt = 8;

    [FieldOffset(0)]
    private byte _chained;

    /// <summary>The next bucket of the chain, or null.</summary>
    public Bucket* Next => _chained == 0 ? null : (Bucket*)AddressAt(LastSlot);

    /// <summary>Number of entries in this bucket alone.</summary>
    public int Count => BitOperations.PopCount(Occupied);

    /// <summary>One bit for each slot that holds an entry.</summary>
    public uint Occupied => ~MatchTag(0) & AllSlots & ~ChainBit;

    /// <summary>One bit for each slot that could take an entry.</summary>
    public uint Free => MatchTag(0) & ~ChainBit;

    // Buckets are always in native memory, so nothing needs to be pinned.
    private byte* Start => (byte*)Unsafe.AsPointer(ref this);

    private readonly uint ChainBit => (uint)_chained << LastSlot;

    /// <summary>One bit for each slot with the tag.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint MatchTag(byte tag)
    {
        var matches = Vector128.Equals(Vector128.Load(Start), Vector128.Create(tag)).ExtractMostSignificantBits();
        return (matches >> TagsAt) & AllSlots;
    }

    /// <summary>The tag of a hash: never 0, which stands for an empty slot.</summary>
    public static byte TagOf(ulong hash)
    {
        var tag = (byte)(hash >> 56);
        return tag == 0 ? (byte)1 : tag;
    }

    /// <summary>The address in a slot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte* AddressAt(int slot) => (byte*)(Unsafe.ReadUnaligned<ulong>(Start + WideAddressesAt + (slot * 6)) >> 16);

    /// <summary>The tag in a slot.</summary>
    public byte TagAt(int slot) => Start[TagsAt + slot];

    /// <summary>Fills a slot, or replaces what is in it.</summary>
    public void Set(int slot, byte tag, byte* address)
    {
        Debug.Assert(tag != 0 && !(slot == LastSlot && _chained != 0));
        SetTag(slot, tag);
        SetAddress(slot, address);
    }

    /// <summary>Replaces the address in a filled slot.</summary>
    public void SetAddress(int slot, byte* address)
    {
        Debug.Assert((ulong)address >> 48 == 0, "Addresses of user space have 48 bits.");
        var at = Start + WideAddressesAt + 2 + (slot * 6);
        Unsafe.WriteUnaligned(at, (uint)(nuint)address);
        Unsafe.WriteUnaligned(at + 4, (ushort)((ulong)address >> 32));
    }

    /// <summary>Empties a slot.</summary>
    public void Clear(int slot)
    {
        Debug.Assert((Occupied & (1u << slot)) != 0);
        SetTag(slot, 0);
        SetAddress(slot, null);
    }

    /// <summary>Makes <paramref name="next"/> the next bucket of the chain; the entry of the last slot must have been moved there.</summary>
    public void SetNext(Bucket* next)
    {
        Debug.Assert(_chained == 0);
        SetTag(LastSlot, 0);
        SetAddress(LastSlot, (byte*)next);
        _chained = 1;
    }

    /// <summary>Ends the chain here and puts an entry where the address of the next bucket was.</summary>
    public void EndChain(byte tag, byte* address)
    {
        Debug.Assert(_chained == 1);
        _chained = 0;
        Set(LastSlot, tag, address);
    }

    private void SetTag(int slot, byte tag) => Start[TagsAt + slot] = tag;
}
