using AkkaKv.Commands.Commands.Lists;
using static AkkaKv.Commands.Table.CommandFlags;

namespace AkkaKv.Commands.Table;

/// <summary>The commands on lists.</summary>
internal static class ListRows
{
    public static readonly CommandRow[] Rows =
    [
        new("blmove", 6, "6.2.0", Write | DenyOom | NoScript | Blocking, BlockingMoveCommands.Move)
        {
            Categories = AclCategories.List,
            Keys =
            [
                KeySpec.Range("RW access delete", 1),
                KeySpec.Range("RW insert", 2),
            ],
            Summary = "Moves an item from one list to another, waiting for one if there is none.",
            Complexity = "O(1)",
        },
        new("blmpop", -5, "7.0.0", Write | Blocking | MovableKeys, BlockingPopCommands.PopFromMany)
        {
            Categories = AclCategories.List,
            Keys = [KeySpec.Counted("RW access delete", 2, 0, 1, 1)],
            Summary = "Takes items from the first list that has any, waiting if none has.",
            Complexity = "O(N+M)",
        },
        new("blpop", -3, "2.0.0", Write | NoScript | Blocking, BlockingPopCommands.PopFirst)
        {
            Categories = AclCategories.List,
            Keys = [KeySpec.Range("RW access delete", 1, last: -2)],
            Summary = "Takes the first item of the first list that has one, waiting if none has.",
            Complexity = "O(N)",
        },
        new("brpop", -3, "2.0.0", Write | NoScript | Blocking, BlockingPopCommands.PopLast)
        {
            Categories = AclCategories.List,
            Keys = [KeySpec.Range("RW access delete", 1, last: -2)],
            Summary = "Takes the last item of the first list that has one, waiting if none has.",
            Complexity = "O(N)",
        },
        new("brpoplpush", 4, "2.2.0", Write | DenyOom | NoScript | Blocking, BlockingMoveCommands.PopLastPushFirst)
        {
            Categories = AclCategories.List,
            Keys =
            [
                KeySpec.Range("RW access delete", 1),
                KeySpec.Range("RW insert", 2),
            ],
            Summary = "Moves the last item of one list to the front of another, waiting for one.",
            Complexity = "O(1)",
            Deprecated = ("6.2.0", "BLMOVE, RIGHT, LEFT"),
        },
        new("lindex", 3, "1.0.0", ReadOnly, ListReadCommands.Index)
        {
            Categories = AclCategories.List,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Returns the item at an index.",
            Complexity = "O(N)",
        },
        new("linsert", 5, "2.2.0", Write | DenyOom, ListEditCommands.Insert)
        {
            Categories = AclCategories.List,
            Keys = [KeySpec.Range("RW insert", 1)],
            Summary = "Inserts an item before or after another.",
            Complexity = "O(N)",
        },
        new("llen", 2, "1.0.0", ReadOnly | Fast, ListReadCommands.Length)
        {
            Categories = AclCategories.List,
            Keys = [KeySpec.Range("RO", 1)],
            Summary = "Tells the length of a list.",
            Complexity = "O(1)",
        },
        new("lmove", 5, "6.2.0", Write | DenyOom, MoveCommands.Move)
        {
            Categories = AclCategories.List,
            Keys =
            [
                KeySpec.Range("RW access delete", 1),
                KeySpec.Range("RW insert", 2),
            ],
            Summary = "Moves an item from one list to another and returns it.",
            Complexity = "O(1)",
        },
        new("lmpop", -4, "7.0.0", Write | MovableKeys, PopCommands.PopFromMany)
        {
            Categories = AclCategories.List,
            Keys = [KeySpec.Counted("RW access delete", 1, 0, 1, 1)],
            Summary = "Takes items from the first list that has any.",
            Complexity = "O(N+M)",
        },
        new("lpop", -2, "1.0.0", Write | Fast, PopCommands.PopFirst)
        {
            Categories = AclCategories.List,
            Keys = [KeySpec.Range("RW access delete", 1)],
            Summary = "Takes items from the front.",
            Complexity = "O(N)",
        },
        new("lpos", -3, "6.0.6", ReadOnly, PositionCommand.Run)
        {
            Categories = AclCategories.List,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Finds the index of an item.",
            Complexity = "O(N)",
        },
        new("lpush", -3, "1.0.0", Write | DenyOom | Fast, PushCommands.PushFirst)
        {
            Categories = AclCategories.List,
            Keys = [KeySpec.Range("RW insert", 1)],
            Summary = "Adds items at the front.",
            Complexity = "O(1)",
        },
        new("lpushx", -3, "2.2.0", Write | DenyOom | Fast, PushCommands.PushFirstIfThere)
        {
            Categories = AclCategories.List,
            Keys = [KeySpec.Range("RW insert", 1)],
            Summary = "Adds items at the front of an existing list.",
            Complexity = "O(1)",
        },
        new("lrange", 4, "1.0.0", ReadOnly, ListReadCommands.Range)
        {
            Categories = AclCategories.List,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Returns a range of items.",
            Complexity = "O(S+N)",
        },
        new("lrem", 4, "1.0.0", Write, ListEditCommands.Remove)
        {
            Categories = AclCategories.List,
            Keys = [KeySpec.Range("RW delete", 1)],
            Summary = "Removes items equal to a value.",
            Complexity = "O(N+M)",
        },
        new("lset", 4, "1.0.0", Write | DenyOom, ListEditCommands.Set)
        {
            Categories = AclCategories.List,
            Keys = [KeySpec.Range("RW update", 1)],
            Summary = "Replaces the item at an index.",
            Complexity = "O(N)",
        },
        new("ltrim", 4, "1.0.0", Write, ListEditCommands.Trim)
        {
            Categories = AclCategories.List,
            Keys = [KeySpec.Range("RW delete", 1)],
            Summary = "Keeps only a range of items.",
            Complexity = "O(N)",
        },
        new("rpop", -2, "1.0.0", Write | Fast, PopCommands.PopLast)
        {
            Categories = AclCategories.List,
            Keys = [KeySpec.Range("RW access delete", 1)],
            Summary = "Takes items from the end.",
            Complexity = "O(N)",
        },
        new("rpoplpush", 3, "1.2.0", Write | DenyOom, MoveCommands.PopLastPushFirst)
        {
            Categories = AclCategories.List,
            Keys =
            [
                KeySpec.Range("RW access delete", 1),
                KeySpec.Range("RW insert", 2),
            ],
            Summary = "Moves the last item of one list to the front of another.",
            Complexity = "O(1)",
            Deprecated = ("6.2.0", "LMOVE, RIGHT, LEFT"),
        },
        new("rpush", -3, "1.0.0", Write | DenyOom | Fast, PushCommands.PushLast)
        {
            Categories = AclCategories.List,
            Keys = [KeySpec.Range("RW insert", 1)],
            Summary = "Adds items at the end.",
            Complexity = "O(1)",
        },
        new("rpushx", -3, "2.2.0", Write | DenyOom | Fast, PushCommands.PushLastIfThere)
        {
            Categories = AclCategories.List,
            Keys = [KeySpec.Range("RW insert", 1)],
            Summary = "Adds items at the end of an existing list.",
            Complexity = "O(1)",
        },
    ];
}
