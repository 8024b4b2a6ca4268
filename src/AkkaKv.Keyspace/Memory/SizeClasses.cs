namespace AkkaKv.Keyspace.Memory;

/// <summary>
/// The block sizes that slab pages come in. Steps of 8 bytes up to 256 and of 16 up to 512, because most keys with their values live there
/// and every byte counts a million times; above that sizes which divide a page with little rest, about a tenth apart.
/// </summary>
internal static class SizeClasses
{
    /// <summary>Marks a block that is no slab block but a large one of its own.</summary>
    public const byte Large = 255;

    /// <summary>Bytes of the largest slab block: eight of them fill a page.</summary>
    public const int MaxSize = SlabPage.PayloadSize / 8 & ~7;

    private static readonly ushort[] Sizes = BuildSizes();
    private static readonly byte[] ClassOfWords = BuildClassOfWords();

    /// <summary>Number of classes.</summary>
    public static int Count => Sizes.Length;

    /// <summary>Bytes of a block of the class.</summary>
    public static int SizeOf(int sizeClass) => Sizes[sizeClass];

    /// <summary>The smallest class whose blocks hold <paramref name="size"/> bytes, 1 to <see cref="MaxSize"/>.</summary>
    public static byte ClassOf(int size) => ClassOfWords[(size + 7) >> 3];

    private static ushort[] BuildSizes()
    {
        var sizes = new List<int>();
        for (var size = 16; size <= 256; size += 8)
            sizes.Add(size);
        for (var size = 272; size <= 512; size += 16)
            sizes.Add(size);
        for (var blocks = SlabPage.PayloadSize / 512; blocks >= 8; blocks--)
        {
            var size = SlabPage.PayloadSize / blocks & ~7;
            if (size >= sizes[^1] * 1.08 || blocks == 8)
                sizes.Add(size);
        }

        return sizes.ConvertAll(size => (ushort)size).ToArray();
    }

    private static byte[] BuildClassOfWords()
    {
        var classes = new byte[(MaxSize >> 3) + 1];
        byte current = 0;
        for (var words = 0; words < classes.Length; words++)
        {
            if (words * 8 > Sizes[current])
                current++;
            classes[words] = current;
        }

        return classes;
    }
}
