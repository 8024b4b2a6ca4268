namespace AkkaKv.Actors.Cluster;

/// <summary>The words for the roles in the cluster's membership; the same as in HOCON.</summary>
public static class RoleNames
{
    /// <summary>Holds the data: master or replica.</summary>
    public const string Data = "data";

    /// <summary>Watches masters and fails over.</summary>
    public const string Sentinel = "sentinel";

    /// <summary>Routes clients to the master.</summary>
    public const string Gateway = "gateway";
}
