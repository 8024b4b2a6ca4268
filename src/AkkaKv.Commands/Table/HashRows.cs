using AkkaKv.Commands.Commands.Hashes;
using static AkkaKv.Commands.Table.CommandFlags;

namespace AkkaKv.Commands.Table;

/// <summary>The commands on hashes.</summary>
internal static class HashRows
{
    public static readonly CommandRow[] Rows =
    [
        new("hdel", -3, "2.0.0", Write | Fast, FieldWriteCommands.Delete)
        {
            Categories = AclCategories.Hash,
            Keys = [KeySpec.Range("RW delete", 1)],
            Summary = "Removes fields; a hash without fields is removed.",
            Complexity = "O(N)",
        },
        new("hexists", 3, "2.0.0", ReadOnly | Fast, FieldReadCommands.Exists)
        {
            Categories = AclCategories.Hash,
            Keys = [KeySpec.Range("RO", 1)],
            Summary = "Says whether a field exists.",
            Complexity = "O(1)",
        },
        new("hget", 3, "2.0.0", ReadOnly | Fast, FieldReadCommands.Get)
        {
            Categories = AclCategories.Hash,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Returns the value of a field.",
            Complexity = "O(1)",
        },
        new("hgetall", 2, "2.0.0", ReadOnly, WholeHashCommands.GetAll)
        {
            Categories = AclCategories.Hash,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Returns all fields and their values.",
            Complexity = "O(N)",
        },
        new("hincrby", 4, "2.0.0", Write | DenyOom | Fast, FieldCounterCommands.Increment)
        {
            Categories = AclCategories.Hash,
            Keys = [KeySpec.Range("RW access update", 1)],
            Summary = "Adds to the integer in a field.",
            Complexity = "O(1)",
        },
        new("hincrbyfloat", 4, "2.6.0", Write | DenyOom | Fast, FieldCounterCommands.IncrementByFloat)
        {
            Categories = AclCategories.Hash,
            Keys = [KeySpec.Range("RW access update", 1)],
            Summary = "Adds to the number in a field.",
            Complexity = "O(1)",
        },
        new("hkeys", 2, "2.0.0", ReadOnly, WholeHashCommands.Fields)
        {
            Categories = AclCategories.Hash,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Returns all fields.",
            Complexity = "O(N)",
        },
        new("hlen", 2, "2.0.0", ReadOnly | Fast, FieldReadCommands.Length)
        {
            Categories = AclCategories.Hash,
            Keys = [KeySpec.Range("RO", 1)],
            Summary = "Counts the fields.",
            Complexity = "O(1)",
        },
        new("hmget", -3, "2.0.0", ReadOnly | Fast, FieldReadCommands.MultiGet)
        {
            Categories = AclCategories.Hash,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Returns the values of several fields.",
            Complexity = "O(N)",
        },
        new("hmset", -4, "2.0.0", Write | DenyOom | Fast, FieldWriteCommands.MultiSet)
        {
            Categories = AclCategories.Hash,
            Keys = [KeySpec.Range("RW update", 1)],
            Summary = "Sets several fields.",
            Complexity = "O(N)",
            Deprecated = ("4.0.0", "HSET"),
        },
        new("hrandfield", -2, "6.2.0", ReadOnly, RandomFieldCommand.Execute)
        {
            Categories = AclCategories.Hash,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Returns random fields.",
            Complexity = "O(N)",
        },
        new("hscan", -3, "2.8.0", ReadOnly, WholeHashCommands.Scan)
        {
            Categories = AclCategories.Hash,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Iterates over fields and values.",
            Complexity = "O(1)",
        },
        new("hset", -4, "2.0.0", Write | DenyOom | Fast, FieldWriteCommands.Set)
        {
            Categories = AclCategories.Hash,
            Keys = [KeySpec.Range("RW update", 1)],
            Summary = "Sets fields and counts the new ones.",
            Complexity = "O(1)",
        },
        new("hsetnx", 4, "2.0.0", Write | DenyOom | Fast, FieldWriteCommands.SetIfAbsent)
        {
            Categories = AclCategories.Hash,
            Keys = [KeySpec.Range("RW insert", 1)],
            Summary = "Sets a field that does not exist yet.",
            Complexity = "O(1)",
        },
        new("hstrlen", 3, "3.2.0", ReadOnly | Fast, FieldReadCommands.ValueLength)
        {
            Categories = AclCategories.Hash,
            Keys = [KeySpec.Range("RO", 1)],
            Summary = "Tells the length of a field's value.",
            Complexity = "O(1)",
        },
        new("hvals", 2, "2.0.0", ReadOnly, WholeHashCommands.Values)
        {
            Categories = AclCategories.Hash,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Returns all values.",
            Complexity = "O(N)",
        },
    ];
}
