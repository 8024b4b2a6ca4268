using System.Collections.Immutable;
using System.Text;
using Akka.Remote;

namespace Akka.Cluster.Membership;

/// <summary>
/// Whom this node sends heartbeats to, and what their answers say. All members stand on a ring in the order of a hash, and each
/// watches its next n successors, so every member is watched by n others and the traffic grows with the members, not with their square.
/// </summary>
internal sealed class HeartbeatMonitor
{
    private readonly UniqueAddress _self;
    private readonly MembershipSettings _settings;
    private readonly SortedDictionary<UniqueAddress, Receiver> _receivers = [];
    private long _sequence;

    public HeartbeatMonitor(UniqueAddress self, MembershipSettings settings)
    {
        _self = self;
        _settings = settings;
    }

    /// <summary>Whom it watches now.</summary>
    public IEnumerable<UniqueAddress> Receivers => _receivers.Keys;

    /// <summary>
    /// Follows the membership. A node that left this one's part of the ring while it is suspected stays watched until it is
    /// reachable again or gone, else the suspicion could never be taken back.
    /// </summary>
    public void Update(IReadOnlyCollection<UniqueAddress> members, Func<UniqueAddress, bool> suspected)
    {
        var successors = Successors(members, _self, _settings.MonitoredByNumberOfMembers);
        foreach (var node in successors)
        {
            if (!_receivers.ContainsKey(node))
                _receivers.Add(node, new Receiver(new PhiAccrual(_settings.FailureDetector)));
        }
        foreach (var node in _receivers.Keys.Where(n => !successors.Contains(n) && (!members.Contains(n) || !suspected(n))).ToList())
            _receivers.Remove(node);
    }

    /// <summary>Sends a heartbeat to everybody it watches.</summary>
    public void Beat(long now, List<MembershipEffect> outbox)
    {
        _sequence++;
        foreach (var (node, receiver) in _receivers)
        {
            receiver.FirstBeatAt ??= now;
            outbox.Add(new MembershipEffect.Send(node.Address, new Heartbeat(_self, _sequence)));
        }
    }

    /// <summary>An answer came; one of another incarnation or of somebody not watched is ignored.</summary>
    public void Answered(long now, UniqueAddress node)
    {
        if (_receivers.TryGetValue(node, out var receiver))
            receiver.Detector.Heartbeat(now);
    }

    /// <summary>
    /// Whether the node is believed to be there. A node that has never answered is treated as if its first answer had come in time,
    /// so that the silence since then counts.
    /// </summary>
    public bool IsAvailable(long now, UniqueAddress node)
    {
        var receiver = _receivers[node];
        if (!receiver.Detector.IsMonitoring && receiver.FirstBeatAt is { } first && now - first >= _settings.HeartbeatExpectedResponseAfterMs)
            receiver.Detector.Heartbeat(first + _settings.HeartbeatExpectedResponseAfterMs);
        return receiver.Detector.IsAvailable(now);
    }

    /// <summary>The next <paramref name="count"/> nodes behind <paramref name="self"/> on the ring.</summary>
    internal static ImmutableSortedSet<UniqueAddress> Successors(IReadOnlyCollection<UniqueAddress> members, UniqueAddress self, int count)
    {
        var others = members.Where(m => !m.Equals(self)).ToList();
        if (others.Count <= count)
            return [.. others];
        var place = (RingHash(self), self);
        return
        [
            .. others.Select(node => (Hash: RingHash(node), Node: node))
                .OrderBy(n => (n.Hash, n.Node).CompareTo(place) < 0)
                .ThenBy(n => n.Hash).ThenBy(n => n.Node)
                .Take(count).Select(n => n.Node),
        ];
    }

    /// <summary>FNV-1a of the address and uid, finished with an avalanche step: the same on every node, and spread out.</summary>
    private static ulong RingHash(UniqueAddress node)
    {
        var hash = 14695981039346656037UL;
        foreach (var b in Encoding.UTF8.GetBytes($"{node.Address}#{node.Uid}"))
            hash = (hash ^ b) * 1099511628211UL;
        hash ^= hash >> 33;
        hash *= 0xff51afd7ed558ccdUL;
        return hash ^ (hash >> 33);
    }

    private sealed class Receiver(PhiAccrual detector)
    {
        public PhiAccrual Detector { get; } = detector;

        public long? FirstBeatAt { get; set; }
    }
}
