using AkkaKv.Simulation.DataNodes;
using AkkaKv.Simulation.Engine;
using AkkaKv.Simulation.Networking;
using AkkaKv.Simulation.Sentinels;

namespace AkkaKv.Simulation.Faults;

/// <summary>Makes things go wrong, and right again.</summary>
internal sealed class FaultInjector(World world, FaultOptions options, SimulationRandom random)
{
    private readonly List<Action> _remedies = [];
    private bool _isOver;
    private SentinelHost? _hasLostDisk;

    /// <summary>Faults happen from now on.</summary>
    public void Begin()
    {
        foreach (var sentinel in world.Sentinels)
            sentinel.AllowCrashes(true);
        Next();
    }

    /// <summary>Everything is repaired, and stays so.</summary>
    public void End()
    {
        _isOver = true;
        foreach (var sentinel in world.Sentinels)
            sentinel.AllowCrashes(false);
        foreach (var remedy in _remedies.ToList())
            remedy();
        _remedies.Clear();
        world.Network.Options = NetworkOptions.Calm;
    }

    /// <summary>A sentinel dies between two effects.</summary>
    public void CrashAtEffect(SentinelHost sentinel, string effect)
    {
        Note(FaultKind.KillSentinel, $"{sentinel.Name} dies after {effect}");
        sentinel.Kill(powerOff: random.Chance(0.2));
        Remedy(DrawDuration(), () => Revive(sentinel));
    }

    private void Next()
    {
        if (_isOver || options.Kinds.Count == 0)
            return;
        Inject(options.Kinds[(int)random.Between(0, options.Kinds.Count - 1)]);
        world.Queue.AfterMs(random.Between(1, options.PeriodMaxMs), Next);
    }

    private void Inject(FaultKind kind)
    {
        var durationMs = DrawDuration();
        switch (kind)
        {
            case FaultKind.KillNode or FaultKind.ShutDownNode or FaultKind.PowerOffNode or FaultKind.LoseNodeDisk:
                EndNode(PickNode(), kind, durationMs);
                break;
            case FaultKind.KillMaster when world.IsHealthy:
                // Long enough that its death is noticed: a master that is back before that, with nothing on its disk, empties its replicas.
                EndNode(world.Nodes.Single(node => node.IsMaster), kind, durationMs + 2 * world.Options.Sentinels.Settings.DownAfterMs);
                break;
            case FaultKind.KillMaster:
                break;
            case FaultKind.PauseNode:
                Pause(PickNode(), kind, durationMs);
                break;
            case FaultKind.KillSentinel or FaultKind.PowerOffSentinel or FaultKind.LoseSentinelDisk:
                EndSentinel(PickSentinel(), kind, durationMs);
                break;
            case FaultKind.PauseSentinel:
                Pause(PickSentinel(), kind, durationMs);
                break;
            case FaultKind.JumpClock:
                JumpClock(PickSentinel());
                break;
            case FaultKind.Isolate:
                var lonely = PickAnybody();
                Cut(kind, lonely.Name, durationMs, (one, other) => one == lonely || other == lonely);
                break;
            case FaultKind.Split:
                var side = world.Processes.Where(_ => random.Chance(0.5)).ToHashSet();
                Cut(kind, string.Join(' ', side.Select(process => process.Name)), durationMs, (one, other) => side.Contains(one) != side.Contains(other));
                break;
            case FaultKind.CutOneWay:
                var (from, to) = (PickAnybody(), PickAnybody());
                Cut(kind, $"{from.Name} to {to.Name}", durationMs, (one, other) => one == from && other == to);
                break;
            case FaultKind.BreakConnection:
                WithConnection(kind, connection => connection.Break());
                break;
            case FaultKind.StallConnection:
                WithConnection(kind, connection => connection.Stall(durationMs));
                break;
            case FaultKind.BadWeather:
                Note(kind, "");
                world.Network.Options = new NetworkOptions(500, random.Between(1_000, 200_000), 0.05, 1_000_000, 0.3, 0.5);
                Remedy(durationMs, () => world.Network.Options = world.Options.Network);
                break;
            case FaultKind.ManualFailover:
                var asked = PickSentinel();
                Note(kind, asked.Name);
                if (asked.IsAlive)
                    asked.Deliver(asked.Incarnation, () => asked.Feed(new AkkaKv.Sentinel.FailoverRequested()));
                break;
        }
    }

    private void EndNode(DataNode node, FaultKind kind, long durationMs)
    {
        if (!node.IsAlive)
            return;
        Note(kind, node.Name);
        if (kind == FaultKind.ShutDownNode)
            node.Save();
        if (kind == FaultKind.LoseNodeDisk)
            node.Disk = null;
        node.Kill(powerOff: kind == FaultKind.PowerOffNode);
        Remedy(durationMs, () => Revive(node));
    }

    private void EndSentinel(SentinelHost sentinel, FaultKind kind, long durationMs)
    {
        // Votes are safe as long as a majority remembers: one of the three may lose its disk, as often as it likes.
        if (kind == FaultKind.LoseSentinelDisk)
            sentinel = _hasLostDisk ??= sentinel;
        if (!sentinel.IsAlive)
            return;
        Note(kind, sentinel.Name);
        sentinel.Kill(powerOff: kind == FaultKind.PowerOffSentinel);
        if (kind == FaultKind.LoseSentinelDisk)
            sentinel.Disk.Lose();
        Remedy(durationMs, () => Revive(sentinel));
    }

    private void Pause(SimulatedProcess process, FaultKind kind, long durationMs)
    {
        if (!process.IsAlive)
            return;
        Note(kind, process.Name);
        process.Pause();
        Remedy(durationMs, () =>
        {
            world.Trace.Note("fault", $"{process.Name} goes on");
            process.Resume();
        });
    }

    private void JumpClock(SentinelHost sentinel)
    {
        var jumpMs = random.Between(-10_000, 10_000);
        Note(FaultKind.JumpClock, $"{sentinel.Name} by {jumpMs} ms");
        sentinel.ClockOffsetMs += jumpMs;
    }

    private void Cut(FaultKind kind, string what, long durationMs, Func<SimulatedProcess, SimulatedProcess, bool> isBetween)
    {
        Note(kind, what);
        var pairs = new List<(SimulatedProcess From, SimulatedProcess To)>();
        foreach (var from in world.Processes)
        {
            foreach (var to in world.Processes)
            {
                if (from != to && isBetween(from, to))
                    pairs.Add((from, to));
            }
        }
        foreach (var (from, to) in pairs)
            world.Network.Cut(from, to);
        Remedy(durationMs, () =>
        {
            world.Trace.Note("fault", $"over: {kind} {what}");
            foreach (var (from, to) in pairs)
                world.Network.Mend(from, to);
        });
    }

    private void WithConnection(FaultKind kind, Action<Connection> spoil)
    {
        var connections = world.Network.Connections.Where(connection => connection.IsEstablished).ToList();
        if (connections.Count == 0)
            return;
        var connection = connections[(int)random.Between(0, connections.Count - 1)];
        Note(kind, $"{connection.Initiator.Process.Name} {connection.Acceptor.Process.Name}");
        spoil(connection);
    }

    private void Note(FaultKind kind, string whom)
    {
        world.Trace.Note("fault", $"{kind} {whom}");
        world.Statistics.Count(kind);
    }

    private static void Revive(SimulatedProcess process)
    {
        if (!process.IsAlive)
            process.Start();
    }

    /// <summary>Undoes a fault after a while, or at the end of all faults.</summary>
    private void Remedy(long durationMs, Action remedy)
    {
        _remedies.Add(remedy);
        world.Queue.AfterMs(durationMs, () =>
        {
            if (_remedies.Remove(remedy))
                remedy();
        });
    }

    /// <summary>As often short as long: a third within a tenth of the longest.</summary>
    private long DrawDuration() => random.Between(1, random.Chance(0.33) ? Math.Max(1, options.DurationMaxMs / 10) : options.DurationMaxMs);

    private DataNode PickNode()
    {
        // Every second time whoever is master, for that is where it hurts.
        var masters = world.Nodes.Where(node => node.IsAlive && node.IsMaster).ToList();
        var candidates = masters.Count > 0 && random.Chance(0.5) ? masters : [.. world.Nodes];
        return candidates[(int)random.Between(0, candidates.Count - 1)];
    }

    private SentinelHost PickSentinel() => world.Sentinels[(int)random.Between(0, world.Sentinels.Count - 1)];

    private SimulatedProcess PickAnybody() => world.Processes[(int)random.Between(0, world.Processes.Count - 1)];
}
