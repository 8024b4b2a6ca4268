using AkkaKv.Commands.Commands.Strings;
using static AkkaKv.Commands.Table.CommandFlags;

namespace AkkaKv.Commands.Table;

/// <summary>The commands on strings.</summary>
internal static class StringRows
{
    public static readonly CommandRow[] Rows =
    [
        new("append", 3, "2.0.0", Write | DenyOom | Fast, EditCommands.Append)
        {
            Categories = AclCategories.String,
            Keys = [KeySpec.Range("RW insert", 1)],
            Summary = "Appends bytes to a string; a missing key is created.",
            Complexity = "O(1)",
        },
        new("decr", 2, "1.0.0", Write | DenyOom | Fast, CounterCommands.Decrement)
        {
            Categories = AclCategories.String,
            Keys = [KeySpec.Range("RW access update", 1)],
            Summary = "Subtracts one from an integer.",
            Complexity = "O(1)",
        },
        new("decrby", 3, "1.0.0", Write | DenyOom | Fast, CounterCommands.DecrementBy)
        {
            Categories = AclCategories.String,
            Keys = [KeySpec.Range("RW access update", 1)],
            Summary = "Subtracts a number from an integer.",
            Complexity = "O(1)",
        },
        new("get", 2, "1.0.0", ReadOnly | Fast, ReadCommands.Get)
        {
            Categories = AclCategories.String,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Returns the string at a key.",
            Complexity = "O(1)",
        },
        new("getdel", 2, "6.2.0", Write | Fast, GetAndChangeCommands.GetAndDelete)
        {
            Categories = AclCategories.String,
            Keys = [KeySpec.Range("RW access delete", 1)],
            Summary = "Returns the string at a key and removes the key.",
            Complexity = "O(1)",
        },
        new("getex", -2, "6.2.0", Write | Fast, GetAndChangeCommands.GetAndExpire)
        {
            Categories = AclCategories.String,
            Keys = [new KeySpec { Flags = "RW access update", Begin = new SearchIndex(1), Find = new KeyRange(0, 1, 0) }],
            Summary = "Returns the string at a key and changes its expiry.",
            Complexity = "O(1)",
        },
        new("getrange", 4, "2.4.0", ReadOnly, ReadCommands.Range)
        {
            Categories = AclCategories.String,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Returns a part of a string.",
            Complexity = "O(N)",
        },
        new("getset", 3, "1.0.0", Write | DenyOom | Fast, SetCommands.GetAndSet)
        {
            Categories = AclCategories.String,
            Keys = [KeySpec.Range("RW access update", 1)],
            Summary = "Replaces the string at a key and returns the old one.",
            Complexity = "O(1)",
            Deprecated = ("6.2.0", "SET, !GET"),
        },
        new("incr", 2, "1.0.0", Write | DenyOom | Fast, CounterCommands.Increment)
        {
            Categories = AclCategories.String,
            Keys = [KeySpec.Range("RW access update", 1)],
            Summary = "Adds one to an integer.",
            Complexity = "O(1)",
        },
        new("incrby", 3, "1.0.0", Write | DenyOom | Fast, CounterCommands.IncrementBy)
        {
            Categories = AclCategories.String,
            Keys = [KeySpec.Range("RW access update", 1)],
            Summary = "Adds a number to an integer.",
            Complexity = "O(1)",
        },
        new("incrbyfloat", 3, "2.6.0", Write | DenyOom | Fast, CounterCommands.IncrementByFloat)
        {
            Categories = AclCategories.String,
            Keys = [KeySpec.Range("RW access update", 1)],
            Summary = "Adds a number to a floating-point number.",
            Complexity = "O(1)",
        },
        new("lcs", -3, "7.0.0", ReadOnly, LcsCommand.Run)
        {
            Categories = AclCategories.String,
            Keys = [KeySpec.Range("RO access", 1, last: 1)],
            Summary = "Finds the longest common subsequence of two strings.",
            Complexity = "O(N*M)",
        },
        new("mget", -2, "1.0.0", ReadOnly | Fast, ReadCommands.MultiGet)
        {
            Categories = AclCategories.String,
            Keys = [KeySpec.Range("RO access", 1, last: -1)],
            Summary = "Returns the strings at several keys.",
            Complexity = "O(N)",
        },
        new("mset", -3, "1.0.1", Write | DenyOom, ManyKeysCommands.MultiSet)
        {
            Categories = AclCategories.String,
            Keys = [KeySpec.Range("OW update", 1, last: -1, step: 2)],
            Summary = "Sets several strings at once.",
            Complexity = "O(N)",
        },
        new("msetnx", -3, "1.0.1", Write | DenyOom, ManyKeysCommands.MultiSetIfAbsent)
        {
            Categories = AclCategories.String,
            Keys = [KeySpec.Range("OW insert", 1, last: -1, step: 2)],
            Summary = "Sets several strings if none of the keys exists.",
            Complexity = "O(N)",
        },
        new("psetex", 4, "2.6.0", Write | DenyOom, SetCommands.SetWithMilliseconds)
        {
            Categories = AclCategories.String,
            Keys = [KeySpec.Range("OW update", 1)],
            Summary = "Sets a string with a time to live in milliseconds.",
            Complexity = "O(1)",
        },
        new("set", -3, "1.0.0", Write | DenyOom, SetCommands.Set)
        {
            Categories = AclCategories.String,
            Keys = [new KeySpec { Flags = "RW access update variable_flags", Begin = new SearchIndex(1), Find = new KeyRange(0, 1, 0) }],
            Summary = "Sets the string at a key, with conditions and expiry.",
            Complexity = "O(1)",
        },
        new("setex", 4, "2.0.0", Write | DenyOom, SetCommands.SetWithSeconds)
        {
            Categories = AclCategories.String,
            Keys = [KeySpec.Range("OW update", 1)],
            Summary = "Sets a string with a time to live in seconds.",
            Complexity = "O(1)",
        },
        new("setnx", 3, "1.0.0", Write | DenyOom | Fast, SetCommands.SetIfAbsent)
        {
            Categories = AclCategories.String,
            Keys = [KeySpec.Range("OW insert", 1)],
            Summary = "Sets a string if the key does not exist.",
            Complexity = "O(1)",
        },
        new("setrange", 4, "2.2.0", Write | DenyOom, EditCommands.SetRange)
        {
            Categories = AclCategories.String,
            Keys = [KeySpec.Range("RW update", 1)],
            Summary = "Overwrites a part of a string.",
            Complexity = "O(1)",
        },
        new("strlen", 2, "2.2.0", ReadOnly | Fast, ReadCommands.Length)
        {
            Categories = AclCategories.String,
            Keys = [KeySpec.Range("RO", 1)],
            Summary = "Tells the length of a string.",
            Complexity = "O(1)",
        },
        new("substr", 4, "1.0.0", ReadOnly, ReadCommands.Range)
        {
            Categories = AclCategories.String,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Returns a part of a string.",
            Complexity = "O(N)",
            Deprecated = ("2.0.0", "GETRANGE"),
        },
    ];
}
