using AkkaKv.Simulation.Engine;

namespace AkkaKv.Simulation.Networking;

/// <summary>
/// The network between the processes: per pair and direction it can be cut; what passes takes a delay with jitter. Peer messages may get
/// lost and overtake each other; connections behave like TCP.
/// </summary>
internal sealed class SimulatedNetwork(World world, NetworkOptions options, SimulationRandom random)
{
    private readonly List<Connection> _connections = [];
    private readonly Dictionary<(string From, string To), int> _cuts = [];

    public World World { get; } = world;

    public NetworkOptions Options { get; set; } = options;

    public SimulationRandom Random { get; } = random;

    /// <summary>The connections that at least one side still has.</summary>
    public IReadOnlyList<Connection> Connections => _connections;

    /// <summary>Nothing passes from one to the other until <see cref="Mend"/>; cuts may overlap.</summary>
    public void Cut(SimulatedProcess from, SimulatedProcess to) => _cuts[(from.Name, to.Name)] = _cuts.GetValueOrDefault((from.Name, to.Name)) + 1;

    public void Mend(SimulatedProcess from, SimulatedProcess to)
    {
        _cuts[(from.Name, to.Name)] = Math.Max(0, _cuts.GetValueOrDefault((from.Name, to.Name)) - 1);
        FlushAll();
    }

    public bool IsCut(SimulatedProcess from, SimulatedProcess to) => _cuts.GetValueOrDefault((from.Name, to.Name)) > 0;

    /// <summary>One way, in microseconds.</summary>
    public long DrawDelayUs() => Random.Between(Options.DelayMinUs, Options.DelayMaxUs)
        + (Random.Chance(Options.SpikeChance) ? Random.Between(0, Options.SpikeMaxUs) : 0);

    /// <summary>A message that arrives once, late, after a later one, or never.</summary>
    public void SendDatagram(SimulatedProcess from, SimulatedProcess to, string what, Action arrive)
    {
        if (IsCut(from, to) || Random.Chance(Options.LossChance))
        {
            if (World.Trace.IsDetailed)
                World.Trace.Note(from.Name, $"-x {to.Name} {what}");
            return;
        }
        World.Queue.After(DrawDelayUs(), () =>
        {
            if (IsCut(from, to))
                return;
            if (World.Trace.IsDetailed)
                World.Trace.Note(from.Name, $"-> {to.Name} {what}");
            to.Deliver(to.Incarnation, arrive);
        });
    }

    /// <summary>Connects; the endpoint says what comes of it.</summary>
    public Endpoint Connect(SimulatedProcess from, SimulatedProcess to, ConnectionKind kind)
    {
        var connection = new Connection(this, from, to, kind);
        _connections.Add(connection);
        connection.Open();
        return connection.Initiator;
    }

    public void OnStarted(SimulatedProcess process)
    {
        // Retransmissions to the former life now find somebody who answers that it knows of no such connection.
        foreach (var connection in _connections.Where(connection => connection.Involves(process)).ToList())
            connection.Flush();
    }

    public void OnEnded(SimulatedProcess process)
    {
        foreach (var connection in _connections.Where(connection => connection.Involves(process)).ToList())
            connection.ProcessEnded(process);
    }

    public void FlushAll()
    {
        foreach (var connection in _connections.ToList())
            connection.Flush();
    }

    public void Forget(Connection connection) => _connections.Remove(connection);
}
