using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AkkaKv.Keyspace.Values.Packed;

/// <summary>
/// Elements in one run of bytes, in Redis's listpack format, byte for byte: total size (32 bits) and number of entries (16 bits; 65535: nobody knows, they
/// have to be counted), little-endian, the entries (<see cref="ListpackEntry"/>), and 0xFF. Entries are named by their offset; it is valid until something
/// before it changes. Methods trust the bytes, which outside ones earn by <see cref="Validate"/>.
/// </summary>
internal static class Listpack
{
    /// <summary>Bytes of one without entries.</summary>
    public const int EmptySize = HeadSize + 1;

    /// <summary>Where the first entry stands.</summary>
    public const int HeadSize = 6;

    /// <summary>Redis adds nothing to a listpack that would become larger than this.</summary>
    public const int MaxSafeSize = 1 << 30;

    private const int CountAt = 4;
    private const int UnknownCount = ushort.MaxValue;

    /// <summary>Makes the buffer's first <see cref="EmptySize"/> bytes a listpack without entries.</summary>
    public static void Initialize(Span<byte> buffer)
    {
        SetTotalBytes(buffer, EmptySize);
        SetCount(buffer, 0);
        buffer[HeadSize] = ListpackEntry.End;
    }

    /// <summary>Bytes of the whole listpack; the buffer that it is in may be longer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int TotalBytes(ReadOnlySpan<byte> pack)
    {
        Debug.Assert(pack.Length >= EmptySize);
        var size = Unsafe.ReadUnaligned<int>(ref MemoryMarshal.GetReference(pack));
        Debug.Assert(size >= EmptySize && size <= pack.Length && pack[size - 1] == ListpackEntry.End);
        return size;
    }

    /// <summary>Number of entries; from 65535 on they are counted one by one.</summary>
    public static int Count(ReadOnlySpan<byte> pack)
    {
        int count = StoredCount(pack);
        if (count != UnknownCount)
            return count;
        count = 0;
        for (var at = First(pack); at >= 0; at = Next(pack, at))
            count++;
        return count;
    }

    /// <summary>The first entry, or -1.</summary>
    public static int First(ReadOnlySpan<byte> pack) => AtOrNone(pack, HeadSize);

    /// <summary>The last entry, or -1.</summary>
    public static int Last(ReadOnlySpan<byte> pack) => Previous(pack, TotalBytes(pack) - 1);

    /// <summary>The entry behind this one, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Next(ReadOnlySpan<byte> pack, int at) => AtOrNone(pack, Behind(pack, at));

    /// <summary>The entry before this one or before the end (<see cref="TotalBytes"/> - 1), or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Previous(ReadOnlySpan<byte> pack, int at)
    {
        Debug.Assert(at >= HeadSize && at < TotalBytes(pack));
        return at == HeadSize ? -1 : at - ListpackEntry.SizeBefore(in EntryAt(pack, at));
    }

    /// <summary>The entry with this number, from 0 on, or from -1 on backwards from the end; -1 if there is none.</summary>
    public static int Seek(ReadOnlySpan<byte> pack, int index)
    {
        int count = StoredCount(pack);
        if (count != UnknownCount)
        {
            if (index >= count || index < -count)
                return -1;

            // From the nearer end.
            if (index >= 0 && index > count / 2)
                index -= count;
            else if (index < 0 && index < -(count / 2))
                index += count;
        }

        int at;
        if (index >= 0)
        {
            at = First(pack);
            for (; index > 0 && at >= 0; index--)
                at = Next(pack, at);
            return at;
        }

        at = Last(pack);
        for (; index < -1 && at >= 0; index++)
            at = Previous(pack, at);
        return at;
    }

    /// <summary>The element at an offset.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Element Get(ReadOnlySpan<byte> pack, int at)
    {
        Debug.Assert(at >= HeadSize && at < TotalBytes(pack) - 1);
        return ListpackEntry.Read(in EntryAt(pack, at));
    }

    /// <summary>Where the entry behind this one starts; the end (<see cref="TotalBytes"/> - 1) if there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Behind(ReadOnlySpan<byte> pack, int at)
    {
        Debug.Assert(at >= HeadSize && at < TotalBytes(pack) - 1);
        return at + ListpackEntry.SizeAt(in EntryAt(pack, at));
    }

    /// <summary>
    /// The first entry from <paramref name="from"/> on that holds the element, passing over <paramref name="skip"/> entries after each one that was compared;
    /// -1 if there is none. <paramref name="from"/> may be -1.
    /// </summary>
    public static int Find(ReadOnlySpan<byte> pack, ReadOnlySpan<byte> element, int from, int skip) => Find(pack, Element.Canonical(element), from, skip);

    /// <summary>As the other overload, with an element that is <see cref="Element.Canonical"/>.</summary>
    public static int Find(ReadOnlySpan<byte> pack, Element element, int from, int skip)
    {
        for (var at = from; at >= 0;)
        {
            if (ListpackEntry.Matches(in EntryAt(pack, at), element))
                return at;
            at = Next(pack, at);
            for (var i = 0; i < skip && at >= 0; i++)
                at = Next(pack, at);
        }

        return -1;
    }

    /// <summary>Bytes that an element takes, its back length included.</summary>
    public static int EncodedSize(ReadOnlySpan<byte> element) => ListpackEntry.Size(element);

    /// <summary>Bytes that an integer takes, its back length included.</summary>
    public static int EncodedSize(long integer) => ListpackEntry.Size(integer);

    /// <summary>
    /// Inserts an element before the entry or end at an offset and returns the new total size. The buffer has room for <see cref="EncodedSize(ReadOnlySpan{byte})"/> more bytes.
    /// </summary>
    public static int Insert(Span<byte> buffer, int at, ReadOnlySpan<byte> element) => Insert(buffer, at, Element.Canonical(element));

    /// <summary>As <see cref="Insert(Span{byte}, int, ReadOnlySpan{byte})"/>; an element of text stays text. It must not be one of this buffer.</summary>
    public static int Insert(Span<byte> buffer, int at, Element element)
    {
        var size = ListpackEntry.Size(element);
        var total = OpenGap(buffer, at, size, 1);
        ListpackEntry.Write(buffer.Slice(at, size), element);
        return total;
    }

    /// <summary>Inserts as the last one.</summary>
    public static int Append(Span<byte> buffer, ReadOnlySpan<byte> element) => Insert(buffer, TotalBytes(buffer) - 1, Element.Canonical(element));

    /// <summary>Inserts as the last one.</summary>
    public static int Append(Span<byte> buffer, Element element) => Insert(buffer, TotalBytes(buffer) - 1, element);

    /// <summary>Inserts as the first one.</summary>
    public static int Prepend(Span<byte> buffer, ReadOnlySpan<byte> element) => Insert(buffer, HeadSize, Element.Canonical(element));

    /// <summary>Inserts whole entries that lie encoded elsewhere, before the entry or end at an offset.</summary>
    public static int InsertEncoded(Span<byte> buffer, int at, ReadOnlySpan<byte> entries, int count)
    {
        var total = OpenGap(buffer, at, entries.Length, count);
        entries.CopyTo(buffer[at..]);
        return total;
    }

    /// <summary>Replaces the entry at an offset and returns the new total size; the buffer has room for it.</summary>
    public static int Replace(Span<byte> buffer, int at, ReadOnlySpan<byte> element) => Replace(buffer, at, Element.Canonical(element));

    /// <summary>As <see cref="Replace(Span{byte}, int, ReadOnlySpan{byte})"/>; an element of text stays text. It must not be one of this buffer.</summary>
    public static int Replace(Span<byte> buffer, int at, Element element)
    {
        var total = TotalBytes(buffer);
        var behind = Behind(buffer, at);
        var size = ListpackEntry.Size(element);
        if (behind - at != size)
        {
            buffer[behind..total].CopyTo(buffer[(at + size)..]);
            total += size - (behind - at);
            SetTotalBytes(buffer, total);
        }

        ListpackEntry.Write(buffer.Slice(at, size), element);
        return total;
    }

    /// <summary>Removes up to <paramref name="count"/> entries from an offset on and returns the new total size.</summary>
    public static int Delete(Span<byte> buffer, int at, int count)
    {
        var total = TotalBytes(buffer);
        var behind = at;
        var deleted = 0;
        for (; deleted < count && behind < total - 1; deleted++)
            behind = Behind(buffer, behind);
        buffer[behind..total].CopyTo(buffer[at..]);
        total -= behind - at;
        SetTotalBytes(buffer, total);
        AddToCount(buffer, -deleted);
        return total;
    }

    /// <summary>
    /// Whether bytes from outside are a listpack: <paramref name="deep"/> checks every entry, otherwise only head and end are looked at. Nothing outside of the
    /// bytes is ever read.
    /// </summary>
    public static bool Validate(ReadOnlySpan<byte> bytes, bool deep)
    {
        if (bytes.Length < EmptySize || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != (uint)bytes.Length || bytes[^1] != ListpackEntry.End)
            return false;
        if (!deep)
            return true;

        var end = bytes.Length - 1;
        var count = 0;
        var at = HeadSize;
        for (; at < end; count++)
        {
            if (!ListpackEntry.TryValidate(bytes[..end], at, out at))
                return false;
        }

        var stored = StoredCount(bytes);
        return stored == UnknownCount || stored == count;
    }

    /// <summary>Notes that so many entries were added or, if negative, removed.</summary>
    internal static void AddToCount(Span<byte> buffer, int added)
    {
        var stored = StoredCount(buffer);
        if (stored != UnknownCount)
            SetCount(buffer, stored + added);
    }

    private static int StoredCount(ReadOnlySpan<byte> pack) => BinaryPrimitives.ReadUInt16LittleEndian(pack[CountAt..]);

    private static void SetCount(Span<byte> buffer, int count) =>
        BinaryPrimitives.WriteUInt16LittleEndian(buffer[CountAt..], (ushort)Math.Min(count, UnknownCount));

    private static void SetTotalBytes(Span<byte> buffer, int size) => BinaryPrimitives.WriteInt32LittleEndian(buffer, size);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref readonly byte EntryAt(ReadOnlySpan<byte> pack, int at)
    {
        Debug.Assert(at >= HeadSize && at < TotalBytes(pack));
        return ref Unsafe.Add(ref MemoryMarshal.GetReference(pack), at);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int AtOrNone(ReadOnlySpan<byte> pack, int at) => EntryAt(pack, at) == ListpackEntry.End ? -1 : at;

    /// <summary>Moves what stands from an offset on and counts the entries that the caller writes there.</summary>
    private static int OpenGap(Span<byte> buffer, int at, int size, int count)
    {
        var total = TotalBytes(buffer);
        Debug.Assert(at >= HeadSize && at < total && size <= buffer.Length - total);
        buffer[at..total].CopyTo(buffer[(at + size)..]);
        total += size;
        SetTotalBytes(buffer, total);
        AddToCount(buffer, count);
        return total;
    }
}
