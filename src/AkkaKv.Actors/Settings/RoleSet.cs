namespace AkkaKv.Actors.Settings;

/// <summary>What a process is; any combination. The words in settings are the names in lower case.</summary>
[Flags]
public enum RoleSet
{
    /// <summary>Nothing; never a valid setting.</summary>
    None = 0,

    /// <summary>A data node: keyspace, its RESP port, replication.</summary>
    Data = 1,

    /// <summary>Watches masters and fails them over.</summary>
    Sentinel = 2,

    /// <summary>A router: forwards clients to whichever node is master.</summary>
    Gateway = 4,
}
