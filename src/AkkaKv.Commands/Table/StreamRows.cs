using AkkaKv.Commands.Commands;
using AkkaKv.Commands.Commands.Streams;
using static AkkaKv.Commands.Table.CommandFlags;

namespace AkkaKv.Commands.Table;

/// <summary>The commands on streams.</summary>
internal static class StreamRows
{
    public static readonly CommandRow[] Rows =
    [
        new("xack", -4, "5.0.0", Write | Fast, GroupCommands.Acknowledge)
        {
            Categories = AclCategories.Stream,
            Keys = [KeySpec.Range("RW update", 1)],
            Summary = "Marks entries as handled by a consumer group.",
            Complexity = "O(1)",
        },
        new("xadd", -5, "5.0.0", Write | DenyOom | Fast, StreamWriteCommands.Add)
        {
            Categories = AclCategories.Stream,
            Keys = [new KeySpec { Flags = "RW update", Begin = new SearchIndex(1), Find = new KeyRange(0, 1, 0) }],
            Summary = "Appends an entry to a stream.",
            Complexity = "O(1)",
        },
        new("xautoclaim", -6, "6.2.0", Write | Fast, ClaimCommands.ClaimNext)
        {
            Categories = AclCategories.Stream,
            Keys = [KeySpec.Range("RW delete", 1)],
            Summary = "Takes over entries that were pending too long.",
            Complexity = "O(1)",
        },
        new("xclaim", -6, "5.0.0", Write | Fast, ClaimCommands.Claim)
        {
            Categories = AclCategories.Stream,
            Keys = [KeySpec.Range("RW update", 1)],
            Summary = "Takes over pending entries.",
            Complexity = "O(log N)",
        },
        new("xdel", -3, "5.0.0", Write | Fast, StreamWriteCommands.Delete)
        {
            Categories = AclCategories.Stream,
            Keys = [KeySpec.Range("RW delete", 1)],
            Summary = "Removes entries.",
            Complexity = "O(1)",
        },
        new("xgroup", -2, "5.0.0", None)
        {
            Summary = "Manages consumer groups.",
            Subcommands =
            [
                new("create", -5, "5.0.0", Write | DenyOom, GroupCommands.Create)
                {
                    Categories = AclCategories.Stream,
                    Keys = [KeySpec.Range("RW insert", 2)],
                    Summary = "Creates a group.",
                    Complexity = "O(1)",
                },
                new("createconsumer", 5, "6.2.0", Write | DenyOom, GroupCommands.CreateConsumer)
                {
                    Categories = AclCategories.Stream,
                    Keys = [KeySpec.Range("RW insert", 2)],
                    Summary = "Creates a consumer.",
                    Complexity = "O(1)",
                },
                new("delconsumer", 5, "5.0.0", Write, GroupCommands.DeleteConsumer)
                {
                    Categories = AclCategories.Stream,
                    Keys = [KeySpec.Range("RW delete", 2)],
                    Summary = "Removes a consumer.",
                    Complexity = "O(1)",
                },
                new("destroy", 4, "5.0.0", Write, GroupCommands.Destroy)
                {
                    Categories = AclCategories.Stream,
                    Keys = [KeySpec.Range("RW delete", 2)],
                    Summary = "Removes a group.",
                    Complexity = "O(N)",
                },
                new("help", 2, "5.0.0", Loading | Stale, HelpCommand.Run)
                {
                    Categories = AclCategories.Stream,
                    Summary = "Explains the subcommands.",
                    Complexity = "O(1)",
                },
                new("setid", -5, "5.0.0", Write, GroupCommands.SetId)
                {
                    Categories = AclCategories.Stream,
                    Keys = [KeySpec.Range("RW update", 2)],
                    Summary = "Sets the last entry that was delivered to a group.",
                    Complexity = "O(1)",
                },
            ],
        },
        new("xinfo", -2, "5.0.0", None)
        {
            Summary = "Inspects streams.",
            Subcommands =
            [
                new("consumers", 4, "5.0.0", ReadOnly, StreamInfoCommands.Consumers)
                {
                    Categories = AclCategories.Stream,
                    Keys = [KeySpec.Range("RO access", 2)],
                    Summary = "Describes the consumers of a group.",
                    Complexity = "O(1)",
                },
                new("groups", 3, "5.0.0", ReadOnly, StreamInfoCommands.Groups)
                {
                    Categories = AclCategories.Stream,
                    Keys = [KeySpec.Range("RO access", 2)],
                    Summary = "Describes the groups of a stream.",
                    Complexity = "O(1)",
                },
                new("help", 2, "5.0.0", Loading | Stale, HelpCommand.Run)
                {
                    Categories = AclCategories.Stream,
                    Summary = "Explains the subcommands.",
                    Complexity = "O(1)",
                },
                new("stream", -3, "5.0.0", ReadOnly, StreamInfoCommands.Stream)
                {
                    Categories = AclCategories.Stream,
                    Keys = [KeySpec.Range("RO access", 2)],
                    Summary = "Describes a stream.",
                    Complexity = "O(1)",
                },
            ],
        },
        new("xlen", 2, "5.0.0", ReadOnly | Fast, RangeCommands.Length)
        {
            Categories = AclCategories.Stream,
            Keys = [KeySpec.Range("RO", 1)],
            Summary = "Counts the entries of a stream.",
            Complexity = "O(1)",
        },
        new("xpending", -3, "5.0.0", ReadOnly, PendingCommand.Execute)
        {
            Categories = AclCategories.Stream,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Describes entries that were delivered but not acknowledged.",
            Complexity = "O(N)",
        },
        new("xrange", -4, "5.0.0", ReadOnly, RangeCommands.Range)
        {
            Categories = AclCategories.Stream,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Returns the entries between two ids.",
            Complexity = "O(N)",
        },
        new("xread", -4, "5.0.0", ReadOnly | Blocking | MovableKeys, StreamReadCommands.Read)
        {
            Categories = AclCategories.Stream,
            Keys = [KeySpec.After("RO access", "STREAMS", 1, last: -1, limit: 2)],
            Summary = "Returns new entries of streams, optionally waiting for some.",
            Complexity = "O(N)",
        },
        new("xreadgroup", -7, "5.0.0", Write | Blocking | MovableKeys, StreamReadCommands.ReadForGroup)
        {
            Categories = AclCategories.Stream,
            Keys = [KeySpec.After("RO access", "STREAMS", 4, last: -1, limit: 2)],
            Summary = "Returns new or pending entries for a consumer of a group, optionally waiting.",
            Complexity = "O(M)",
        },
        new("xrevrange", -4, "5.0.0", ReadOnly, RangeCommands.ReverseRange)
        {
            Categories = AclCategories.Stream,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Returns the entries between two ids in reverse.",
            Complexity = "O(N)",
        },
        new("xsetid", -3, "5.0.0", Write | DenyOom | Fast, StreamWriteCommands.SetId)
        {
            Categories = AclCategories.Stream,
            Keys = [KeySpec.Range("RW update", 1)],
            Summary = "Sets the last id of a stream.",
            Complexity = "O(1)",
        },
        new("xtrim", -4, "5.0.0", Write, StreamWriteCommands.Trim)
        {
            Categories = AclCategories.Stream,
            Keys = [KeySpec.Range("RW delete", 1)],
            Summary = "Removes old entries.",
            Complexity = "O(N)",
        },
    ];
}
