using AkkaKv.Commands.Commands.SortedSets;
using static AkkaKv.Commands.Table.CommandFlags;

namespace AkkaKv.Commands.Table;

/// <summary>The commands on sorted sets.</summary>
internal static class SortedSetRows
{
    public static readonly CommandRow[] Rows =
    [
        new("bzmpop", -5, "7.0.0", Write | Blocking | MovableKeys, BlockingPopCommands.PopFromFirst)
        {
            Categories = AclCategories.SortedSet,
            Keys = [KeySpec.Counted("RW access delete", 2, 0, 1, 1)],
            Summary = "Takes members from the first sorted set that has any, waiting if none has.",
            Complexity = "O(K)",
        },
        new("bzpopmax", -3, "5.0.0", Write | NoScript | Blocking | Fast, BlockingPopCommands.PopHighest)
        {
            Categories = AclCategories.SortedSet,
            Keys = [KeySpec.Range("RW access delete", 1, last: -2)],
            Summary = "Takes the member with the highest score, waiting if there is none.",
            Complexity = "O(log(N))",
        },
        new("bzpopmin", -3, "5.0.0", Write | NoScript | Blocking | Fast, BlockingPopCommands.PopLowest)
        {
            Categories = AclCategories.SortedSet,
            Keys = [KeySpec.Range("RW access delete", 1, last: -2)],
            Summary = "Takes the member with the lowest score, waiting if there is none.",
            Complexity = "O(log(N))",
        },
        new("zadd", -4, "1.2.0", Write | DenyOom | Fast, AddCommands.Add)
        {
            Categories = AclCategories.SortedSet,
            Keys = [KeySpec.Range("RW update", 1)],
            Summary = "Adds members with scores, or changes scores.",
            Complexity = "O(log(N))",
        },
        new("zcard", 2, "1.2.0", ReadOnly | Fast, LookupCommands.Cardinality)
        {
            Categories = AclCategories.SortedSet,
            Keys = [KeySpec.Range("RO", 1)],
            Summary = "Counts the members of a sorted set.",
            Complexity = "O(1)",
        },
        new("zcount", 4, "2.0.0", ReadOnly | Fast, LookupCommands.CountByScore)
        {
            Categories = AclCategories.SortedSet,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Counts the members within a range of scores.",
            Complexity = "O(log(N))",
        },
        new("zdiff", -3, "6.2.0", ReadOnly | MovableKeys, AggregateCommands.Subtract)
        {
            Categories = AclCategories.SortedSet,
            Keys = [KeySpec.Counted("RO access", 1, 0, 1, 1)],
            Summary = "Computes the difference of sorted sets.",
            Complexity = "O(L + (N-K)log(N))",
        },
        new("zdiffstore", -4, "6.2.0", Write | DenyOom | MovableKeys, AggregateCommands.SubtractStore)
        {
            Categories = AclCategories.SortedSet,
            Keys =
            [
                KeySpec.Range("OW update", 1),
                KeySpec.Counted("RO access", 2, 0, 1, 1),
            ],
            Summary = "Stores the difference of sorted sets.",
            Complexity = "O(L + (N-K)log(N))",
        },
        new("zincrby", 4, "1.2.0", Write | DenyOom | Fast, AddCommands.IncrementBy)
        {
            Categories = AclCategories.SortedSet,
            Keys = [KeySpec.Range("RW access update", 1)],
            Summary = "Adds to the score of a member.",
            Complexity = "O(log(N))",
        },
        new("zinter", -3, "6.2.0", ReadOnly | MovableKeys, AggregateCommands.Intersect)
        {
            Categories = AclCategories.SortedSet,
            Keys = [KeySpec.Counted("RO access", 1, 0, 1, 1)],
            Summary = "Computes the intersection of sorted sets.",
            Complexity = "O(N*K)",
        },
        new("zintercard", -3, "7.0.0", ReadOnly | MovableKeys, AggregateCommands.IntersectionCount)
        {
            Categories = AclCategories.SortedSet,
            Keys = [KeySpec.Counted("RO access", 1, 0, 1, 1)],
            Summary = "Counts the members of the intersection of sorted sets.",
            Complexity = "O(N*K)",
        },
        new("zinterstore", -4, "2.0.0", Write | DenyOom | MovableKeys, AggregateCommands.IntersectStore)
        {
            Categories = AclCategories.SortedSet,
            Keys =
            [
                KeySpec.Range("OW update", 1),
                KeySpec.Counted("RO access", 2, 0, 1, 1),
            ],
            Summary = "Stores the intersection of sorted sets.",
            Complexity = "O(N*K)",
        },
        new("zlexcount", 4, "2.8.9", ReadOnly | Fast, LookupCommands.CountByMember)
        {
            Categories = AclCategories.SortedSet,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Counts the members within a lexicographical range.",
            Complexity = "O(log(N))",
        },
        new("zmpop", -4, "7.0.0", Write | MovableKeys, PopCommands.PopFromFirst)
        {
            Categories = AclCategories.SortedSet,
            Keys = [KeySpec.Counted("RW access delete", 1, 0, 1, 1)],
            Summary = "Takes members from the first sorted set that has any.",
            Complexity = "O(K)",
        },
        new("zmscore", -3, "6.2.0", ReadOnly | Fast, LookupCommands.Scores)
        {
            Categories = AclCategories.SortedSet,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Returns the scores of several members.",
            Complexity = "O(N)",
        },
        new("zpopmax", -2, "5.0.0", Write | Fast, PopCommands.PopHighest)
        {
            Categories = AclCategories.SortedSet,
            Keys = [KeySpec.Range("RW access delete", 1)],
            Summary = "Takes the members with the highest scores.",
            Complexity = "O(log(N)*M)",
        },
        new("zpopmin", -2, "5.0.0", Write | Fast, PopCommands.PopLowest)
        {
            Categories = AclCategories.SortedSet,
            Keys = [KeySpec.Range("RW access delete", 1)],
            Summary = "Takes the members with the lowest scores.",
            Complexity = "O(log(N)*M)",
        },
        new("zrandmember", -2, "6.2.0", ReadOnly, RandomMemberCommand.Execute)
        {
            Categories = AclCategories.SortedSet,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Returns random members.",
            Complexity = "O(N)",
        },
        new("zrange", -4, "1.2.0", ReadOnly, RangeCommands.Range)
        {
            Categories = AclCategories.SortedSet,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Returns members by rank, score or name.",
            Complexity = "O(log(N)+M)",
        },
        new("zrangebylex", -4, "2.8.9", ReadOnly, RangeCommands.RangeByMember)
        {
            Categories = AclCategories.SortedSet,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Returns members within a lexicographical range.",
            Complexity = "O(log(N)+M)",
            Deprecated = ("6.2.0", "ZRANGE, BYLEX"),
        },
        new("zrangebyscore", -4, "1.0.5", ReadOnly, RangeCommands.RangeByScore)
        {
            Categories = AclCategories.SortedSet,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Returns members within a range of scores.",
            Complexity = "O(log(N)+M)",
            Deprecated = ("6.2.0", "ZRANGE, BYSCORE"),
        },
        new("zrangestore", -5, "6.2.0", Write | DenyOom, RangeCommands.RangeStore)
        {
            Categories = AclCategories.SortedSet,
            Keys =
            [
                KeySpec.Range("OW update", 1),
                KeySpec.Range("RO access", 2),
            ],
            Summary = "Stores members chosen by rank, score or name.",
            Complexity = "O(log(N)+M)",
        },
        new("zrank", 3, "2.0.0", ReadOnly | Fast, LookupCommands.Rank)
        {
            Categories = AclCategories.SortedSet,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Tells the rank of a member, lowest score first.",
            Complexity = "O(log(N))",
        },
        new("zrem", -3, "1.2.0", Write | Fast, RemoveCommands.Remove)
        {
            Categories = AclCategories.SortedSet,
            Keys = [KeySpec.Range("RW delete", 1)],
            Summary = "Removes members.",
            Complexity = "O(M*log(N))",
        },
        new("zremrangebylex", 4, "2.8.9", Write, RemoveCommands.RemoveByMember)
        {
            Categories = AclCategories.SortedSet,
            Keys = [KeySpec.Range("RW delete", 1)],
            Summary = "Removes members within a lexicographical range.",
            Complexity = "O(log(N)+M)",
        },
        new("zremrangebyrank", 4, "2.0.0", Write, RemoveCommands.RemoveByRank)
        {
            Categories = AclCategories.SortedSet,
            Keys = [KeySpec.Range("RW delete", 1)],
            Summary = "Removes members within a range of ranks.",
            Complexity = "O(log(N)+M)",
        },
        new("zremrangebyscore", 4, "1.2.0", Write, RemoveCommands.RemoveByScore)
        {
            Categories = AclCategories.SortedSet,
            Keys = [KeySpec.Range("RW delete", 1)],
            Summary = "Removes members within a range of scores.",
            Complexity = "O(log(N)+M)",
        },
        new("zrevrange", -4, "1.2.0", ReadOnly, RangeCommands.ReverseRange)
        {
            Categories = AclCategories.SortedSet,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Returns members by rank, highest score first.",
            Complexity = "O(log(N)+M)",
            Deprecated = ("6.2.0", "ZRANGE, REV"),
        },
        new("zrevrangebylex", -4, "2.8.9", ReadOnly, RangeCommands.ReverseRangeByMember)
        {
            Categories = AclCategories.SortedSet,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Returns members within a lexicographical range in reverse.",
            Complexity = "O(log(N)+M)",
            Deprecated = ("6.2.0", "ZRANGE, REV, BYLEX"),
        },
        new("zrevrangebyscore", -4, "2.2.0", ReadOnly, RangeCommands.ReverseRangeByScore)
        {
            Categories = AclCategories.SortedSet,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Returns members within a range of scores, highest first.",
            Complexity = "O(log(N)+M)",
            Deprecated = ("6.2.0", "ZRANGE, REV, BYSCORE"),
        },
        new("zrevrank", 3, "2.0.0", ReadOnly | Fast, LookupCommands.ReverseRank)
        {
            Categories = AclCategories.SortedSet,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Tells the rank of a member, highest score first.",
            Complexity = "O(log(N))",
        },
        new("zscan", -3, "2.8.0", ReadOnly, ScanCommand.Execute)
        {
            Categories = AclCategories.SortedSet,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Iterates over members and scores.",
            Complexity = "O(1)",
        },
        new("zscore", 3, "1.2.0", ReadOnly | Fast, LookupCommands.Score)
        {
            Categories = AclCategories.SortedSet,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Returns the score of a member.",
            Complexity = "O(1)",
        },
        new("zunion", -3, "6.2.0", ReadOnly | MovableKeys, AggregateCommands.Union)
        {
            Categories = AclCategories.SortedSet,
            Keys = [KeySpec.Counted("RO access", 1, 0, 1, 1)],
            Summary = "Computes the union of sorted sets.",
            Complexity = "O(N)",
        },
        new("zunionstore", -4, "2.0.0", Write | DenyOom | MovableKeys, AggregateCommands.UnionStore)
        {
            Categories = AclCategories.SortedSet,
            Keys =
            [
                KeySpec.Range("OW update", 1),
                KeySpec.Counted("RO access", 2, 0, 1, 1),
            ],
            Summary = "Stores the union of sorted sets.",
            Complexity = "O(N)",
        },
    ];
}
