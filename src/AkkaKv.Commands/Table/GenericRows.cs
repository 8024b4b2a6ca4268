using AkkaKv.Commands.Commands;
using AkkaKv.Commands.Commands.Keys;
using AkkaKv.Commands.Commands.Server;
using AkkaKv.Commands.Commands.Sorting;
using static AkkaKv.Commands.Table.CommandFlags;

namespace AkkaKv.Commands.Table;

/// <summary>The commands on keys of any type.</summary>
internal static class GenericRows
{
    public static readonly CommandRow[] Rows =
    [
        new("copy", -3, "6.2.0", Write | DenyOom, NamingCommands.Copy)
        {
            Categories = AclCategories.Keyspace,
            Keys =
            [
                KeySpec.Range("RO access", 1),
                KeySpec.Range("OW update", 2),
            ],
            Summary = "Copies a value to another key.",
            Complexity = "O(N)",
        },
        new("del", -2, "1.0.0", Write, ExistenceCommands.Delete)
        {
            Categories = AclCategories.Keyspace,
            Keys = [KeySpec.Range("RM delete", 1, last: -1)],
            Summary = "Removes keys.",
            Complexity = "O(N)",
        },
        new("dump", 2, "2.6.0", ReadOnly, SerializationCommands.Dump)
        {
            Categories = AclCategories.Keyspace,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Serializes the value of a key.",
            Complexity = "O(1)",
        },
        new("exists", -2, "1.0.0", ReadOnly | Fast, ExistenceCommands.Exists)
        {
            Categories = AclCategories.Keyspace,
            Keys = [KeySpec.Range("RO", 1, last: -1)],
            Summary = "Counts how many of the keys exist.",
            Complexity = "O(N)",
        },
        new("expire", -3, "1.0.0", Write | Fast, ExpireCommands.InSeconds)
        {
            Categories = AclCategories.Keyspace,
            Keys = [KeySpec.Range("RW update", 1)],
            Summary = "Sets the time to live in seconds.",
            Complexity = "O(1)",
        },
        new("expireat", -3, "1.2.0", Write | Fast, ExpireCommands.AtSeconds)
        {
            Categories = AclCategories.Keyspace,
            Keys = [KeySpec.Range("RW update", 1)],
            Summary = "Sets the moment of expiry as Unix time in seconds.",
            Complexity = "O(1)",
        },
        new("expiretime", 2, "7.0.0", ReadOnly | Fast, TimeToLiveCommands.UnixSeconds)
        {
            Categories = AclCategories.Keyspace,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Tells the moment of expiry as Unix time in seconds.",
            Complexity = "O(1)",
        },
        new("keys", 2, "1.0.0", ReadOnly, EnumerationCommands.Keys)
        {
            Categories = AclCategories.Keyspace | AclCategories.Dangerous,
            Summary = "Returns all keys that match a pattern.",
            Complexity = "O(N)",
        },
        new("migrate", -6, "2.6.0", Write | MovableKeys | Sensitive)
        {
            Categories = AclCategories.Keyspace | AclCategories.Dangerous,
            Keys =
            [
                KeySpec.Range("RW access delete", 3),
                KeySpec.After("RW access delete incomplete", "KEYS", -2, last: -1),
            ],
            Summary = "Moves keys to another server.",
            Complexity = "O(N)",
        },
        new("move", 3, "1.0.0", Write | Fast, NamingCommands.Move)
        {
            Categories = AclCategories.Keyspace,
            Keys = [KeySpec.Range("RW access update", 1)],
            Summary = "Moves a key to another database.",
            Complexity = "O(1)",
        },
        new("object", -2, "2.2.3", None)
        {
            Summary = "Inspects how values are stored.",
            Subcommands =
            [
                new("encoding", 3, "2.2.3", ReadOnly, ObjectCommands.Encoding)
                {
                    Categories = AclCategories.Keyspace,
                    Keys = [KeySpec.Range("RO", 2)],
                    Summary = "Names the internal encoding of a value.",
                    Complexity = "O(1)",
                },
                new("freq", 3, "4.0.0", ReadOnly, ObjectCommands.Frequency)
                {
                    Categories = AclCategories.Keyspace,
                    Keys = [KeySpec.Range("RO", 2)],
                    Summary = "Tells how often a key is used, as a logarithm.",
                    Complexity = "O(1)",
                },
                new("help", 2, "6.2.0", Loading | Stale, HelpCommand.Run)
                {
                    Categories = AclCategories.Keyspace,
                    Summary = "Explains the subcommands.",
                    Complexity = "O(1)",
                },
                new("idletime", 3, "2.2.3", ReadOnly, ObjectCommands.IdleTime)
                {
                    Categories = AclCategories.Keyspace,
                    Keys = [KeySpec.Range("RO", 2)],
                    Summary = "Tells how many seconds a key has not been used.",
                    Complexity = "O(1)",
                },
                new("refcount", 3, "2.2.3", ReadOnly, ObjectCommands.ReferenceCount)
                {
                    Categories = AclCategories.Keyspace,
                    Keys = [KeySpec.Range("RO", 2)],
                    Summary = "Tells how many references a value has.",
                    Complexity = "O(1)",
                },
            ],
        },
        new("persist", 2, "2.2.0", Write | Fast, ExpireCommands.Persist)
        {
            Categories = AclCategories.Keyspace,
            Keys = [KeySpec.Range("RW update", 1)],
            Summary = "Removes the expiry of a key.",
            Complexity = "O(1)",
        },
        new("pexpire", -3, "2.6.0", Write | Fast, ExpireCommands.InMilliseconds)
        {
            Categories = AclCategories.Keyspace,
            Keys = [KeySpec.Range("RW update", 1)],
            Summary = "Sets the time to live in milliseconds.",
            Complexity = "O(1)",
        },
        new("pexpireat", -3, "2.6.0", Write | Fast, ExpireCommands.AtMilliseconds)
        {
            Categories = AclCategories.Keyspace,
            Keys = [KeySpec.Range("RW update", 1)],
            Summary = "Sets the moment of expiry as Unix time in milliseconds.",
            Complexity = "O(1)",
        },
        new("pexpiretime", 2, "7.0.0", ReadOnly | Fast, TimeToLiveCommands.UnixMilliseconds)
        {
            Categories = AclCategories.Keyspace,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Tells the moment of expiry as Unix time in milliseconds.",
            Complexity = "O(1)",
        },
        new("pttl", 2, "2.6.0", ReadOnly | Fast, TimeToLiveCommands.Milliseconds)
        {
            Categories = AclCategories.Keyspace,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Tells the remaining time to live in milliseconds.",
            Complexity = "O(1)",
        },
        new("randomkey", 1, "1.0.0", ReadOnly, EnumerationCommands.RandomKey)
        {
            Categories = AclCategories.Keyspace,
            Summary = "Returns some key of the selected database.",
            Complexity = "O(1)",
        },
        new("rename", 3, "1.0.0", Write, NamingCommands.Rename)
        {
            Categories = AclCategories.Keyspace,
            Keys =
            [
                KeySpec.Range("RW access delete", 1),
                KeySpec.Range("OW update", 2),
            ],
            Summary = "Renames a key, replacing the target.",
            Complexity = "O(1)",
        },
        new("renamenx", 3, "1.0.0", Write | Fast, NamingCommands.RenameIfFree)
        {
            Categories = AclCategories.Keyspace,
            Keys =
            [
                KeySpec.Range("RW access delete", 1),
                KeySpec.Range("OW insert", 2),
            ],
            Summary = "Renames a key if the target does not exist.",
            Complexity = "O(1)",
        },
        new("restore", -4, "2.6.0", Write | DenyOom, SerializationCommands.Restore)
        {
            Categories = AclCategories.Keyspace | AclCategories.Dangerous,
            Keys = [KeySpec.Range("OW update", 1)],
            Summary = "Creates a key from a serialized value.",
            Complexity = "O(1)",
        },
        new("scan", -2, "2.8.0", ReadOnly, EnumerationCommands.Scan)
        {
            Categories = AclCategories.Keyspace,
            Summary = "Iterates over the keys of the selected database.",
            Complexity = "O(1)",
        },
        new("sort", -2, "1.0.0", Write | DenyOom | MovableKeys, SortCommands.Sort)
        {
            Categories = AclCategories.Set | AclCategories.SortedSet | AclCategories.List | AclCategories.Dangerous,
            Keys =
            [
                KeySpec.Range("RO access", 1),
                new KeySpec { Flags = "RO access", Begin = new SearchUnknown(), Find = new FindUnknown() },
                new KeySpec { Flags = "OW update", Begin = new SearchUnknown(), Find = new FindUnknown() },
            ],
            Summary = "Sorts a list, set or sorted set, or stores the sorted items.",
            Complexity = "O(N+M*log(M))",
        },
        new("sort_ro", -2, "7.0.0", ReadOnly | MovableKeys, SortCommands.SortReadOnly)
        {
            Categories = AclCategories.Set | AclCategories.SortedSet | AclCategories.List | AclCategories.Dangerous,
            Keys =
            [
                KeySpec.Range("RO access", 1),
                new KeySpec { Flags = "RO access", Begin = new SearchUnknown(), Find = new FindUnknown() },
            ],
            Summary = "Sorts a list, set or sorted set.",
            Complexity = "O(N+M*log(M))",
        },
        new("touch", -2, "3.2.1", ReadOnly | Fast, ExistenceCommands.Touch)
        {
            Categories = AclCategories.Keyspace,
            Keys = [KeySpec.Range("RO", 1, last: -1)],
            Summary = "Counts the keys that exist and renews their access time.",
            Complexity = "O(N)",
        },
        new("ttl", 2, "1.0.0", ReadOnly | Fast, TimeToLiveCommands.Seconds)
        {
            Categories = AclCategories.Keyspace,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Tells the remaining time to live in seconds.",
            Complexity = "O(1)",
        },
        new("type", 2, "1.0.0", ReadOnly | Fast, ExistenceCommands.Type)
        {
            Categories = AclCategories.Keyspace,
            Keys = [KeySpec.Range("RO", 1)],
            Summary = "Names the type of the value at a key.",
            Complexity = "O(1)",
        },
        new("unlink", -2, "4.0.0", Write | Fast, ExistenceCommands.Unlink)
        {
            Categories = AclCategories.Keyspace,
            Keys = [KeySpec.Range("RM delete", 1, last: -1)],
            Summary = "Removes keys; their memory is freed later.",
            Complexity = "O(1)",
        },
        new("wait", 3, "3.0.0", NoScript, ReplicationCommands.Wait)
        {
            Categories = AclCategories.Connection,
            Summary = "Waits until replicas have acknowledged the writes of this connection.",
            Complexity = "O(1)",
        },
    ];
}
