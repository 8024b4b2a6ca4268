namespace AkkaKv.Commands.Tracking;

/// <summary>Which keys of its reads a tracking connection is told about.</summary>
public enum TrackingSelection
{
    /// <summary>All.</summary>
    Everything,

    /// <summary>Those of commands that follow CLIENT CACHING YES.</summary>
    OptIn,

    /// <summary>All but those of commands that follow CLIENT CACHING NO.</summary>
    OptOut,
}

/// <summary>What a connection asked for with CLIENT TRACKING ON.</summary>
public sealed class SessionTracking
{
    /// <summary>BCAST: it is told about all keys with its prefixes, whether it has read them or not.</summary>
    public bool IsBroadcast { get; init; }

    /// <summary>OPTIN, OPTOUT or neither.</summary>
    public TrackingSelection Selection { get; init; }

    /// <summary>NOLOOP: it is not told about its own changes.</summary>
    public bool IsNoLoop { get; init; }

    /// <summary>The connection that gets the messages instead; 0: this one.</summary>
    public long RedirectTo { get; init; }

    /// <summary>Whether the connection that should get the messages is gone.</summary>
    public bool IsRedirectBroken { get; internal set; }

    /// <summary>Whether CLIENT CACHING was given for the next command.</summary>
    public bool IsCachingGiven { get; internal set; }

    /// <summary>The prefixes of BCAST.</summary>
    public List<byte[]> Prefixes { get; init; } = [];

    /// <summary>Whether the keys that the running command reads are remembered.</summary>
    internal bool RemembersReads => !IsBroadcast && Selection switch
    {
        TrackingSelection.OptIn => IsCachingGiven,
        TrackingSelection.OptOut => !IsCachingGiven,
        _ => true,
    };
}
