using AkkaKv.Keyspace.Values;
using AkkaKv.Keyspace.Values.Packed;

namespace AkkaKv.Persistence.Rdb.Packed;

/// <summary>The order in which a listpack of members and scores has to be.</summary>
internal static class ScoreOrder
{
    /// <summary>Whether members with scores, which have been checked, stand as the store has them: ascending by score, then as bytes.</summary>
    public static bool IsKept(ReadOnlySpan<byte> pack)
    {
        Span<byte> scratch = stackalloc byte[Element.ScratchSize];
        Span<byte> previousScratch = stackalloc byte[Element.ScratchSize];
        var (previousAt, previousScore) = (-1, double.NegativeInfinity);
        for (var at = Listpack.First(pack); at >= 0; at = Listpack.Next(pack, at))
        {
            var memberAt = at;
            at = Listpack.Next(pack, at);
            ScoreText.TryRead(Listpack.Get(pack, at), out var score);
            if (previousAt >= 0 && score <= previousScore)
            {
                var previous = Listpack.Get(pack, previousAt).AsBytes(previousScratch);
                if (score < previousScore || Listpack.Get(pack, memberAt).AsBytes(scratch).SequenceCompareTo(previous) <= 0)
                    return false;
            }

            (previousAt, previousScore) = (memberAt, score);
        }

        return true;
    }
}
