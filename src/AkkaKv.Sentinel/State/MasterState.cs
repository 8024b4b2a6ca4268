namespace AkkaKv.Sentinel;

/// <summary>A sentinel that was met: its id and where clients reach it.</summary>
public sealed record KnownSentinel(string Id, InstanceAddress Address);

/// <summary>
/// What must outlive a sentinel's process for one master: the epochs and the vote, which must never be taken back, and what was learned
/// and would take time to learn again. Declared configuration is not in here, except what was changed at run time.
/// </summary>
/// <param name="Name">The master's name.</param>
/// <param name="Address">Where the master is since <paramref name="ConfigEpoch"/>.</param>
/// <param name="ConfigEpoch">The epoch of that configuration; 0 for the declared one.</param>
/// <param name="CurrentEpoch">The newest epoch seen.</param>
/// <param name="Leader">Whom this sentinel voted for; empty for nobody yet.</param>
/// <param name="LeaderEpoch">The epoch of that vote.</param>
/// <param name="Replicas">Known replicas, in the order they were met.</param>
/// <param name="Sentinels">Known other sentinels, in the order they were met.</param>
/// <param name="RunTimeSettings">The settings when SENTINEL MONITOR or SENTINEL SET made them; null when they are as declared.</param>
public sealed record MasterState(
    string Name,
    InstanceAddress Address,
    long ConfigEpoch,
    long CurrentEpoch,
    string Leader,
    long LeaderEpoch,
    IReadOnlyList<InstanceAddress> Replicas,
    IReadOnlyList<KnownSentinel> Sentinels,
    MasterSettings? RunTimeSettings)
{
    /// <summary>
    /// Written by a sentinel that began without a memory and has not made sure yet in which epochs it may have voted before: a restart
    /// does not make it any wiser.
    /// </summary>
    public bool MayHaveForgotten { get; init; }
}
