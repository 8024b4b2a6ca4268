using System.Net.Sockets;
using Akka.Actor;
using AkkaKv.Actors.Network;
using AkkaKv.Protocol;
using AkkaKv.Sentinel;

namespace AkkaKv.Actors.Sentinel;

/// <summary>
/// <c>/user/sentinel/NAME</c>: hosts the <see cref="MasterMonitor"/> of one master. It turns messages, bytes and timers into the monitor's inputs and
/// performs its effects in order; where an effect must be durable first, the rest waits until the parent has written it.
/// </summary>
internal sealed class MonitorActor : ReceiveActor, IWithTimers
{
    private readonly MasterMonitor _monitor;
    private readonly TrafficCounters _traffic;
    private readonly SentinelOutbox _outbox = new();
    private readonly Queue<object> _todo = new();
    private readonly Dictionary<int, InstanceConnection> _links = [];
    private readonly HashSet<int> _connecting = [];
    private long _lastTicket;
    private long _awaitedTicket;

    public MonitorActor(Func<MasterMonitor> create, TrafficCounters traffic)
    {
        _monitor = create();
        _traffic = traffic;
        Receive<SentinelInput>(Step);
        Receive<PeerMessage>(message => Step(new PeerMessageArrived(message)));
        Receive<Deadline>(_ => Step(TimePassed.Instance));
        Receive<LinkReply>(reply => Step(new ReplyArrived(reply.Link, reply.Tag, KindOf(reply.Value), TextOf(reply.Value))));
        Receive<LinkEnded>(OnLinkEnded);
        Receive<ConnectEnded>(OnConnectEnded);
        Receive<StatePersisted>(OnPersisted);
        Receive<ExecuteCommand>(OnCommand);
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>How to make one; the monitor is created in the actor, and never leaves it.</summary>
    public static Props Props(Func<MasterMonitor> create, TrafficCounters traffic) =>
        Akka.Actor.Props.Create(() => new MonitorActor(create, traffic));

    /// <inheritdoc/>
    protected override void PreStart() => Step(TimePassed.Instance);

    /// <inheritdoc/>
    protected override void PostStop()
    {
        foreach (var connection in _links.Values)
            connection.Drop();
    }

    private void Step(SentinelInput input)
    {
        _monitor.Step(SentinelClock.NowMs, input, _outbox);
        Flush();
    }

    /// <summary>The reply takes its place behind the effects of the command: a vote is not answered before it is written down.</summary>
    private void OnCommand(ExecuteCommand command)
    {
        var output = new OutputBuffer();
        var reply = new ReplyWriter(output) { RespVersion = command.RespVersion };
        MasterCommands.Execute(_monitor, SentinelClock.NowMs, command.Request, reply, _outbox);
        TakeOver();
        _todo.Enqueue(new CommandAnswered(command.Ticket, _monitor.Name, output.ToArray()));
        output.Clear();
        Perform();
        ScheduleDeadline();
    }

    private void OnPersisted(StatePersisted persisted)
    {
        if (persisted.Ticket == _awaitedTicket)
            _awaitedTicket = 0;
        Perform();
    }

    private void Flush()
    {
        TakeOver();
        Perform();
        ScheduleDeadline();
    }

    private void TakeOver()
    {
        foreach (var effect in _outbox)
            _todo.Enqueue(effect);
        _outbox.Clear();
    }

    private void Perform()
    {
        while (_awaitedTicket == 0 && _todo.TryDequeue(out var effect))
            Perform(effect);
    }

    private void Perform(object effect)
    {
        switch (effect)
        {
            case OpenLink open:
                Open(open);
                break;
            case CloseLink close:
                Close(close.Link);
                break;
            case SendCommand send:
                if (_links.TryGetValue(send.Link, out var connection))
                    connection.SendCommand(send.Tag, send.Arguments);
                break;
            case Persist persist:
                _awaitedTicket = ++_lastTicket;
                Context.Parent.Tell(new PersistState(persist.State, _awaitedTicket));
                break;
            default:
                // Messages to peers, events, announcements and replies: the parent knows to whom.
                Context.Parent.Tell(effect);
                break;
        }
    }

    private void Open(OpenLink open)
    {
        _connecting.Add(open.Link);
        Connect(open).PipeTo(Self);
    }

    private static async Task<ConnectEnded> Connect(OpenLink open)
    {
        try
        {
            return new ConnectEnded(
                open.Link, await Connector.ConnectAsync(open.Address.Host, open.Address.Port).ConfigureAwait(false), LinkFailure.Unreachable);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return new ConnectEnded(open.Link, null, LinkFailure.Refused);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return new ConnectEnded(open.Link, null, LinkFailure.Unreachable);
        }
    }

    private void OnConnectEnded(ConnectEnded ended)
    {
        if (!_connecting.Remove(ended.Link))
        {
            // The monitor lost its patience meanwhile.
            ended.Socket?.Dispose();
            return;
        }
        if (ended.Socket is not { } socket)
        {
            Step(new LinkLost(ended.Link, ended.Failure));
            return;
        }
        var connection = new InstanceConnection(socket, _traffic, ended.Link, Self);
        _links.Add(ended.Link, connection);
        connection.StartReceiving();
        Step(new LinkOpened(ended.Link));
    }

    private void OnLinkEnded(LinkEnded ended)
    {
        if (_links.Remove(ended.Link))
            Step(new LinkLost(ended.Link, LinkFailure.Reset));
    }

    private void Close(int link)
    {
        _connecting.Remove(link);
        if (_links.Remove(link, out var connection))
            connection.Drop();
    }

    private void ScheduleDeadline()
    {
        if (_monitor.NextDeadline == long.MaxValue)
            Timers.Cancel(Deadline.Instance);
        else
            Timers.StartSingleTimer(
                Deadline.Instance, Deadline.Instance, TimeSpan.FromMilliseconds(Math.Max(1, _monitor.NextDeadline - SentinelClock.NowMs)));
    }

    private static ReplyKind KindOf(RespValue value) => value.Kind switch
    {
        RespKind.SimpleString => ReplyKind.Status,
        RespKind.Error => ReplyKind.Error,
        RespKind.Bulk or RespKind.Verbatim => ReplyKind.Text,
        _ => ReplyKind.Other,
    };

    private static string TextOf(RespValue value) => KindOf(value) == ReplyKind.Other ? "" : value.Text;

    private sealed class Deadline
    {
        public static readonly Deadline Instance = new();
    }
}
