using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Membership;
using Akka.Remote;

namespace AkkaKv.Runtime.Tests.Membership;

/// <summary>
/// Several membership machines under a virtual clock and a network that loses, delays and reorders messages and can be cut, all
/// drawn from one seed. While it runs it checks what must hold at every moment: a removed incarnation never comes back.
/// </summary>
internal sealed class SimulatedCluster
{
    private readonly Random _random;
    private readonly PriorityQueue<(Address From, Address To, ClusterMessage Message), (long At, long Order)> _network = new();
    private readonly Dictionary<Address, SimulatedNode> _nodes = [];
    private readonly Func<MembershipSettings, MembershipSettings> _configure;
    private Func<Address, Address, bool> _cut = (_, _) => false;
    private long _order;
    private int _incarnations;

    public SimulatedCluster(int seed, IEnumerable<string> hosts, Func<MembershipSettings, MembershipSettings>? configure = null)
    {
        Seed = seed;
        _random = new Random(seed);
        _configure = configure ?? (s => s);
        Addresses = [.. hosts.Select(h => new Address("akka.tcp", "test", h, 1000))];
    }

    public int Seed { get; }

    public ImmutableList<Address> Addresses { get; }

    public long Now { get; private set; }

    /// <summary>The share of messages that get lost.</summary>
    public double Loss { get; set; } = 0.1;

    public IEnumerable<SimulatedNode> Running => _nodes.Values.Where(n => n.Machine.CurrentPhase != MembershipMachine.Phase.Stopped);

    public SimulatedNode this[string host] => _nodes[Addresses.Find(a => a.Host == host)!];

    /// <summary>Starts a node, or a new incarnation where one ran before, and lets it join; all addresses are seed nodes.</summary>
    public void Start(string host, params string[] roles)
    {
        var address = Addresses.Find(a => a.Host == host)!;
        var self = new UniqueAddress(address, ++_incarnations);
        var settings = _configure(FastSettings) with { Roles = [.. roles] };
        var node = new SimulatedNode(self, new MembershipMachine(self, settings, (ulong)_random.NextInt64()));
        _nodes[address] = node;
        Step(node, new MembershipInput.JoinSeedNodes(Addresses));
    }

    public void StartAll()
    {
        foreach (var address in Addresses)
            Start(address.Host!);
    }

    /// <summary>The process is gone, without a word.</summary>
    public void Crash(string host) => _nodes.Remove(this[host].Self.Address);

    /// <summary>Messages pass only between hosts of the same group.</summary>
    public void Partition(params string[][] groups) =>
        _cut = (from, to) => Array.FindIndex(groups, g => g.Contains(from.Host)) != Array.FindIndex(groups, g => g.Contains(to.Host));

    /// <summary>The process stands still; what is sent to it waits in its sockets.</summary>
    public void Pause(string host, long durationMs) => this[host].PausedUntil = Now + durationMs;

    public void Heal() => _cut = (_, _) => false;

    public void Tell(string host, MembershipInput input) => Step(this[host], input);

    /// <summary>Runs until the condition holds; fails when it does not within the time.</summary>
    public void RunUntil(Func<bool> condition, long withinMs, string what)
    {
        var deadline = Now + withinMs;
        while (!condition())
        {
            Assert.True(Now < deadline, $"seed {Seed}: {what} not within {withinMs} ms\n{Describe()}");
            Advance(deadline);
        }
    }

    public void RunFor(long durationMs)
    {
        var until = Now + durationMs;
        while (Now < until)
            Advance(until);
    }

    /// <summary>All of these, and nobody else, are Up everywhere, everybody knows that everybody agrees, and all see one leader.</summary>
    public bool IsConvergedOn(params IEnumerable<string> hosts)
    {
        var expected = hosts.Order(StringComparer.Ordinal).ToList();
        return expected.All(h => _nodes.ContainsKey(Addresses.Find(a => a.Host == h)!) && this[h].Machine is { CurrentPhase: MembershipMachine.Phase.Member } machine
            && machine.IsConverged
            && machine.Gossip.Members.Values.All(m => m.Status == MemberStatus.Up)
            && machine.Gossip.Members.Values.Select(m => m.Address.Host!).SequenceEqual(expected)
            && machine.Gossip.Members.Values.All(m => m.UniqueAddress.Equals(this[m.Address.Host!].Self))
            && expected[0] == machine.Gossip.Leader(this[h].Self)!.Address.Host);
    }

    public string Describe() => string.Join("\n", _nodes.Values.Select(n =>
        $"  {n.Self.Address.Host}#{n.Self.Uid} {n.Machine.CurrentPhase}: {string.Join(", ", n.Machine.Gossip.Members.Values.Select(m => $"{m.Address.Host}#{m.UniqueAddress.Uid} {m.Status}"))}"
        + $" unreachable [{string.Join(",", n.Machine.Gossip.Unreachable.Select(u => u.Address.Host))}] version {n.Machine.Gossip.Version} seen [{string.Join(",", n.Machine.Gossip.Seen.Select(u => u.Address.Host))}]"));

    private static MembershipSettings FastSettings => new()
    {
        SeedNodeTimeoutMs = 1000,
        RetryUnsuccessfulJoinAfterMs = 2000,
        GossipIntervalMs = 200,
        LeaderActionsIntervalMs = 200,
        UnreachableNodesReaperIntervalMs = 200,
        HeartbeatIntervalMs = 200,
        HeartbeatExpectedResponseAfterMs = 500,
        WeaklyUpAfterMs = 1500,
        FailureDetector = new PhiAccrualSettings(8.0, 1000, 100, 2000, 200),
    };

    private void Advance(long limit)
    {
        var next = _nodes.Values.Select(n => n.Deadline).DefaultIfEmpty(long.MaxValue).Min();
        var hasMessage = _network.TryPeek(out _, out var at);
        if (Math.Min(next, hasMessage ? at.At : long.MaxValue) > limit)
        {
            Now = limit;
            return;
        }
        if (hasMessage && at.At <= next)
        {
            Now = Math.Max(Now, at.At);
            var (from, to, message) = _network.Dequeue();
            if (_cut(from, to) || !_nodes.TryGetValue(to, out var node))
                return;
            if (node.PausedUntil > Now)
                _network.Enqueue((from, to, message), (node.PausedUntil, _order++));
            else
                Step(node, new MembershipInput.Received(message));
            return;
        }
        Now = Math.Max(Now, next);
        foreach (var node in _nodes.Values.Where(n => n.Deadline <= Now).ToList())
            Step(node, MembershipInput.Tick.Instance);
    }

    private void Step(SimulatedNode node, MembershipInput input)
    {
        var outbox = new List<MembershipEffect>();
        node.Machine.Step(Now, input, outbox);
        foreach (var effect in outbox)
        {
            node.Record(effect, Seed);
            switch (effect)
            {
                case MembershipEffect.Send send when _random.NextDouble() >= Loss:
                    _network.Enqueue((node.Self.Address, send.To, send.Message), (Now + 1 + _random.Next(20), _order++));
                    break;
                case MembershipEffect.SelfExiting:
                    Step(node, MembershipInput.ExitingCompleted.Instance);
                    break;
            }
        }
    }
}

/// <summary>One machine and what it has announced.</summary>
internal sealed class SimulatedNode(UniqueAddress self, MembershipMachine machine)
{
    private readonly HashSet<UniqueAddress> _removed = [];

    public UniqueAddress Self { get; } = self;

    public MembershipMachine Machine { get; } = machine;

    public long PausedUntil { get; set; }

    public long Deadline => Math.Max(Machine.NextDeadline, PausedUntil);

    public List<ClusterEvent.IClusterDomainEvent> Events { get; } = [];

    public List<UniqueAddress> Quarantined { get; } = [];

    public MembershipEffect.Stopped? Stopped { get; private set; }

    public void Record(MembershipEffect effect, int seed)
    {
        switch (effect)
        {
            case MembershipEffect.Publish { Event: var published }:
                Events.Add(published);
                if (published is ClusterEvent.MemberRemoved removed)
                    _removed.Add(removed.Member.UniqueAddress);
                else if (published is ClusterEvent.IMemberEvent change)
                    Assert.False(_removed.Contains(change.Member.UniqueAddress), $"seed {seed}: {change} after its removal");
                break;
            case MembershipEffect.Quarantine { Node: var node }:
                Quarantined.Add(node);
                break;
            case MembershipEffect.Stopped stopped:
                Stopped = stopped;
                break;
        }
    }
}
