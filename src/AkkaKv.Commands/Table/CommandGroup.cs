namespace AkkaKv.Commands.Table;

/// <summary>The group under which a command is documented.</summary>
public enum CommandGroup
{
    /// <summary>Keys of any type.</summary>
    Generic,

    /// <summary>Strings.</summary>
    String,

    /// <summary>Lists.</summary>
    List,

    /// <summary>Sets.</summary>
    Set,

    /// <summary>Sorted sets.</summary>
    SortedSet,

    /// <summary>Hashes.</summary>
    Hash,

    /// <summary>Publish/subscribe.</summary>
    PubSub,

    /// <summary>Transactions.</summary>
    Transactions,

    /// <summary>The connection itself.</summary>
    Connection,

    /// <summary>The server.</summary>
    Server,

    /// <summary>Scripts and functions.</summary>
    Scripting,

    /// <summary>HyperLogLogs.</summary>
    HyperLogLog,

    /// <summary>The cluster.</summary>
    Cluster,

    /// <summary>Sentinels.</summary>
    Sentinel,

    /// <summary>Geographic indexes.</summary>
    Geo,

    /// <summary>Streams.</summary>
    Stream,

    /// <summary>Bitmaps.</summary>
    Bitmap,
}
