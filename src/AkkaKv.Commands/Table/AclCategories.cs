namespace AkkaKv.Commands.Table;

/// <summary>The categories by which ACL rules allow or forbid commands.</summary>
[Flags]
public enum AclCategories
{
    /// <summary>No category.</summary>
    None = 0,

    /// <summary>Commands on keys of any type.</summary>
    Keyspace = 1 << 0,

    /// <summary>Commands that read data.</summary>
    Read = 1 << 1,

    /// <summary>Commands that write data.</summary>
    Write = 1 << 2,

    /// <summary>Sets.</summary>
    Set = 1 << 3,

    /// <summary>Sorted sets.</summary>
    SortedSet = 1 << 4,

    /// <summary>Lists.</summary>
    List = 1 << 5,

    /// <summary>Hashes.</summary>
    Hash = 1 << 6,

    /// <summary>Strings.</summary>
    String = 1 << 7,

    /// <summary>Bitmaps.</summary>
    Bitmap = 1 << 8,

    /// <summary>HyperLogLogs.</summary>
    HyperLogLog = 1 << 9,

    /// <summary>Geographic indexes.</summary>
    Geo = 1 << 10,

    /// <summary>Streams.</summary>
    Stream = 1 << 11,

    /// <summary>Publish/subscribe.</summary>
    PubSub = 1 << 12,

    /// <summary>Administration.</summary>
    Admin = 1 << 13,

    /// <summary>Constant or logarithmic time.</summary>
    Fast = 1 << 14,

    /// <summary>Everything that is not fast.</summary>
    Slow = 1 << 15,

    /// <summary>Commands that may make the connection wait.</summary>
    Blocking = 1 << 16,

    /// <summary>Commands that can harm when used carelessly.</summary>
    Dangerous = 1 << 17,

    /// <summary>Commands on the connection itself.</summary>
    Connection = 1 << 18,

    /// <summary>Transactions.</summary>
    Transaction = 1 << 19,

    /// <summary>Scripts and functions.</summary>
    Scripting = 1 << 20,
}

/// <summary>The names of categories, without the '@', in Redis's order.</summary>
public static class AclCategoryNames
{
    /// <summary>Category and name; the order is that of the enumeration.</summary>
    public static readonly IReadOnlyList<(AclCategories Category, string Name)> All =
    [
        .. Enum.GetValues<AclCategories>().Where(category => category != AclCategories.None)
            .Select(category => (category, category.ToString().ToLowerInvariant())),
    ];
}
