using AkkaKv.Protocol;
using AkkaKv.Sentinel;

namespace AkkaKv.Tests.Sentinel.World;

/// <summary>The host of one monitor: a process that can crash, with a disk that survives it.</summary>
internal sealed class FakeSentinel(SentinelWorld world, string id, MasterSettings settings, DeclaredVoters voters)
{
    private readonly SentinelOutbox _outbox = new();
    private readonly Dictionary<int, FakeInstance> _links = [];
    private readonly Dictionary<long, string> _votes = [];
    private long _scheduledFor = long.MaxValue;
    private int _incarnation;

    public string Id { get; } = id;

    public MasterMonitor? Monitor { get; private set; }

    public bool IsRunning => Monitor is not null;

    /// <summary>The process stands still until then; what arrives waits in its sockets.</summary>
    public long PausedUntil { get; set; }

    /// <summary>The last thing that was written down.</summary>
    public MasterState? Disk { get; set; }

    public List<FailoverTimeline> Timelines { get; } = [];

    public List<AnnounceMaster> Announcements { get; } = [];

    public MasterSummary? Summary { get; private set; }

    public void Start()
    {
        _incarnation++;
        _scheduledFor = long.MaxValue;
        var port = 26000 + int.Parse(Id[1..]);
        Monitor = new MasterMonitor(
            new SentinelIdentity(Id, new InstanceAddress("127.0.0.1", port)),
            settings,
            new SentinelTimings(),
            voters,
            Disk,
            world.Now,
            (ulong)port);
        Feed(TimePassed.Instance);
    }

    public void Crash()
    {
        _incarnation++;
        Monitor = null;
        _links.Clear();
    }

    public void Feed(SentinelInput input)
    {
        if (Monitor is not { } monitor)
            return;
        if (world.Now < PausedUntil)
        {
            FeedAfter(PausedUntil - world.Now, input);
            return;
        }
        monitor.Step(world.Now, input, _outbox);
        Perform();
        Schedule();
    }

    /// <summary>A command that the monitor answers.</summary>
    public void Execute(SentinelArguments request, ReplyWriter reply)
    {
        MasterCommands.Execute(Monitor ?? throw new InvalidOperationException($"{Id} has crashed."), world.Now, request, reply, _outbox);
        Perform();
        Schedule();
    }

    /// <summary>Delivers an input later, to this incarnation only.</summary>
    public void FeedAfter(long delayMs, SentinelInput input)
    {
        var incarnation = _incarnation;
        world.After(delayMs, () =>
        {
            if (incarnation == _incarnation)
                Feed(input);
        });
    }

    public void LoseLinks(FakeInstance instance, LinkFailure reason, int exceptLink = 0)
    {
        foreach (var (link, _) in _links.Where(entry => entry.Value == instance && entry.Key != exceptLink).ToList())
        {
            _links.Remove(link);
            FeedAfter(SentinelWorld.LatencyMs, new LinkLost(link, reason));
        }
    }

    private void Perform()
    {
        // Performing an effect can crash this sentinel (a scenario asks for that); the rest of its outbox dies with it.
        var incarnation = _incarnation;
        foreach (var effect in _outbox.ToList())
        {
            if (incarnation != _incarnation)
                break;
            Perform(effect);
        }
        _outbox.Clear();
    }

    private void Perform(SentinelEffect effect)
    {
        switch (effect)
        {
            case OpenLink open:
                Open(open);
                break;
            case CloseLink close:
                _links.Remove(close.Link);
                break;
            case SendCommand send:
                Send(send);
                break;
            case Persist persist:
                WriteDown(persist.State);
                break;
            case TellPeer tell:
                world.Deliver(Id, tell.PeerId, Checked(tell.Message));
                break;
            case TellPeers tell:
                world.Broadcast(Id, Checked(tell.Message));
                break;
            case PublishEvent happened:
                world.Log(Id, $"{happened.Channel} {happened.Message}");
                break;
            case WriteLog line:
                world.Log(Id, line.Line);
                break;
            case RecordTimeline record:
                Timelines.Add(record.Timeline);
                break;
            case AnnounceMaster announcement:
                Announcements.Add(announcement);
                break;
            case SummaryChanged changed:
                Summary = changed.Summary;
                break;
            default:
                throw new InvalidOperationException($"Unknown effect {effect}.");
        }
    }

    private void Open(OpenLink open)
    {
        if (world.Instance(open.Address.Port) is not { } instance || !world.CanTalk(Id, instance.Port.ToString()))
            return;
        if (!instance.IsAlive)
        {
            FeedAfter(SentinelWorld.LatencyMs, new LinkLost(open.Link, LinkFailure.Refused));
            return;
        }
        _links[open.Link] = instance;
        FeedAfter(SentinelWorld.LatencyMs, new LinkOpened(open.Link));
    }

    private void Send(SendCommand send)
    {
        if (!_links.TryGetValue(send.Link, out var instance))
            return;
        var incarnation = _incarnation;
        world.After(SentinelWorld.LatencyMs, () =>
        {
            if (incarnation != _incarnation || !_links.ContainsKey(send.Link))
                return;
            if (!instance.IsAlive || instance.IsFrozen || !world.CanTalk(Id, instance.Port.ToString()))
                return;
            var (kind, text) = instance.Execute(Id, send.Link, send.Arguments);
            FeedAfter(SentinelWorld.LatencyMs, new ReplyArrived(send.Link, send.Tag, kind, text));
        });
    }

    private void WriteDown(MasterState state)
    {
        Assert.True(Disk is null || state.CurrentEpoch >= Disk.CurrentEpoch, $"{Id} took its epoch back.");
        Assert.True(Disk is null || state.ConfigEpoch >= Disk.ConfigEpoch, $"{Id} took its config epoch back.");
        if (state.LeaderEpoch > 0)
        {
            Assert.True(
                !_votes.TryGetValue(state.LeaderEpoch, out var voted) || voted == state.Leader,
                $"{Id} voted twice in epoch {state.LeaderEpoch}.");
            _votes[state.LeaderEpoch] = state.Leader;
        }
        // What is written can be read.
        Disk = SentinelStateCodec.Decode(SentinelStateCodec.Encode(SentinelState.New(Id).With(state))).Find(state.Name);
    }

    /// <summary>Nothing is told that is not durable.</summary>
    private PeerMessage Checked(PeerMessage message)
    {
        var leaderEpoch = message switch
        {
            VoteReply reply => reply.LeaderEpoch,
            VoteRequest request => request.Epoch,
            SentinelHello hello => hello.LeaderEpoch,
            _ => 0,
        };
        Assert.True(leaderEpoch <= (Disk?.LeaderEpoch ?? 0), $"{Id} told a vote that it had not written down: {message}");
        if (message is SentinelHello { Phase: FailoverPhase.Leading } leading)
            world.Leads(Id, leading.FailoverEpoch);
        return message;
    }

    private void Schedule()
    {
        if (Monitor is not { } monitor || monitor.NextDeadline >= _scheduledFor && _scheduledFor > world.Now)
            return;
        _scheduledFor = monitor.NextDeadline;
        var incarnation = _incarnation;
        var at = _scheduledFor;
        world.After(at - world.Now, () =>
        {
            if (incarnation != _incarnation || at != _scheduledFor)
                return;
            _scheduledFor = long.MaxValue;
            Feed(TimePassed.Instance);
        });
    }
}
