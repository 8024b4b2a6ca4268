using AkkaKv.Commands.Commands.Sets;
using static AkkaKv.Commands.Table.CommandFlags;

namespace AkkaKv.Commands.Table;

/// <summary>The commands on sets.</summary>
internal static class SetRows
{
    public static readonly CommandRow[] Rows =
    [
        new("sadd", -3, "1.0.0", Write | DenyOom | Fast, MemberCommands.Add)
        {
            Categories = AclCategories.Set,
            Keys = [KeySpec.Range("RW insert", 1)],
            Summary = "Adds members to a set.",
            Complexity = "O(1)",
        },
        new("scard", 2, "1.0.0", ReadOnly | Fast, MembershipCommands.Count)
        {
            Categories = AclCategories.Set,
            Keys = [KeySpec.Range("RO", 1)],
            Summary = "Counts the members of a set.",
            Complexity = "O(1)",
        },
        new("sdiff", -2, "1.0.0", ReadOnly, SetAlgebraCommands.Difference)
        {
            Categories = AclCategories.Set,
            Keys = [KeySpec.Range("RO access", 1, last: -1)],
            Summary = "Computes the difference of sets.",
            Complexity = "O(N)",
        },
        new("sdiffstore", -3, "1.0.0", Write | DenyOom, SetAlgebraCommands.DifferenceStore)
        {
            Categories = AclCategories.Set,
            Keys =
            [
                KeySpec.Range("OW update", 1),
                KeySpec.Range("RO access", 2, last: -1),
            ],
            Summary = "Stores the difference of sets.",
            Complexity = "O(N)",
        },
        new("sinter", -2, "1.0.0", ReadOnly, SetAlgebraCommands.Intersection)
        {
            Categories = AclCategories.Set,
            Keys = [KeySpec.Range("RO access", 1, last: -1)],
            Summary = "Computes the intersection of sets.",
            Complexity = "O(N*M)",
        },
        new("sintercard", -3, "7.0.0", ReadOnly | MovableKeys, SetAlgebraCommands.IntersectionCount)
        {
            Categories = AclCategories.Set,
            Keys = [KeySpec.Counted("RO access", 1, 0, 1, 1)],
            Summary = "Counts the members of the intersection of sets.",
            Complexity = "O(N*M)",
        },
        new("sinterstore", -3, "1.0.0", Write | DenyOom, SetAlgebraCommands.IntersectionStore)
        {
            Categories = AclCategories.Set,
            Keys =
            [
                KeySpec.Range("RW update", 1),
                KeySpec.Range("RO access", 2, last: -1),
            ],
            Summary = "Stores the intersection of sets.",
            Complexity = "O(N*M)",
        },
        new("sismember", 3, "1.0.0", ReadOnly | Fast, MembershipCommands.IsMember)
        {
            Categories = AclCategories.Set,
            Keys = [KeySpec.Range("RO", 1)],
            Summary = "Says whether a set has a member.",
            Complexity = "O(1)",
        },
        new("smembers", 2, "1.0.0", ReadOnly, MembershipCommands.Members)
        {
            Categories = AclCategories.Set,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Returns all members of a set.",
            Complexity = "O(N)",
        },
        new("smismember", -3, "6.2.0", ReadOnly | Fast, MembershipCommands.AreMembers)
        {
            Categories = AclCategories.Set,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Says which of several members a set has.",
            Complexity = "O(N)",
        },
        new("smove", 4, "1.0.0", Write | Fast, MemberCommands.Move)
        {
            Categories = AclCategories.Set,
            Keys =
            [
                KeySpec.Range("RW access delete", 1),
                KeySpec.Range("RW insert", 2),
            ],
            Summary = "Moves a member from one set to another.",
            Complexity = "O(1)",
        },
        new("spop", -2, "1.0.0", Write | Fast, PopCommand.Run)
        {
            Categories = AclCategories.Set,
            Keys = [KeySpec.Range("RW access delete", 1)],
            Summary = "Takes random members.",
            Complexity = "O(1)",
        },
        new("srandmember", -2, "1.0.0", ReadOnly, RandomMemberCommand.Run)
        {
            Categories = AclCategories.Set,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Returns random members.",
            Complexity = "O(1)",
        },
        new("srem", -3, "1.0.0", Write | Fast, MemberCommands.Remove)
        {
            Categories = AclCategories.Set,
            Keys = [KeySpec.Range("RW delete", 1)],
            Summary = "Removes members; a set without members is removed.",
            Complexity = "O(N)",
        },
        new("sscan", -3, "2.8.0", ReadOnly, MembershipCommands.Scan)
        {
            Categories = AclCategories.Set,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Iterates over members.",
            Complexity = "O(1)",
        },
        new("sunion", -2, "1.0.0", ReadOnly, SetAlgebraCommands.Union)
        {
            Categories = AclCategories.Set,
            Keys = [KeySpec.Range("RO access", 1, last: -1)],
            Summary = "Computes the union of sets.",
            Complexity = "O(N)",
        },
        new("sunionstore", -3, "1.0.0", Write | DenyOom, SetAlgebraCommands.UnionStore)
        {
            Categories = AclCategories.Set,
            Keys =
            [
                KeySpec.Range("OW update", 1),
                KeySpec.Range("RO access", 2, last: -1),
            ],
            Summary = "Stores the union of sets.",
            Complexity = "O(N)",
        },
    ];
}
