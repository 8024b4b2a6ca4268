namespace AkkaKv.Sentinel;

/// <summary>Another sentinel that watches the same master: known by its messages, never asked in vain.</summary>
internal sealed class PeerSentinel
{
    private readonly MonitorState _monitor;

    public PeerSentinel(MonitorState monitor, string id, InstanceAddress address)
    {
        _monitor = monitor;
        Id = id;
        Address = address;
        HeardAt = monitor.Now;
    }

    public string Id { get; }

    public InstanceAddress Address { get; set; }

    /// <summary>When its last message came, of any kind.</summary>
    public long HeardAt { get; set; }

    /// <summary>Its last hello; null before the first.</summary>
    public SentinelHello? Hello { get; set; }

    public long HelloAt { get; set; }

    /// <summary>When it said that it becomes a candidate; null when it did not, or has given up since.</summary>
    public long? CandidacyHeardAt { get; set; }

    /// <summary>What it voted last, as far as it told.</summary>
    public string Leader { get; set; } = "";

    public long LeaderEpoch { get; set; }

    public bool IsDown { get; private set; }

    public long DownSince { get; private set; }

    public bool IsVoter => _monitor.Voters.Includes(Id);

    public string Details
    {
        get
        {
            var master = _monitor.Master.Address;
            return $"sentinel {Id} {Address.Host} {Address.Port} @ {_monitor.Settings.Name} {master.Host} {master.Port}";
        }
    }

    /// <summary>Its opinion, while fresh: an opinion that is not repeated expires.</summary>
    public bool SeesMasterDown => Hello is { MasterDown: true } hello
        && hello.MasterAddress == _monitor.Master.Address
        && _monitor.Now - HelloAt <= 5 * _monitor.Timings.AskPeriodMs;

    public void MarkDown()
    {
        IsDown = true;
        DownSince = _monitor.Now;
        _monitor.Event(EventLevel.Warning, "+sdown", Details);
    }

    public void MarkUp()
    {
        IsDown = false;
        _monitor.Event(EventLevel.Warning, "-sdown", Details);
    }
}
