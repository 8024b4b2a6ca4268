using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AkkaKv.Keyspace.Values.Packed;

/// <summary>
/// One entry of a listpack, in Redis's format: what it is and its data (the body), then the body's size, readable backwards.
/// <code>
/// 0xxxxxxx                      integer 0 to 127
/// 10xxxxxx data                 up to 63 bytes
/// 110xxxxx x                    integer of 13 bits, two's complement
/// 1110xxxx x data               up to 4095 bytes
/// F0 length(4) data             more bytes
/// F1, F2, F3, F4 and 2, 3, 4, 8 bytes   integer, little-endian
/// FF                            no entry: the end of the listpack
/// </code>
/// The body's size follows in groups of seven bits, the most significant first; every byte but the first has its high bit set. Reading trusts the bytes:
/// what comes from outside passes <see cref="TryValidate"/> first.
/// </summary>
internal static class ListpackEntry
{
    /// <summary>The byte that ends a listpack.</summary>
    public const byte End = 0xFF;

    /// <summary>Bytes of the longest entry that holds an integer.</summary>
    public const int MaxIntegerSize = 10;

    /// <summary>An entry takes at most so many bytes more than its element has.</summary>
    public const int MaxOverhead = 10;

    private const byte SixBitText = 0x80;
    private const byte ThirteenBitInteger = 0xC0;
    private const byte TwelveBitText = 0xE0;
    private const byte LongText = 0xF0;
    private const byte Integer16 = 0xF1;
    private const byte Integer24 = 0xF2;
    private const byte Integer32 = 0xF3;
    private const byte Integer64 = 0xF4;
    private const int MaxSixBitText = 63;
    private const int MaxTwelveBitText = 4095;
    private const int MaxBackLength = 5;

    // The whole size of an entry by its first byte; 0: the length is in further bytes, or it is no entry.
    private static readonly byte[] WholeSizes = BuildWholeSizes();

    /// <summary>Bytes of a whole entry that holds these bytes, as an integer if they are one.</summary>
    public static int Size(ReadOnlySpan<byte> element) => Size(Element.Canonical(element));

    /// <summary>Bytes of a whole entry that holds an integer.</summary>
    public static int Size(long integer)
    {
        var size = IntegerBodySize(integer);
        return size + 1;
    }

    /// <summary>Bytes of a whole entry that holds the element as it is: one of text stays text.</summary>
    public static int Size(Element element)
    {
        if (element.IsInteger)
            return Size(element.Integer);
        var length = element.Text.Length;
        var size = length + (length <= MaxSixBitText ? 1 : length <= MaxTwelveBitText ? 2 : 5);
        return size + BackLengthSize(size);
    }

    /// <summary>Bytes of the whole entry that starts here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SizeAt(ref readonly byte entry)
    {
        int size = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(WholeSizes), entry);
        return size != 0 ? size : LongSizeAt(in entry);
    }

    /// <summary>Bytes of the whole entry that ends where this is, exclusive.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SizeBefore(ref readonly byte end)
    {
        int last = Unsafe.Subtract(ref Unsafe.AsRef(in end), 1);
        return last < 0x80 ? last + 1 : LongSizeBefore(in end);
    }

    /// <summary>The element that starts here.</summary>
    public static Element Read(ref readonly byte entry)
    {
        int first = entry;
        ref var data = ref Unsafe.Add(ref Unsafe.AsRef(in entry), 1);
        if (first < SixBitText)
            return new Element(first);
        if (first < ThirteenBitInteger)
            return Text(ref data, first & 0x3F);
        if (first < TwelveBitText)
            return new Element((((first & 0x1F) << 8 | data) << 19) >> 19);
        if (first < LongText)
            return Text(ref Unsafe.Add(ref data, 1), (first & 0xF) << 8 | data);
        return first switch
        {
            LongText => Text(ref Unsafe.Add(ref data, sizeof(int)), Unsafe.ReadUnaligned<int>(ref data)),
            Integer16 => new Element(Unsafe.ReadUnaligned<short>(ref data)),
            Integer24 => new Element((sbyte)Unsafe.Add(ref data, 2) << 16 | Unsafe.ReadUnaligned<ushort>(ref data)),
            Integer32 => new Element(Unsafe.ReadUnaligned<int>(ref data)),
            Integer64 => new Element(Unsafe.ReadUnaligned<long>(ref data)),
            _ => throw new InvalidOperationException("This is no entry of a listpack."),
        };
    }

    /// <summary>
    /// Whether the entry that starts here holds these bytes. <paramref name="element"/> is their canonical form, so that an entry and it are both
    /// integers or both not.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Matches(ref readonly byte entry, Element element)
    {
        if (!element.IsInteger)
        {
            // The common case: a short text, whose length stands in the first byte.
            var text = element.Text;
            int first = entry;
            if (first is >= SixBitText and < ThirteenBitInteger)
                return (first & 0x3F) == text.Length && Text(ref Unsafe.Add(ref Unsafe.AsRef(in entry), 1), text.Length).Text.SequenceEqual(text);
            return first >= TwelveBitText && first <= LongText && Read(in entry).Equals(text);
        }

        return Read(in entry).Equals(element);
    }

    /// <summary>Writes a whole entry and returns its size. An element of text is written as text.</summary>
    public static int Write(Span<byte> target, Element element)
    {
        var size = element.IsInteger ? WriteInteger(target, element.Integer) : WriteText(target, element.Text);
        return size + WriteBackLength(target[size..], size);
    }

    /// <summary>
    /// Checks the entry at <paramref name="at"/> of bytes that nobody vouches for, and gives where the next one starts. Nothing outside of them is read.
    /// </summary>
    public static bool TryValidate(ReadOnlySpan<byte> bytes, int at, out int next)
    {
        next = 0;
        Debug.Assert(at >= 0);
        if (at >= bytes.Length)
            return false;
        var rest = bytes[at..];
        var headSize = rest[0] switch
        {
            < TwelveBitText => 1,
            < LongText => 2,
            LongText => 5,
            <= Integer64 => 1,
            _ => 0,
        };
        if (headSize == 0 || headSize > rest.Length)
            return false;
        var bodySize = BodySize(rest);
        var size = bodySize + BackLengthSize(bodySize);
        if (size > rest.Length || !EndsWithBackLength(rest[..(int)size], bodySize))
            return false;
        next = at + (int)size;
        return true;
    }

    private static int IntegerBodySize(long integer) => integer switch
    {
        >= 0 and <= 127 => 1,
        >= -4096 and <= 4095 => 2,
        >= short.MinValue and <= short.MaxValue => 3,
        >= -0x800000 and <= 0x7FFFFF => 4,
        >= int.MinValue and <= int.MaxValue => 5,
        _ => 9,
    };

    // Redis's limits: it takes a byte more than needed for the largest number of each size.
    private static int BackLengthSize(long bodySize) => bodySize switch
    {
        <= 127 => 1,
        < 16_383 => 2,
        < 2_097_151 => 3,
        < 268_435_455 => 4,
        _ => MaxBackLength,
    };

    /// <summary>Bytes of a body whose head is all there.</summary>
    private static long BodySize(ReadOnlySpan<byte> entry) => entry[0] switch
    {
        < SixBitText => 1,
        < ThirteenBitInteger => 1 + (entry[0] & 0x3F),
        < TwelveBitText => 2,
        < LongText => 2 + ((entry[0] & 0xF) << 8 | entry[1]),
        LongText => 5L + BinaryPrimitives.ReadUInt32LittleEndian(entry[1..]),
        Integer16 => 3,
        Integer24 => 4,
        Integer32 => 5,
        _ => 9,
    };

    private static bool EndsWithBackLength(ReadOnlySpan<byte> entry, long bodySize)
    {
        var expected = bodySize;
        for (var at = entry.Length - 1; at >= bodySize; at--)
        {
            var isFirst = at == bodySize;
            if (entry[at] != (byte)((expected & 0x7F) | (isFirst ? 0L : 0x80L)))
                return false;
            expected >>= 7;
        }

        return expected == 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Element Text(ref byte data, int length) => new(MemoryMarshal.CreateReadOnlySpan(ref data, length));

    private static int LongSizeAt(ref readonly byte entry)
    {
        Debug.Assert(entry is >= TwelveBitText and <= LongText, "This is no entry of a listpack.");
        var bodySize = (int)BodySize(MemoryMarshal.CreateReadOnlySpan(in entry, 5));
        return bodySize + BackLengthSize(bodySize);
    }

    private static int LongSizeBefore(ref readonly byte end)
    {
        var bodySize = 0;
        var length = 0;
        byte group;
        do
        {
            Debug.Assert(length < MaxBackLength);
            group = Unsafe.Subtract(ref Unsafe.AsRef(in end), length + 1);
            bodySize |= (group & 0x7F) << (7 * length);
            length++;
        }
        while ((group & 0x80) != 0);
        return bodySize + length;
    }

    private static int WriteInteger(Span<byte> target, long integer)
    {
        var size = IntegerBodySize(integer);
        switch (size)
        {
            case 1:
                target[0] = (byte)integer;
                break;
            case 2:
                target[0] = (byte)(ThirteenBitInteger | ((integer >> 8) & 0x1F));
                target[1] = (byte)integer;
                break;
            default:
                // F1 to F4 stand for 2, 3, 4 and 8 bytes.
                target[0] = (byte)(size == 9 ? Integer64 : Integer16 + size - 3);
                for (var i = 1; i < size; i++, integer >>= 8)
                    target[i] = (byte)integer;
                break;
        }

        return size;
    }

    private static int WriteText(Span<byte> target, ReadOnlySpan<byte> text)
    {
        int headSize;
        if (text.Length <= MaxSixBitText)
        {
            target[0] = (byte)(SixBitText | text.Length);
            headSize = 1;
        }
        else if (text.Length <= MaxTwelveBitText)
        {
            target[0] = (byte)(TwelveBitText | text.Length >> 8);
            target[1] = (byte)text.Length;
            headSize = 2;
        }
        else
        {
            target[0] = LongText;
            BinaryPrimitives.WriteInt32LittleEndian(target[1..], text.Length);
            headSize = 5;
        }

        text.CopyTo(target[headSize..]);
        return headSize + text.Length;
    }

    private static int WriteBackLength(Span<byte> target, int bodySize)
    {
        var length = BackLengthSize(bodySize);
        var rest = (uint)bodySize;
        for (var i = length - 1; i > 0; i--, rest >>= 7)
            target[i] = (byte)((rest & 0x7F) | 0x80);
        target[0] = (byte)rest;
        return length;
    }

    private static byte[] BuildWholeSizes()
    {
        var sizes = new byte[256];
        for (var first = 0; first < TwelveBitText; first++)
            sizes[first] = (byte)(BodySize([(byte)first]) + 1);
        for (int first = Integer16; first <= Integer64; first++)
            sizes[first] = (byte)(BodySize([(byte)first]) + 1);
        return sizes;
    }
}
