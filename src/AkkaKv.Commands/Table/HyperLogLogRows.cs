using AkkaKv.Commands.Commands.HyperLogLogs;
using static AkkaKv.Commands.Table.CommandFlags;

namespace AkkaKv.Commands.Table;

/// <summary>The commands on HyperLogLogs.</summary>
internal static class HyperLogLogRows
{
    public static readonly CommandRow[] Rows =
    [
        new("pfadd", -2, "2.8.9", Write | DenyOom | Fast, HyperLogLogCommands.Add)
        {
            Categories = AclCategories.HyperLogLog,
            Keys = [KeySpec.Range("RW insert", 1)],
            Summary = "Adds elements to a HyperLogLog.",
            Complexity = "O(1)",
        },
        new("pfcount", -2, "2.8.9", ReadOnly | MayReplicate, HyperLogLogCommands.Count)
        {
            Categories = AclCategories.HyperLogLog,
            Keys = [new KeySpec { Flags = "RW access", Begin = new SearchIndex(1), Find = new KeyRange(-1, 1, 0) }],
            Summary = "Estimates how many different elements were added.",
            Complexity = "O(1)",
        },
        new("pfdebug", 3, "2.8.9", Write | DenyOom | Admin, HyperLogLogInspection.Debug)
        {
            Categories = AclCategories.HyperLogLog,
            Keys = [KeySpec.Range("RW access", 2)],
            Summary = "Inspects a HyperLogLog.",
            IsInternal = true,
        },
        new("pfmerge", -2, "2.8.9", Write | DenyOom, HyperLogLogCommands.Merge)
        {
            Categories = AclCategories.HyperLogLog,
            Keys =
            [
                KeySpec.Range("RW access insert", 1),
                KeySpec.Range("RO access", 2, last: -1),
            ],
            Summary = "Merges HyperLogLogs into one.",
            Complexity = "O(N)",
        },
        new("pfselftest", 1, "2.8.9", Admin, HyperLogLogInspection.SelfTest)
        {
            Categories = AclCategories.HyperLogLog,
            Summary = "Tests the HyperLogLog implementation.",
            IsInternal = true,
        },
    ];
}
