using AkkaKv.Keyspace.Values.Hashes;
using AkkaKv.Keyspace.Values.Lists;
using AkkaKv.Keyspace.Values.Sets;
using AkkaKv.Keyspace.Values.SortedSets;

namespace AkkaKv.Keyspace.Values;

/// <summary>Values without elements, which exist only while a command is at work on them.</summary>
public static class EmptyValues
{
    /// <summary>Whether the value is of a type whose keys vanish with their last element, and has none.</summary>
    public static bool HoldsNothing(this Database database, Entry entry) => entry.Type switch
    {
        DataType.List => database.ReadList(entry).Count == 0,
        DataType.Hash => database.ReadHash(entry).Count == 0,
        DataType.Set => database.ReadSet(entry).Count == 0,
        DataType.ZSet => database.ReadSortedSet(entry).Count == 0,
        _ => false,
    };
}
