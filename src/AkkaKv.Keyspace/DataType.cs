namespace AkkaKv.Keyspace;

/// <summary>The type of a key's value, as TYPE names it. Up to 16 types fit an entry's header.</summary>
public enum DataType : byte
{
    /// <summary>Bytes, at most 512 MB.</summary>
    String = 0,

    /// <summary>A sequence of strings.</summary>
    List = 1,

    /// <summary>Unordered distinct strings.</summary>
    Set = 2,

    /// <summary>Distinct strings ordered by a score.</summary>
    ZSet = 3,

    /// <summary>Fields with values.</summary>
    Hash = 4,

    /// <summary>An append-only log of entries with ids.</summary>
    Stream = 5,
}
