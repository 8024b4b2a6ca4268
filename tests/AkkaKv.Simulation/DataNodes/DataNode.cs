using AkkaKv.Protocol;
using AkkaKv.Replication;
using AkkaKv.Sentinel;
using AkkaKv.Simulation.Checkers;
using AkkaKv.Simulation.Engine;
using AkkaKv.Simulation.Networking;

namespace AkkaKv.Simulation.DataNodes;

/// <summary>A data node: the replication cores with their effects performed, and as much of a server as sentinels and clients need.</summary>
internal sealed class DataNode : SimulatedProcess, IAcceptor
{
    private const long UpkeepPeriodMs = 1_000;

    private readonly SimulationRandom _random;
    private readonly List<Downlink> _downlinks = [];
    private readonly List<Endpoint> _clients = [];
    private readonly List<UpkeepEffect> _upkeepEffects = [];
    private StreamUpkeep _upkeep = new();
    private WaitDesk? _waits;
    private long _lastNumber;
    private (bool IsMaster, InstanceAddress? Master, bool IsUp) _lastStatus;

    public DataNode(World world, InstanceAddress address, InstanceAddress? declaredMaster, SimulationRandom random)
        : base(world, $"d{address.Port % 100}")
    {
        Address = address;
        DeclaredMaster = declaredMaster;
        _random = random;
        History = new ReplicationHistory(new ReplicationBuffer(), ReplicationId.None);
    }

    public InstanceAddress Address { get; }

    /// <summary>What its configuration file says; changes only where orders are remembered.</summary>
    public InstanceAddress? DeclaredMaster { get; private set; }

    /// <summary>The last RDB file.</summary>
    public SavedSnapshot? Disk { get; set; }

    public DataNodeOptions Options => World.Options.Nodes;

    public NodeData Data { get; private set; } = new();

    public ReplicationHistory History { get; private set; }

    public ReplicaRoster Roster { get; private set; } = new();

    public Uplink? Uplink { get; private set; }

    public string RunId { get; private set; } = "";

    public bool IsMaster => Uplink is null;

    public InstanceAddress? MasterAddress => Uplink?.Master;

    /// <summary>Whether it may answer PSYNC: a replica that has no master to pass on has nothing to give.</summary>
    public bool CanServeReplicas => Uplink is null || Uplink.State.IsUp();

    public long MonotonicNow => Now;

    public SimulationRandom Random => _random;

    public Sabotage Sabotage => World.Sabotage;

    public void Accept(Endpoint endpoint)
    {
        switch (endpoint.Connection.Kind)
        {
            case ConnectionKind.Replication:
                _downlinks.Add(new Downlink(this, endpoint, ++_lastNumber));
                break;
            case ConnectionKind.Sentinel:
                _clients.Add(endpoint);
                _ = new InstanceSession(this, endpoint);
                break;
            case ConnectionKind.Client:
                _clients.Add(endpoint);
                endpoint.Received = payload => Execute(endpoint, (WriteRequest)payload);
                break;
        }
    }

    /// <summary>REPLICAOF host port.</summary>
    public void Follow(InstanceAddress master)
    {
        if (Uplink is { } present && present.Master == master)
            return;
        World.Trace.Note(Name, $"follows {master}");
        Uplink?.Stop();
        _waits?.RoleChanged();
        History.Follow();
        Uplink = new Uplink(this, master);
        Uplink.Start();
        if (Options.RemembersRole)
            DeclaredMaster = master;
        StatusMayHaveChanged();
    }

    /// <summary>REPLICAOF NO ONE.</summary>
    public void BecomeMaster()
    {
        if (Uplink is null)
            return;
        Uplink.Stop();
        Uplink = null;
        Promote();
        DropReplicas();
        if (Options.RemembersRole)
            DeclaredMaster = null;
        World.Statistics.Promotions++;
        World.Trace.Note(Name, $"is master, history {Short(History.Id)}:{History.Offset}");
        StatusMayHaveChanged();
    }

    /// <summary>Starts to keep history for the first replica.</summary>
    public void StartBacklog()
    {
        if (History.Buffer.IsActive)
            return;
        History.StartBacklog(NextId());
        World.Checks.History.Opened(this, History.Id, null, History.Offset, Data.Numbers);
    }

    /// <summary>Puts bytes into the stream that change no data.</summary>
    public void AppendToStream(ReadOnlySpan<byte> bytes)
    {
        if (History.Buffer.IsActive)
            World.Checks.History.Produced(this, bytes, null);
        History.Buffer.Append(bytes);
        PumpReplicas();
    }

    /// <summary>Applies one command of the master's stream.</summary>
    public void Apply(in Arguments command)
    {
        long? number = null;
        if (command.Count == 3 && command[0].SequenceEqual("SET"u8))
        {
            number = WriteCommand.NumberOf(command[1]) ?? throw new InvariantViolation("stream", $"{Name} is to apply a SET of an unknown key");
            Data.Add(number.Value, command[2].Length);
        }
        else if (!command.Raw.SequenceEqual(StreamCommands.Ping) && !command.Raw.SequenceEqual(StreamCommands.GetAck))
        {
            throw new InvariantViolation("stream", $"{Name} is to apply an unknown command");
        }
        World.Checks.History.Applied(this, command.Raw, number);
        History.Buffer.Append(command.Raw);
        PumpReplicas();
    }

    /// <summary>A snapshot of the master was loaded.</summary>
    public void Adopt(NodeData data, ReplicationId id, long offset)
    {
        Data = data;
        DropReplicas();
        History.AdoptFullSync(id, offset);
        World.Statistics.FullSyncs++;
        World.Trace.Note(Name, $"has loaded {Short(id)}:{offset}, {data.Count} writes");
        World.Checks.History.Positioned(this, "a full resynchronisation");
    }

    /// <summary>The master lets this node continue.</summary>
    public void Continue(ReplicationId id)
    {
        if (History.AdoptContinue(id))
            DropReplicas();
        World.Statistics.PartialSyncs++;
        World.Trace.Note(Name, $"continues {Short(History.Id)}:{History.Offset}");
        World.Checks.History.Positioned(this, "a partial resynchronisation");
    }

    public void Remove(Downlink downlink) => _downlinks.Remove(downlink);

    public void Remove(Endpoint client) => _clients.Remove(client);

    /// <summary>CLIENT KILL TYPE normal, by the client of this connection.</summary>
    public void KillClients(Endpoint except)
    {
        foreach (var client in _clients.Where(client => client != except).ToList())
        {
            client.Close();
            _clients.Remove(client);
        }
    }

    /// <summary>SAVE.</summary>
    public void Save() => Disk = new SavedSnapshot(
        Data.ToRdb(), History.Buffer.IsActive ? History.Id : ReplicationId.None, History.Buffer.IsActive ? History.Offset : 0);

    /// <summary>Tells the sentinels what this node is, if that is another thing than before and nodes do that at all.</summary>
    public void StatusMayHaveChanged()
    {
        var status = (IsMaster, MasterAddress, Uplink?.State.IsUp() ?? false);
        if (!Options.PushesStatus || status == _lastStatus)
            return;
        _lastStatus = status;
        World.TellSentinels(this, new NodeStatus(
            Address,
            RunId,
            IsMaster ? InstanceRole.Master : InstanceRole.Replica,
            MasterAddress,
            Uplink?.State.IsUp() ?? false,
            Uplink?.DownMs ?? 0,
            History.Offset,
            100));
    }

    /// <summary>A replica cannot have more than its master.</summary>
    public void OnAcknowledged(long offset)
    {
        if (offset > History.Offset)
            throw new InvariantViolation("acknowledgement", $"a replica of {Name} confirmed {offset}, but there are {History.Offset} bytes");
        _waits?.Changed();
    }

    /// <summary>Who is counted as having a write has it.</summary>
    public void CheckConfirmed(long number, int replicas)
    {
        var having = World.Checks.History.CountHaving(number, except: Name);
        // As in Redis a replica counts once per link, and the link of its former life may still stand.
        var ports = Replicas().Select(replica => replica.Port).ToList();
        var seenTwice = ports.Count - ports.Distinct().Count();
        if (replicas - seenTwice > having)
            throw new InvariantViolation("acknowledgement", $"{Name} counts {replicas} replicas that have write {number}, but {having} do");
    }

    public void Log(string text) => World.Trace.Note(Name, text);

    /// <summary>Opens a connection for replication.</summary>
    public Endpoint Connect(InstanceAddress master) => World.Network.Connect(this, World.NodeAt(master), ConnectionKind.Replication);

    public IReadOnlyList<ReplicaView> Replicas() => Roster.Views(Now);

    public static string Short(ReplicationId id) => id.ToString()[..6];

    protected override void OnStart()
    {
        Data = new NodeData();
        Roster = new ReplicaRoster();
        _waits = new WaitDesk(this);
        _upkeep = new StreamUpkeep(Options.PingPeriodMs, Options.BacklogTtlMs);
        _lastStatus = default;
        RunId = Convert.ToHexStringLower(_random.Bytes(20));
        History = new ReplicationHistory(new ReplicationBuffer { SizeMax = Options.BacklogBytes }, NextId());
        Restore();
        if (DeclaredMaster is { } master)
            Follow(master);
        After(UpkeepPeriodMs, Upkeep);
        if (Options.SavePeriodMs > 0)
            After(_random.Between(0, Options.SavePeriodMs), SaveNowAndThen);
        StatusMayHaveChanged();
    }

    protected override void OnEnd()
    {
        _downlinks.Clear();
        _clients.Clear();
        Uplink = null;
    }

    private void Restore()
    {
        if (Disk is not { } saved)
        {
            World.Checks.History.Opened(this, History.Id, null, 0, []);
            return;
        }
        Data = NodeData.FromRdb(saved.Rdb);
        if (saved.Id.IsNone)
        {
            World.Checks.History.Opened(this, History.Id, null, 0, Data.Numbers);
            return;
        }
        History.Restore(saved.Id, saved.Offset);
        World.Checks.History.Positioned(this, "a restart");
        if (DeclaredMaster is not null)
            return;
        // A master goes on under a new id, for others may have more of the old history than its file has.
        History.Follow();
        Promote();
    }

    private void Promote()
    {
        var (before, offset) = (History.Id, History.Offset);
        ChoiceChecker.Promoted(World, this, before, offset);
        History.Promote(NextId());
        World.Checks.History.Opened(this, History.Id, before, offset, Data.Numbers);
    }

    private void Execute(Endpoint client, WriteRequest request)
    {
        if (!IsMaster)
        {
            client.Send(new WriteReply(request.Number, "READONLY You can't write against a read only replica."));
            return;
        }
        if (World.Sabotage != Sabotage.MasterForgetsWrites || request.Number % 10 != 0)
        {
            var bytes = WriteCommand.Encode(request.Number, request.ValueLength);
            Data.Add(request.Number, WriteCommand.Value(request.Number, request.ValueLength).Length);
            World.Checks.History.Produced(this, bytes, request.Number);
            History.Buffer.Append(bytes);
            World.Checks.Writes.Executed(this, request.Number);
        }
        PumpReplicas();
        if (request.ReplicasNeeded > 0)
            _waits!.Begin(client, request.Number, request.ReplicasNeeded);
        else
            client.Send(new WriteReply(request.Number, null));
    }

    private void Upkeep()
    {
        _upkeepEffects.Clear();
        _upkeep.Step(Now, IsMaster, Roster.Count, History.Buffer.IsActive, _upkeepEffects);
        foreach (var effect in _upkeepEffects)
        {
            if (effect == UpkeepEffect.AppendPing)
            {
                AppendToStream(StreamCommands.Ping);
                continue;
            }
            History.StopBacklog(NextId());
            World.Checks.History.Opened(this, History.Id, null, History.Offset, Data.Numbers);
        }
        After(UpkeepPeriodMs, Upkeep);
    }

    private void SaveNowAndThen()
    {
        Save();
        After(Options.SavePeriodMs, SaveNowAndThen);
    }

    private void PumpReplicas()
    {
        for (var index = _downlinks.Count - 1; index >= 0; index--)
            _downlinks[index].Pump();
    }

    private void DropReplicas()
    {
        foreach (var downlink in _downlinks.ToList())
            downlink.Close("the history of this node changed");
    }

    private ReplicationId NextId() => ReplicationId.FromRandom(_random.Bytes(ReplicationId.RandomLength));
}
