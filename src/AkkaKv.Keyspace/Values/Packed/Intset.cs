using System.Buffers.Binary;
using System.Diagnostics;

namespace AkkaKv.Keyspace.Values.Packed;

/// <summary>
/// A sorted row of different integers in Redis's own byte format: the head (<see cref="IntsetHead"/>), then the integers, little-endian, all of one width.
/// The width is the smallest that the integers ever needed: it grows with the first integer that does not fit, and never shrinks.
/// </summary>
/// <remarks>
/// Pure functions over bytes. Those of a changing method's buffer that lie behind the set are room; its result is the set's new length. Only
/// <see cref="Validate"/> may be given bytes from outside.
/// </remarks>
internal static class Intset
{
    /// <summary>The length of a set without integers.</summary>
    public const int EmptySize = IntsetHead.Size;

    /// <summary>Makes the buffer's beginning an empty set.</summary>
    public static void Initialize(Span<byte> buffer) => IntsetHead.Write(buffer, sizeof(short), 0);

    /// <summary>How many integers there are.</summary>
    public static int Count(ReadOnlySpan<byte> set) => IntsetHead.Count(set);

    /// <summary>The length of the set in bytes.</summary>
    public static int TotalBytes(ReadOnlySpan<byte> set) => Size(IntsetHead.Width(set), IntsetHead.Count(set));

    /// <summary>The length of a set of <paramref name="count"/> integers that take <paramref name="width"/> bytes each.</summary>
    public static int Size(int width, int count) => EmptySize + (width * count);

    /// <summary>How many bytes an integer needs: 2, 4 or 8.</summary>
    public static int WidthOf(long value) =>
        value == (short)value ? sizeof(short) : value == (int)value ? sizeof(int) : sizeof(long);

    /// <summary>The integer of rank <paramref name="index"/>, from 0, in ascending order.</summary>
    public static long Get(ReadOnlySpan<byte> set, int index)
    {
        Debug.Assert((uint)index < (uint)Count(set));
        return Read(set, IntsetHead.Width(set), index);
    }

    /// <summary>An integer at random, each equally likely; the set must not be empty.</summary>
    /// <param name="set">The set.</param>
    /// <param name="random">64 random bits.</param>
    public static long Random(ReadOnlySpan<byte> set, ulong random) => Get(set, (int)Math.BigMul(random, (ulong)Count(set), out _));

    /// <summary>The rank of an integer; if it is not in the set, the complement (~) of the rank that it would have.</summary>
    public static int Find(ReadOnlySpan<byte> set, long value)
    {
        var width = IntsetHead.Width(set);
        var count = IntsetHead.Count(set);
        if (WidthOf(value) > width)
            return value < 0 ? ~0 : ~count;

        // Ascending integers are the common case, and the end is where they go.
        if (count == 0 || value > Read(set, width, count - 1))
            return ~count;

        int low = 0, high = count - 1;
        while (low < high)
        {
            var middle = (int)((uint)(low + high) >> 1);
            if (Read(set, width, middle) < value)
                low = middle + 1;
            else
                high = middle;
        }

        return Read(set, width, low) == value ? low : ~low;
    }

    /// <summary>Whether the integer is in the set.</summary>
    public static bool Contains(ReadOnlySpan<byte> set, long value) => Find(set, value) >= 0;

    /// <summary>The length of the set after an integer is added that is not in it: so much room <see cref="Insert"/> needs.</summary>
    public static int SizeWith(ReadOnlySpan<byte> set, long value) =>
        Size(Math.Max(IntsetHead.Width(set), WidthOf(value)), IntsetHead.Count(set) + 1);

    /// <summary>Adds an integer that is not in the set.</summary>
    /// <param name="buffer">The set with room behind it, <see cref="SizeWith"/> in all.</param>
    /// <param name="index">The rank that it gets: the complement of what <see cref="Find"/> returned.</param>
    /// <param name="value">The integer.</param>
    public static int Insert(Span<byte> buffer, int index, long value)
    {
        Debug.Assert(Find(buffer, value) == ~index);
        var width = IntsetHead.Width(buffer);
        var count = IntsetHead.Count(buffer);
        var needed = WidthOf(value);
        if (needed > width)
        {
            Widen(buffer, width, needed, count, gap: index);
            width = needed;
        }
        else
        {
            var tail = Size(width, index);
            buffer[tail..Size(width, count)].CopyTo(buffer[(tail + width)..]);
        }

        Write(buffer, width, index, value);
        IntsetHead.Write(buffer, width, count + 1);
        return Size(width, count + 1);
    }

    /// <summary>Removes the integer of a rank.</summary>
    public static int Remove(Span<byte> buffer, int index)
    {
        var width = IntsetHead.Width(buffer);
        var count = IntsetHead.Count(buffer);
        Debug.Assert((uint)index < (uint)count);
        var place = Size(width, index);
        buffer[(place + width)..Size(width, count)].CopyTo(buffer[place..]);
        IntsetHead.Write(buffer, width, count - 1);
        return Size(width, count - 1);
    }

    /// <summary>
    /// Whether bytes from outside are a set. Without <paramref name="deep"/> only that reading it stays inside them; with it also that its integers ascend.
    /// A set without integers is none, because there is no key with one.
    /// </summary>
    public static bool Validate(ReadOnlySpan<byte> bytes, bool deep)
    {
        if (bytes.Length < EmptySize)
            return false;
        var width = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        var count = BinaryPrimitives.ReadUInt32LittleEndian(bytes[sizeof(uint)..]);
        if (width is not (sizeof(short) or sizeof(int) or sizeof(long)) || count == 0 || bytes.Length - EmptySize != (long)width * count)
            return false;
        for (var i = 1; deep && i < (int)count; i++)
        {
            if (Read(bytes, (int)width, i - 1) >= Read(bytes, (int)width, i))
                return false;
        }

        return true;
    }

    /// <summary>Gives every integer more bytes, from the last on, so that none is overwritten before it was read; leaves one place free.</summary>
    private static void Widen(Span<byte> buffer, int oldWidth, int width, int count, int gap)
    {
        // An integer that needs more than all others is below or above all of them.
        Debug.Assert(gap == 0 || gap == count);
        var shift = gap == 0 ? 1 : 0;
        for (var i = count - 1; i >= 0; i--)
            Write(buffer, width, i + shift, Read(buffer, oldWidth, i));
    }

    private static long Read(ReadOnlySpan<byte> set, int width, int index)
    {
        var place = set[Size(width, index)..];
        return width switch
        {
            sizeof(short) => BinaryPrimitives.ReadInt16LittleEndian(place),
            sizeof(int) => BinaryPrimitives.ReadInt32LittleEndian(place),
            _ => BinaryPrimitives.ReadInt64LittleEndian(place),
        };
    }

    private static void Write(Span<byte> set, int width, int index, long value)
    {
        var place = set[Size(width, index)..];
        switch (width)
        {
            case sizeof(short):
                BinaryPrimitives.WriteInt16LittleEndian(place, (short)value);
                break;
            case sizeof(int):
                BinaryPrimitives.WriteInt32LittleEndian(place, (int)value);
                break;
            default:
                BinaryPrimitives.WriteInt64LittleEndian(place, value);
                break;
        }
    }
}
