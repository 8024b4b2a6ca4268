using AkkaKv.Keyspace.Values.Packed;

namespace AkkaKv.Keyspace.Values.SortedSets;

/// <summary>
/// A small sorted set: one listpack of member, score, member, score in order, as Redis has it. Elements are named by the offset of their member.
/// </summary>
internal static class PackedSortedSet
{
    /// <summary>Number of elements.</summary>
    public static int Count(ReadOnlySpan<byte> pack) => Listpack.Count(pack) / 2;

    /// <summary>The element of a member, or -1.</summary>
    public static int Find(ReadOnlySpan<byte> pack, ReadOnlySpan<byte> member) => Listpack.Find(pack, member, Listpack.First(pack), skip: 1);

    /// <summary>The element with so many before it, which there is.</summary>
    public static int At(ReadOnlySpan<byte> pack, int rank) => Listpack.Seek(pack, rank * 2);

    /// <summary>The next element, or -1.</summary>
    public static int Next(ReadOnlySpan<byte> pack, int at) => Listpack.Next(pack, Listpack.Behind(pack, at));

    /// <summary>The previous element, or -1.</summary>
    public static int Previous(ReadOnlySpan<byte> pack, int at)
    {
        var score = Listpack.Previous(pack, at);
        return score < 0 ? -1 : Listpack.Previous(pack, score);
    }

    public static Element MemberAt(ReadOnlySpan<byte> pack, int at) => Listpack.Get(pack, at);

    public static double ScoreAt(ReadOnlySpan<byte> pack, int at) => ScoreText.Read(Listpack.Get(pack, Listpack.Behind(pack, at)));

    /// <summary>How many elements are before one.</summary>
    public static int RankOf(ReadOnlySpan<byte> pack, int at)
    {
        var rank = 0;
        for (var other = Listpack.First(pack); other != at; other = Next(pack, other))
            rank++;
        return rank;
    }

    /// <summary>Adds a member that is not there.</summary>
    public static void Add(ValuePlace place, ReadOnlySpan<byte> member, double score)
    {
        Span<byte> scratch = stackalloc byte[ScoreText.MaxLength];
        var scoreElement = ScoreText.Write(score, scratch);
        var memberElement = Element.Canonical(member);
        new PackedEditor(place).InsertPair(PlaceFor(place.Bytes, member, score), memberElement, scoreElement);
    }

    /// <summary>Removes so many elements from one on.</summary>
    public static void Remove(ValuePlace place, int at, int count) => new PackedEditor(place).Delete(at, count * 2);

    /// <summary>Before which offset an element goes.</summary>
    private static int PlaceFor(ReadOnlySpan<byte> pack, ReadOnlySpan<byte> member, double score)
    {
        Span<byte> scratch = stackalloc byte[Element.ScratchSize];
        for (var at = Listpack.First(pack); at >= 0; at = Next(pack, at))
        {
            var other = ScoreAt(pack, at);
            if (other > score || (other == score && MemberAt(pack, at).AsBytes(scratch).SequenceCompareTo(member) > 0))
                return at;
        }

        return Listpack.TotalBytes(pack) - 1;
    }
}
