namespace AkkaKv.Persistence.Rdb;

/// <summary>
/// Decompressor of the LZF format, in which Redis stores long strings. A control byte below 32 announces that many plus one
/// literal bytes; any other announces a copy from the output already written: three bits of length, thirteen bits of distance,
/// and a further length byte when the three bits are all set.
/// </summary>
public static class Lzf
{
    private const int LiteralLimit = 32;
    private const int LongLength = 7;
    private const int ShortestCopy = 2;

    /// <summary>
    /// The most bytes that one compressed byte can stand for: a copy of 264 bytes takes three. A declared length beyond it is a lie,
    /// and is refused before memory is taken for it.
    /// </summary>
    public const int MaxExpansion = 88;

    /// <summary>
    /// Decompresses <paramref name="source"/> so that it fills <paramref name="destination"/> exactly. False if the source is
    /// truncated, points before the beginning of the output, or produces another length; the destination is then undefined.
    /// </summary>
    public static bool TryDecompress(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        var read = 0;
        var written = 0;
        while (read < source.Length)
        {
            var control = (int)source[read++];
            if (control < LiteralLimit)
            {
                var literals = control + 1;
                if (literals > source.Length - read || literals > destination.Length - written)
                    return false;
                source.Slice(read, literals).CopyTo(destination[written..]);
                read += literals;
                written += literals;
                continue;
            }

            var length = control >> 5;
            if (length == LongLength)
            {
                if (read == source.Length)
                    return false;
                length += source[read++];
            }

            length += ShortestCopy;
            if (read == source.Length)
                return false;
            var from = written - (((control & 0x1f) << 8) | source[read++]) - 1;
            if (from < 0 || length > destination.Length - written)
                return false;

            // The ranges may overlap: a distance shorter than the length repeats what has just been written, so byte by byte.
            for (var end = written + length; written < end;)
                destination[written++] = destination[from++];
        }

        return written == destination.Length;
    }
}
