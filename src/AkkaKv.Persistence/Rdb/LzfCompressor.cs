using System.Buffers.Binary;

namespace AkkaKv.Persistence.Rdb;

/// <summary>
/// Compressor of the LZF format (see <see cref="Lzf"/>): looks three bytes ahead in a table of where those were seen last, and takes the longest copy that
/// begins there. It keeps its table between uses.
/// </summary>
internal sealed class LzfCompressor
{
    private const int TableBits = 14;
    private const int LongestDistance = 1 << 13;
    private const int ShortestCopy = 3;
    private const int LongestCopy = 264;
    private const int LongestLiteral = 32;
    private const int LongCopyFrom = 9;

    // Where three bytes with that hash were seen last, counted over all uses, so that the table need not be cleared: what is below the base is of before.
    private readonly int[] _seen = new int[1 << TableBits];
    private int _base = 1;

    /// <summary>
    /// Compresses <paramref name="source"/> and returns the length, or 0 if that does not fit <paramref name="destination"/>, which is then undefined.
    /// </summary>
    public int Compress(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (_base > int.MaxValue - source.Length)
        {
            Array.Clear(_seen);
            _base = 1;
        }

        var written = CompressFrom(source, destination);
        _base += source.Length;
        return written;
    }

    private int CompressFrom(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        var (at, written, literals) = (0, 0, 0);
        while (at + ShortestCopy < source.Length)
        {
            ref var seen = ref _seen[Hash(source[at..])];
            var from = seen - _base;
            seen = _base + at;
            if (from < 0 || at - from > LongestDistance || !source.Slice(from, ShortestCopy).SequenceEqual(source.Slice(at, ShortestCopy)))
            {
                at++;
                continue;
            }

            var length = CopyLength(source, from, at);
            if (!TryPutLiterals(source[literals..at], destination, ref written) || !TryPutCopy(at - from, length, destination, ref written))
                return 0;
            for (var end = at + length; ++at < end;)
            {
                if (at + ShortestCopy < source.Length)
                    _seen[Hash(source[at..])] = _base + at;
            }

            literals = at;
        }

        return TryPutLiterals(source[literals..], destination, ref written) ? written : 0;
    }

    private static int Hash(ReadOnlySpan<byte> bytes) =>
        (int)(((BinaryPrimitives.ReadUInt32LittleEndian(bytes) & 0xFFFFFF) * 2654435761u) >> (32 - TableBits));

    private static int CopyLength(ReadOnlySpan<byte> source, int from, int at)
    {
        var limit = Math.Min(LongestCopy, source.Length - at);
        return source.Slice(at, limit).CommonPrefixLength(source.Slice(from, limit));
    }

    private static bool TryPutLiterals(ReadOnlySpan<byte> bytes, Span<byte> destination, ref int written)
    {
        while (bytes.Length > 0)
        {
            var count = Math.Min(bytes.Length, LongestLiteral);
            if (count + 1 > destination.Length - written)
                return false;
            destination[written++] = (byte)(count - 1);
            bytes[..count].CopyTo(destination[written..]);
            written += count;
            bytes = bytes[count..];
        }

        return true;
    }

    private static bool TryPutCopy(int distance, int length, Span<byte> destination, ref int written)
    {
        if (destination.Length - written < 3)
            return false;
        distance--;
        var control = length < LongCopyFrom ? length - 2 : 7;
        destination[written++] = (byte)((control << 5) | (distance >> 8));
        if (length >= LongCopyFrom)
            destination[written++] = (byte)(length - LongCopyFrom);
        destination[written++] = (byte)distance;
        return true;
    }
}
