using AkkaKv.Sentinel;
using AkkaKv.Simulation.DataNodes;
using AkkaKv.Simulation.Engine;
using AkkaKv.Simulation.Networking;

namespace AkkaKv.Simulation.Sentinels;

/// <summary>
/// A sentinel process: hosts a <see cref="MasterMonitor"/> as its actor does. Effects are performed in order; a write to disk holds up
/// the effects behind it and the inputs that arrive meanwhile; the process may die between any two effects.
/// </summary>
internal sealed class SentinelHost : SimulatedProcess
{
    private readonly SimulationRandom _random;
    private readonly SentinelOutbox _outbox = new();
    private readonly Queue<SentinelEffect> _effects = new();
    private readonly Queue<SentinelInput> _inputs = new();
    private readonly Dictionary<int, (Endpoint Endpoint, Queue<CommandTag> Tags)> _links = [];
    private readonly DeadlineTimer _timer;
    private MasterState? _beingWritten;
    private bool _isPerforming;
    private bool _crashesAtEffects;

    public SentinelHost(World world, string id, int port, SimulationRandom random)
        : base(world, id)
    {
        _random = random;
        Identity = new SentinelIdentity(id, new InstanceAddress("10.0.1.1", port));
        Disk = new SentinelDisk(world, id);
        _timer = new DeadlineTimer(this, () => Feed(TimePassed.Instance));
    }

    public SentinelIdentity Identity { get; }

    public SentinelDisk Disk { get; }

    public MasterMonitor? Monitor { get; private set; }

    /// <summary>Whether it distrusts its clock, as it says itself.</summary>
    public bool InTilt { get; private set; }

    /// <summary>How many replicas it has met.</summary>
    public int KnownReplicas { get; private set; }

    /// <summary>From now on it may die between two effects.</summary>
    public void AllowCrashes(bool allowed) => _crashesAtEffects = allowed;

    public void Feed(SentinelInput input)
    {
        _inputs.Enqueue(input);
        Work();
    }

    protected override void OnStart()
    {
        var restored = Disk.Read();
        var options = World.Options.Sentinels;
        var voters = World.Sabotage == Sabotage.EverybodyElectsItself ? DeclaredVoters.Of(Name)
            : options.VotersById ? DeclaredVoters.Of([.. World.Sentinels.Select(sentinel => sentinel.Name)])
            : DeclaredVoters.Number(World.Sentinels.Count);
        Monitor = new MasterMonitor(Identity, options.Settings, new SentinelTimings(), voters, restored, Now, _random.Next());
        InTilt = false;
        Feed(TimePassed.Instance);
        if (!options.GossipFindsPeers)
            return;
        foreach (var peer in World.Sentinels)
        {
            if (peer != this)
                After(_random.Between(50, 1_500), () => Feed(new PeerFound(peer.Name, peer.Identity.Address)));
        }
    }

    protected override void OnEnd()
    {
        // A write that was under way is on the disk or is not.
        if (_beingWritten is { } state && _random.Chance(0.5))
            Disk.Write(state);
        _beingWritten = null;
        Monitor = null;
        _isPerforming = false;
        _effects.Clear();
        _inputs.Clear();
        _outbox.Clear();
        _links.Clear();
    }

    /// <summary>Performs what is to be performed, then takes the next input, until the disk makes it wait or nothing is left.</summary>
    private void Work()
    {
        if (_isPerforming)
            return;
        _isPerforming = true;
        while (Monitor is { } monitor)
        {
            if (_effects.TryDequeue(out var effect))
            {
                if (!Perform(effect))
                    return;
                continue;
            }
            if (!_inputs.TryDequeue(out var input))
            {
                _isPerforming = false;
                _timer.Arm(monitor.NextDeadline, Now);
                return;
            }
            monitor.Step(Now, input, _outbox);
            foreach (var next in InOrder())
                _effects.Enqueue(next);
            _outbox.Clear();
        }
    }

    private IEnumerable<SentinelEffect> InOrder() => World.Sabotage == Sabotage.MessagesLeaveFirst
        ? _outbox.OrderBy(effect => effect is Persist ? 1 : 0)
        : _outbox;

    /// <summary>False when the rest must wait for the disk, or when the process died.</summary>
    private bool Perform(SentinelEffect effect)
    {
        if (effect is Persist persist)
        {
            if (!WriteDown(persist.State))
                return false;
        }
        else
        {
            PerformAtOnce(effect);
        }
        if (_crashesAtEffects && _random.Chance(World.Options.Sentinels.CrashPerEffect))
        {
            World.Faults.CrashAtEffect(this, effect.GetType().Name);
            return false;
        }
        return true;
    }

    private bool WriteDown(MasterState state)
    {
        if (!_random.Chance(World.Options.Sentinels.SlowDiskChance))
        {
            Disk.Write(state);
            return true;
        }
        _beingWritten = state;
        After(_random.Between(1, World.Options.Sentinels.SlowDiskMaxMs), () =>
        {
            _beingWritten = null;
            Disk.Write(state);
            _isPerforming = false;
            Work();
        });
        return false;
    }

    private void PerformAtOnce(SentinelEffect effect)
    {
        switch (effect)
        {
            case OpenLink open:
                Open(open);
                break;
            case CloseLink close:
                if (_links.Remove(close.Link, out var closed))
                    closed.Endpoint.Close();
                break;
            case SendCommand send:
                Send(send);
                break;
            case TellPeer tell:
                Tell(World.Sentinels.First(sentinel => sentinel.Name == tell.PeerId), tell.Message);
                break;
            case TellPeers tell:
                foreach (var peer in World.Sentinels)
                {
                    if (peer != this)
                        Tell(peer, tell.Message);
                }
                break;
            case PublishEvent happened:
                OnEvent(happened);
                break;
            case WriteLog line:
                World.Trace.Note(Name, line.Line);
                break;
            case RecordTimeline record:
                World.Statistics.Count(record.Timeline.Outcome);
                break;
            case AnnounceMaster announcement:
                World.Checks.Configurations.Announced(Name, announcement);
                World.TellClient(this, announcement);
                break;
            case SummaryChanged changed:
                InTilt = changed.Summary.InTilt;
                KnownReplicas = changed.Summary.Replicas;
                break;
            default:
                throw new InvalidOperationException($"Unknown effect {effect}.");
        }
    }

    private void OnEvent(PublishEvent happened)
    {
        World.Trace.Note(Name, $"{happened.Channel} {happened.Message}");
        if (happened.Channel == "+elected-leader")
            World.Checks.Leaders.Elected(Name, Disk.State);
    }

    private void Tell(SentinelHost peer, PeerMessage message)
    {
        if (World.Sabotage == Sabotage.VoterGrantsEverybody && message is VoteReply reply)
            message = reply with { Leader = peer.Name };
        World.Checks.Durability.Told(Name, Disk.State, message);
        World.Checks.Votes.Told(Name, message);
        World.Checks.Leaders.Told(Name, message);
        World.Network.SendDatagram(this, peer, message.GetType().Name, () => peer.Feed(new PeerMessageArrived(message)));
    }

    private void Open(OpenLink open)
    {
        var endpoint = World.Network.Connect(this, World.NodeAt(open.Address), ConnectionKind.Sentinel);
        var tags = new Queue<CommandTag>();
        _links[open.Link] = (endpoint, tags);
        endpoint.Opened = () => FeedFrom(open.Link, endpoint, new LinkOpened(open.Link));
        endpoint.Received = payload =>
        {
            var reply = (InstanceReply)payload;
            FeedFrom(open.Link, endpoint, new ReplyArrived(open.Link, tags.Dequeue(), reply.Kind, reply.Text));
        };
        endpoint.Closed = reason =>
        {
            if (!IsCurrent(open.Link, endpoint))
                return;
            _links.Remove(open.Link);
            Feed(new LinkLost(open.Link, reason == CloseReason.Refused ? LinkFailure.Refused : LinkFailure.Reset));
        };
    }

    private void Send(SendCommand send)
    {
        if (!_links.TryGetValue(send.Link, out var link))
            return;
        World.Checks.Durability.Ordered(Name, Disk.State, send);
        link.Tags.Enqueue(send.Tag);
        link.Endpoint.Send(new InstanceRequest(send.Arguments));
    }

    private void FeedFrom(int link, Endpoint endpoint, SentinelInput input)
    {
        if (IsCurrent(link, endpoint))
            Feed(input);
    }

    private bool IsCurrent(int link, Endpoint endpoint) => _links.TryGetValue(link, out var current) && current.Endpoint == endpoint;
}
