using AkkaKv.Actors.Settings;
using AkkaKv.Sentinel;

namespace AkkaKv.Actors.Sentinel;

/// <summary>From a node's settings to what the core of the sentinel knows.</summary>
internal static class SentinelConfiguration
{
    /// <summary>Those who may vote, by their ids; a sentinel for which none are declared votes alone.</summary>
    public static DeclaredVoters Voters(NodeSettings settings) => settings.Sentinel.Voters.Count == 0
        ? DeclaredVoters.Of(MyId(settings))
        : DeclaredVoters.Of([.. settings.Sentinel.Voters.Select(name => SentinelIds.Of(settings.Cluster.Name, name))]);

    /// <summary>This sentinel's id.</summary>
    public static string MyId(NodeSettings settings) => SentinelIds.Of(settings.Cluster.Name, settings.Name);

    /// <summary>The settings of a master.</summary>
    public static MasterSettings Master(WatchedMasterSettings master) => new()
    {
        Name = master.Name,
        Address = new InstanceAddress(master.Host, master.Port),
        Quorum = master.Quorum,
        DownAfterMs = (long)master.DownAfter.TotalMilliseconds,
        FailoverTimeoutMs = (long)master.FailoverTimeout.TotalMilliseconds,
        ParallelSyncs = master.ParallelSyncs,
        AuthUser = master.User.Length > 0 ? master.User : null,
        AuthPassword = master.Password.Length > 0 ? master.Password : null,
    };

    /// <summary>
    /// What is watched from the start: the declared masters without those that SENTINEL REMOVE took away, and those that SENTINEL MONITOR added.
    /// </summary>
    public static IEnumerable<MasterSettings> WatchedAtStart(NodeSettings settings, SentinelState state)
    {
        var declared = settings.Sentinel.Masters.Select(Master).ToList();
        foreach (var master in declared.Where(master => !state.Removed.Contains(master.Name)))
            yield return master;
        foreach (var remembered in state.Masters)
        {
            if (remembered.RunTimeSettings is { } added && declared.TrueForAll(master => master.Name != remembered.Name))
                yield return added;
        }
    }
}
