using AkkaKv.Sentinel;
using AkkaKv.Simulation.DataNodes;
using AkkaKv.Simulation.Engine;
using AkkaKv.Simulation.Networking;

namespace AkkaKv.Simulation.Clients;

/// <summary>How the client of a world behaves.</summary>
/// <param name="WritePeriodMs">Between two writes.</param>
/// <param name="ValueLengthMax">Longest value.</param>
/// <param name="PipelineMax">How many writes it sends before it waits for an answer.</param>
/// <param name="WaitChance">How often it wants one or two replicas to confirm a write (WAIT).</param>
internal sealed record ClientOptions(long WritePeriodMs, int ValueLengthMax, int PipelineMax, double WaitChance);

/// <summary>
/// A client, or a gateway: it writes to whoever the newest configuration says is master, never sends a write twice, and remembers which
/// ones were acknowledged.
/// </summary>
internal sealed class WritingClient : SimulatedProcess
{
    private const long ReplyTimeoutMs = 1_000;
    private const long ReconnectMs = 100;
    private const long AskPeriodMs = 1_000;
    private const long DistrustMs = 10_000;

    private readonly SimulationRandom _random;
    private readonly HashSet<long> _outstanding = [];
    private AnnounceMaster _master;
    private Endpoint? _endpoint;
    private long _waitsSince;
    private long _lastNumber;
    private long _connectAt;
    private long _servedAt;

    public WritingClient(World world, SimulationRandom random, InstanceAddress declaredMaster)
        : base(world, "client")
    {
        _random = random;
        _master = new AnnounceMaster("mymaster", declaredMaster, 0);
    }

    /// <summary>True once the last write it wanted is done.</summary>
    public bool IsServed { get; private set; }

    /// <summary>No new writes except one now and then, until one succeeds.</summary>
    public bool IsFinishing { get; set; }

    /// <summary>A sentinel says who is master.</summary>
    public void OnAnnounced(AnnounceMaster announcement)
    {
        // Newer is better, except that a configuration under which nothing works for long may have been forgotten by all who made it.
        var isOlder = announcement.ConfigEpoch < _master.ConfigEpoch && Now - _servedAt < DistrustMs;
        if (isOlder || announcement == _master)
            return;
        var isElsewhere = announcement.Address != _master.Address;
        _master = announcement;
        if (!isElsewhere)
            return;
        World.Trace.Note(Name, $"turns to {announcement.Address}, epoch {announcement.ConfigEpoch}");
        Disconnect();
        _connectAt = Now;
    }

    protected override void OnStart()
    {
        _servedAt = Now;
        After(1, Work);
        After(AskPeriodMs, Ask);
    }

    protected override void OnEnd() => throw new InvalidOperationException("The client does not die.");

    private void Work()
    {
        if (_endpoint is null)
            Connect();
        else if (_outstanding.Count > 0 && Now - _waitsSince > ReplyTimeoutMs || _endpoint.IsConnecting && Now - _waitsSince > ReplyTimeoutMs)
            Disconnect();
        else if (_endpoint.IsOpen && _outstanding.Count < World.Options.Client.PipelineMax && !(IsFinishing && IsServed))
            Write(_endpoint);
        After(_random.Between(1, 2 * World.Options.Client.WritePeriodMs), Work);
    }

    private void Write(Endpoint endpoint)
    {
        if (_outstanding.Count == 0)
            _waitsSince = Now;
        var number = ++_lastNumber;
        _outstanding.Add(number);
        endpoint.Send(new WriteRequest(number, (int)_random.Between(1, World.Options.Client.ValueLengthMax), _random.Chance(World.Options.Client.WaitChance) ? (int)_random.Between(1, 2) : 0));
    }

    private void Connect()
    {
        if (Now < _connectAt)
            return;
        _waitsSince = Now;
        var endpoint = World.Network.Connect(this, World.NodeAt(_master.Address), ConnectionKind.Client);
        _endpoint = endpoint;
        endpoint.Received = payload => OnReply((WriteReply)payload);
        endpoint.Closed = _ =>
        {
            if (endpoint == _endpoint)
                Disconnect();
        };
    }

    private void OnReply(WriteReply reply)
    {
        _waitsSince = Now;
        _outstanding.Remove(reply.Number);
        if (reply.Error is not null)
        {
            Disconnect();
            return;
        }
        _servedAt = Now;
        World.Checks.Writes.Acknowledged(reply.Number);
        if (IsFinishing)
            IsServed = true;
    }

    /// <summary>What is outstanding is neither done nor not done: nobody knows.</summary>
    private void Disconnect()
    {
        _endpoint?.Close();
        _endpoint = null;
        _outstanding.Clear();
        _connectAt = Now + ReconnectMs;
    }

    private void Ask()
    {
        World.AskSentinel(this, World.Sentinels[(int)_random.Between(0, World.Sentinels.Count - 1)]);
        After(AskPeriodMs, Ask);
    }
}
