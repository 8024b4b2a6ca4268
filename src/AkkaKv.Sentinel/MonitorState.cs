namespace AkkaKv.Sentinel;

/// <summary>
/// The blackboard that the parts of one <see cref="MasterMonitor"/> share: who is watched, what was decided, and the time and the
/// outbox of the present step. It holds facts and the smallest helpers over them; rules are in the parts.
/// </summary>
internal sealed class MonitorState
{
    private AnnounceMaster? _lastAnnouncement;
    private int _lastLinkNumber;
    private ulong _randomState;

    public MonitorState(SentinelIdentity identity, MasterSettings settings, SentinelTimings timings, DeclaredVoters voters, long now, ulong seed)
    {
        Identity = identity;
        Settings = settings;
        Timings = timings;
        Voters = voters;
        Now = now;
        StartedAt = now;
        _randomState = seed;
        Outbox = new SentinelOutbox();
        Master = new WatchedMaster(this, settings.Address);
    }

    public SentinelIdentity Identity { get; set; }

    public MasterSettings Settings { get; set; }

    public bool SettingsAreRunTime { get; set; }

    public SentinelTimings Timings { get; set; }

    public DeclaredVoters Voters { get; }

    /// <summary>The time of the present step, monotonic milliseconds.</summary>
    public long Now { get; set; }

    public long StartedAt { get; }

    public SentinelOutbox Outbox { get; set; }

    public WatchedMaster Master { get; set; }

    /// <summary>In the order they were met.</summary>
    public List<WatchedReplica> Replicas { get; } = [];

    /// <summary>In the order they were met.</summary>
    public List<PeerSentinel> Peers { get; } = [];

    public long CurrentEpoch { get; set; }

    public string Leader { get; set; } = "";

    public long LeaderEpoch { get; set; }

    public long ConfigEpoch { get; set; }

    /// <summary>It began without a memory, and may have voted in epochs that it does not know of.</summary>
    public bool MayHaveForgotten { get; set; }

    public bool InTilt { get; set; }

    /// <summary>SENTINEL SIMULATE-FAILURE's flags: 1 crash after being elected, 2 after the promotion.</summary>
    public int SimulatedFailures { get; set; }

    public int VotingPeers => Peers.Count(peer => peer.IsVoter);

    public int LiveVotingPeers => Peers.Count(peer => peer.IsVoter && !peer.IsDown);

    /// <summary>The votes a leader needs: a majority of the declared voters, and at least the quorum.</summary>
    public int NeededVotes => Math.Max(Settings.Quorum, Voters.Majority(VotingPeers));

    /// <summary>Between two hellos when nothing changes: short enough that a silent peer is noticed within down-after.</summary>
    public long HelloPeriodMs => Math.Clamp(Settings.DownAfterMs / 4, 20, Timings.PublishPeriodMs);

    /// <summary>The replica that an own failover has made the master already, before the configuration is switched.</summary>
    public WatchedReplica? NewMaster { get; set; }

    /// <summary>Where clients are sent.</summary>
    public InstanceAddress CurrentAddress => NewMaster?.Address ?? Master.Address;

    public IEnumerable<WatchedInstance> Instances
    {
        get
        {
            yield return Master;
            foreach (var replica in Replicas)
                yield return replica;
        }
    }

    public WatchedReplica? FindReplica(InstanceAddress address) => Replicas.Find(replica => replica.Address == address);

    public PeerSentinel? FindPeer(string id) => Peers.Find(peer => peer.Id == id);

    public int NextLinkNumber() => ++_lastLinkNumber;

    public void Event(EventLevel level, string channel, string message) => Outbox.Add(new PublishEvent(level, channel, message));

    /// <summary>Tells gateways and nodes where the master is, once per configuration.</summary>
    public void Announce(InstanceAddress address)
    {
        var announcement = new AnnounceMaster(Settings.Name, address, ConfigEpoch);
        if (announcement == _lastAnnouncement)
            return;
        _lastAnnouncement = announcement;
        Outbox.Add(announcement);
    }

    public void Persist() => Outbox.Add(new Persist(Snapshot()));

    /// <summary>What is to be remembered. From the promotion on the promoted replica is the master, whatever happens to this process.</summary>
    public MasterState Snapshot() => new(
        Settings.Name,
        CurrentAddress,
        ConfigEpoch,
        CurrentEpoch,
        Leader,
        LeaderEpoch,
        [.. Instances.Select(instance => instance.Address).Where(address => address != CurrentAddress)],
        [.. Peers.Select(peer => new KnownSentinel(peer.Id, peer.Address))],
        SettingsAreRunTime ? Settings : null)
    {
        MayHaveForgotten = MayHaveForgotten,
    };

    /// <summary>SENTINEL SIMULATE-FAILURE: ends the process if this point was chosen for it.</summary>
    public void CrashIfSimulated(int flag)
    {
        if ((SimulatedFailures & flag) == 0)
            return;
        Outbox.Add(new WriteLog(EventLevel.Warning, "Sentinel CRASH because of SENTINEL simulate-failure"));
        Outbox.Add(new CrashProcess());
    }

    /// <summary>A number in [0, limit), reproducible from the seed (SplitMix64).</summary>
    public long Jitter(long limit)
    {
        _randomState += 0x9E3779B97F4A7C15;
        var mixed = _randomState;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        mixed ^= mixed >> 31;
        return limit <= 0 ? 0 : (long)(mixed % (ulong)limit);
    }
}
