using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values;
using AkkaKv.Keyspace.Values.SortedSets;

namespace AkkaKv.Commands.Commands.SortedSets;

/// <summary>ZUNION, ZINTER, ZDIFF, ZUNIONSTORE, ZINTERSTORE, ZDIFFSTORE and ZINTERCARD: what several sorted sets and sets give together.</summary>
internal static class AggregateCommands
{
    private delegate void Operation(Database database, AggregateRequest request, SortedSetEditor result);

    /// <summary>ZUNION numkeys key [key ...] [WEIGHTS weight ...] [AGGREGATE SUM|MIN|MAX] [WITHSCORES].</summary>
    public static void Union(CommandContext context) => Answer(context, AggregateWords.Scores | AggregateWords.WithScores, Union);

    /// <summary>ZINTER, with the arguments of ZUNION.</summary>
    public static void Intersect(CommandContext context) => Answer(context, AggregateWords.Scores | AggregateWords.WithScores, Intersect);

    /// <summary>ZDIFF numkeys key [key ...] [WITHSCORES].</summary>
    public static void Subtract(CommandContext context) => Answer(context, AggregateWords.WithScores, Subtract);

    /// <summary>ZUNIONSTORE destination numkeys key [key ...] [WEIGHTS weight ...] [AGGREGATE SUM|MIN|MAX].</summary>
    public static void UnionStore(CommandContext context) => Store(context, AggregateWords.Scores, Union, "zunionstore"u8);

    /// <summary>ZINTERSTORE, with the arguments of ZUNIONSTORE.</summary>
    public static void IntersectStore(CommandContext context) => Store(context, AggregateWords.Scores, Intersect, "zinterstore"u8);

    /// <summary>ZDIFFSTORE destination numkeys key [key ...].</summary>
    public static void SubtractStore(CommandContext context) => Store(context, AggregateWords.None, Subtract, "zdiffstore"u8);

    /// <summary>ZINTERCARD numkeys key [key ...] [LIMIT limit].</summary>
    public static void IntersectionCount(CommandContext context)
    {
        if (AggregateRequest.TryRead(context, 1, AggregateWords.Limit) is not { } request)
        {
            return;
        }

        request.SortByCount(context.Database);
        long count = 0;
        Span<byte> scratch = stackalloc byte[Element.ScratchSize];
        AggregateWalk walk = request.Sources[0].GetMembers(context.Database);
        while ((request.Limit == 0 || count < request.Limit) && walk.MoveNext())
        {
            if (TryIntersect(context.Database, request, walk.Member.AsBytes(scratch), walk.Score, out _))
            {
                count++;
            }
        }

        context.Reply.Integer(count);
    }

    private static void Answer(CommandContext context, AggregateWords words, Operation operation)
    {
        if (AggregateRequest.TryRead(context, 1, words) is not { } request)
        {
            return;
        }

        using SortedSetBuilder result = context.Database.BuildSortedSet();
        operation(context.Database, request, result.Editor);
        context.WriteMembers(result.View, new RankRange(0, result.View.Count), downwards: false, request.WithScores);
    }

    private static void Store(CommandContext context, AggregateWords words, Operation operation, ReadOnlySpan<byte> name)
    {
        if (AggregateRequest.TryRead(context, 2, words) is not { } request)
        {
            return;
        }

        using SortedSetBuilder result = context.Database.BuildSortedSet();
        operation(context.Database, request, result.Editor);
        context.StoreSortedSet(context.Args[1], result, name);
    }

    private static void Union(Database database, AggregateRequest request, SortedSetEditor result)
    {
        request.SortByCount(database);
        Span<byte> scratch = stackalloc byte[Element.ScratchSize];
        foreach (AggregateSource source in request.Sources)
        {
            AggregateWalk walk = source.GetMembers(database);
            while (walk.MoveNext())
            {
                ReadOnlySpan<byte> member = walk.Member.AsBytes(scratch);
                double score = Weighted(source.Weight, walk.Score);
                SortedSetElement present = result.Find(member);
                if (!present.Exists)
                {
                    result.Add(member, score);
                    continue;
                }

                score = request.Combine(present.Score, score);
                if (BitConverter.DoubleToInt64Bits(score) != BitConverter.DoubleToInt64Bits(present.Score))
                {
                    result.ChangeScore(present, member, score);
                }
            }
        }
    }

    private static void Intersect(Database database, AggregateRequest request, SortedSetEditor result)
    {
        request.SortByCount(database);
        Span<byte> scratch = stackalloc byte[Element.ScratchSize];
        AggregateWalk walk = request.Sources[0].GetMembers(database);
        while (walk.MoveNext())
        {
            ReadOnlySpan<byte> member = walk.Member.AsBytes(scratch);
            if (TryIntersect(database, request, member, walk.Score, out double score))
            {
                result.Add(member, score);
            }
        }
    }

    private static void Subtract(Database database, AggregateRequest request, SortedSetEditor result)
    {
        Span<byte> scratch = stackalloc byte[Element.ScratchSize];
        AggregateWalk walk = request.Sources[0].GetMembers(database);
        while (walk.MoveNext())
        {
            ReadOnlySpan<byte> member = walk.Member.AsBytes(scratch);
            bool isElsewhere = false;
            for (int i = 1; i < request.Sources.Length && !isElsewhere; i++)
            {
                isElsewhere = request.Sources[i].TryGetScore(database, member, out _);
            }

            if (!isElsewhere)
            {
                result.Add(member, walk.Score);
            }
        }
    }

    /// <summary>The combined score of a member of the first input, if it is in all others too.</summary>
    private static bool TryIntersect(Database database, AggregateRequest request, ReadOnlySpan<byte> member, double firstScore, out double score)
    {
        score = Weighted(request.Sources[0].Weight, firstScore);
        for (int i = 1; i < request.Sources.Length; i++)
        {
            if (!request.Sources[i].TryGetScore(database, member, out double other))
            {
                return false;
            }

            score = request.Combine(score, other * request.Sources[i].Weight);
        }

        return true;
    }

    /// <summary>An infinite score with the weight 0 is 0.</summary>
    private static double Weighted(double weight, double score)
    {
        double weighted = weight * score;
        return double.IsNaN(weighted) ? 0 : weighted;
    }
}
