using System.Net.Sockets;
using Akka.Actor;
using Akka.Event;
using AkkaKv.Actors.Network;
using AkkaKv.Protocol;
using AkkaKv.Replication;

namespace AkkaKv.Actors.Replication;

/// <summary>
/// <c>/user/keyspace/upstream</c>: the link of a replica to its master. It owns the socket and hosts <see cref="UpstreamLink"/>; commands of the
/// stream go to the keyspace a batch at a time, a snapshot is loaded here and handed over when it is complete.
/// </summary>
internal sealed class UpstreamActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan ViewPeriod = TimeSpan.FromMilliseconds(500);

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly FollowedMaster _master;
    private readonly IActorRef _keyspace;
    private readonly TrafficCounters _traffic;
    private readonly int _databaseCount;
    private readonly OutputBuffer _output = new();

    private UpstreamLink? _link;
    private int _generation;
    private int _attempt;
    private MasterConnection? _connection;
    private AppliedCommands? _commands;
    private bool _isReceiving;
    private bool _keyspaceHasBuffer;
    private SnapshotLoad? _load;
    private long _timerAt = long.MaxValue;
    private long _viewedAt;

    /// <param name="master">The keyspace's side of the link.</param>
    /// <param name="keyspace">The keyspace actor.</param>
    /// <param name="traffic">Counts the bytes of the link.</param>
    /// <param name="databaseCount">How many databases the node has.</param>
    public UpstreamActor(FollowedMaster master, IActorRef keyspace, TrafficCounters traffic, int databaseCount)
    {
        (_master, _keyspace, _traffic, _databaseCount) = (master, keyspace, traffic, databaseCount);
        Receive<UpstreamMessage.Follow>(OnFollow);
        Receive<UpstreamMessage.Unfollow>(_ => Leave());
        Receive<UpstreamMessage.Position>(OnPosition);
        Receive<UpstreamMessage.ConnectEnded>(OnConnectEnded);
        Receive<UpstreamMessage.Received>(received => OnReceived(received.Connection));
        Receive<UpstreamMessage.Closed>(closed => OnClosed(closed.Connection));
        Receive<UpstreamMessage.Applied>(applied => OnApplied(applied.Commands));
        Receive<UpstreamMessage.Adopted>(OnAdopted);
        Receive<UpstreamMessage.GiveUp>(OnGiveUp);
        Receive<UpstreamMessage.Tick>(_ => OnTick());
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    private static long Now => Environment.TickCount64;

    /// <summary>How to make one; see the constructor.</summary>
    public static Props Props(FollowedMaster master, IActorRef keyspace, TrafficCounters traffic, int databaseCount) =>
        Akka.Actor.Props.Create(() => new UpstreamActor(master, keyspace, traffic, databaseCount));

    /// <inheritdoc/>
    protected override void PostStop() => Leave();

    private void OnFollow(UpstreamMessage.Follow follow)
    {
        Leave();
        _generation = follow.Generation;
        _link = new UpstreamLink(follow.Settings);
        Step(UpstreamInput.Start.Instance);
    }

    private void Leave()
    {
        if (_link is not null)
            Step(UpstreamInput.Stop.Instance);
        _link = null;
        _attempt++;
    }

    private void OnPosition(UpstreamMessage.Position position)
    {
        if (position.Generation == _generation)
            Step(new UpstreamInput.Position(position.Id, position.Offset));
    }

    private void OnConnectEnded(UpstreamMessage.ConnectEnded ended)
    {
        if (ended.Attempt != _attempt || _link is null)
        {
            ended.Socket?.Dispose();
            return;
        }

        if (ended.Socket is null)
        {
            Step(new UpstreamInput.Disconnected($"Error condition on socket for SYNC: {ended.Problem}"));
            return;
        }

        _connection = new MasterConnection(ended.Socket, _traffic, Self);
        _commands = new AppliedCommands(_master, _generation, _connection);
        Step(UpstreamInput.Connected.Instance);
        _isReceiving = _connection is not null;
        _connection?.StartReceiving();
    }

    private void OnReceived(MasterConnection connection)
    {
        if (connection != _connection)
            return;
        _isReceiving = false;
        Advance(connection);
    }

    private void OnClosed(MasterConnection connection)
    {
        if (connection == _connection)
            Step(new UpstreamInput.Disconnected("Connection with master lost."));
    }

    private void OnApplied(AppliedCommands commands)
    {
        if (commands.Connection != _connection)
            return;
        _keyspaceHasBuffer = false;
        Step(new UpstreamInput.Applied(commands.Offset));
        if (commands.AckRequestedAt >= 0)
            Step(new UpstreamInput.AckRequested(commands.AckRequestedAt));
        if (_connection is { } connection)
            Resume(connection);
    }

    private void OnAdopted(UpstreamMessage.Adopted adopted)
    {
        adopted.Old.Dispose();
        if (adopted.Generation != _generation || _link?.State != UpstreamState.Loading)
            return;
        Step(UpstreamInput.LoadCompleted.Instance);
        if (_connection is { } connection)
            Advance(connection);
    }

    private void OnGiveUp(UpstreamMessage.GiveUp reason)
    {
        if (reason.Generation == _generation)
            Step(new UpstreamInput.Disconnected(reason.Reason));
    }

    private void OnTick()
    {
        _timerAt = long.MaxValue;
        Step(UpstreamInput.Tick.Instance);
    }

    /// <summary>Goes on with what was received: gives it to the link, or as commands to the keyspace, and then receives more.</summary>
    private void Advance(MasterConnection connection)
    {
        while (connection == _connection && connection.Unread.Length > 0 && !_keyspaceHasBuffer)
        {
            List<UpstreamEffect> outbox = [];
            var used = _link!.Receive(Now, connection.Unread, outbox);
            Perform(outbox);
            connection.Consume(used);
            if (used > 0)
                continue;
            if (_link.State != UpstreamState.Streaming)
                return;
            if (!GiveCommands(connection))
                break;
        }

        if (connection == _connection && !_keyspaceHasBuffer)
            Resume(connection);
    }

    private void Resume(MasterConnection connection)
    {
        if (_isReceiving)
            return;
        _isReceiving = true;
        connection.Resume();
    }

    /// <summary>Tells the keyspace the complete commands; false if there is none yet, or the stream is damaged.</summary>
    private bool GiveCommands(MasterConnection connection)
    {
        if (connection.ParseCommands() is { } problem)
        {
            Step(new UpstreamInput.Disconnected($"the master's stream cannot be read: {problem}"));
            return false;
        }

        if (connection.Commands.Count == 0)
            return false;
        _keyspaceHasBuffer = true;
        _keyspace.Tell(_commands!, Self);
        return true;
    }

    private void Step(UpstreamInput input)
    {
        if (_link is null)
            return;
        List<UpstreamEffect> outbox = [];
        _link.Step(Now, input, outbox);
        Perform(outbox);
    }

    private void Perform(List<UpstreamEffect> outbox)
    {
        foreach (var effect in outbox)
            Perform(effect);
        if (_link is null)
            return;
        ArmTimer();
        ShowView(outbox.Count > 0);
    }

    private void Perform(UpstreamEffect effect)
    {
        switch (effect)
        {
            case UpstreamEffect.AskPosition:
                _keyspace.Tell(new UpstreamWork.AskPosition(_master, _generation), Self);
                break;
            case UpstreamEffect.Connect connect:
                Connect(connect.Host, connect.Port);
                break;
            case UpstreamEffect.Disconnect:
                Disconnect();
                break;
            case UpstreamEffect.Send send:
                _output.Write(send.Bytes.Span);
                _connection?.Send(_output);
                _output.Clear();
                break;
            case UpstreamEffect.BeginLoad begin:
                _load = new SnapshotLoad(begin.Id, begin.Offset, _databaseCount, _master.EntryClock);
                break;
            case UpstreamEffect.Load load:
                Check(_load?.Feed(load.Bytes.Span));
                break;
            case UpstreamEffect.EndLoad:
                EndLoad();
                break;
            case UpstreamEffect.AbandonLoad:
                _load?.Dispose();
                _load = null;
                break;
            case UpstreamEffect.Continue continued:
                _keyspace.Tell(new UpstreamWork.Continue(_master, _generation, continued.Id), Self);
                break;
            case UpstreamEffect.LinkUp:
                _keyspace.Tell(new UpstreamWork.LinkChanged(_master, _generation, isUp: true), Self);
                break;
            case UpstreamEffect.LinkDown down:
                _log.Warning("{0}", down.Reason);
                _keyspace.Tell(new UpstreamWork.LinkChanged(_master, _generation, isUp: false), Self);
                break;
            case UpstreamEffect.Announce announce:
                _log.Info("{0}", announce.Text);
                break;
        }
    }

    private void Connect(string host, int port)
    {
        var attempt = ++_attempt;
        var self = Self;
        _ = ConnectAsync();

        async Task ConnectAsync()
        {
            try
            {
                self.Tell(new UpstreamMessage.ConnectEnded(attempt, await Connector.ConnectAsync(host, port).ConfigureAwait(false), ""), ActorRefs.NoSender);
            }
            catch (Exception error) when (error is SocketException or OperationCanceledException)
            {
                self.Tell(new UpstreamMessage.ConnectEnded(attempt, null, error.Message), ActorRefs.NoSender);
            }
        }
    }

    private void Disconnect()
    {
        _attempt++;
        var connection = _connection;
        _connection = null;
        _commands = null;
        _keyspaceHasBuffer = false;
        connection?.Close();
    }

    private void EndLoad()
    {
        if (_load is null || Check(_load.Complete()))
            return;
        _keyspace.Tell(new UpstreamWork.Adopt(_master, _generation, _load), Self);
        _load = null;
    }

    /// <summary>True if there was a problem; the snapshot is then given up.</summary>
    private bool Check(string? problem)
    {
        if (problem is null)
            return false;
        Step(new UpstreamInput.LoadFailed(problem));
        return true;
    }

    private void ArmTimer()
    {
        var deadline = _link!.NextDeadline;
        if (deadline == _timerAt)
            return;
        _timerAt = deadline;
        if (deadline == long.MaxValue)
            Timers.Cancel(nameof(UpstreamMessage.Tick));
        else
            Timers.StartSingleTimer(nameof(UpstreamMessage.Tick), UpstreamMessage.Tick.Instance, TimeSpan.FromMilliseconds(Math.Max(0, deadline - Now)));
    }

    /// <summary>Lets INFO see how the link is; while bytes pour in, only now and then.</summary>
    private void ShowView(bool hasChanged)
    {
        if (!hasChanged && Now - _viewedAt < ViewPeriod.TotalMilliseconds)
            return;
        _viewedAt = Now;
        _master.Show(_generation, _link!.View());
    }
}
