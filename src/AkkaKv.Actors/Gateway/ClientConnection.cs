using System.Net.Sockets;
using System.Text;
using Akka.Actor;
using AkkaKv.Actors.Keyspace;
using AkkaKv.Actors.Network;
using AkkaKv.Actors.Replication;
using AkkaKv.Actors.Settings;
using AkkaKv.Commands.Execution;
using AkkaKv.Commands.Hosting;
using AkkaKv.Commands.Sessions;
using AkkaKv.Protocol;

namespace AkkaKv.Actors.Gateway;

/// <summary>
/// A client of a data node. What it sends is parsed on the socket's thread and told to the keyspace actor as one batch; the
/// connection is that message itself. The next bytes are read when the batch is done.
/// </summary>
/// <remarks>
/// The batch passes from thread to thread by <see cref="_baton"/>: the socket's thread puts it down and tells the actor. If the actor ran
/// inline, the batch is done when Tell returns and the socket's thread goes on reading; else the thread that finishes it does.
/// </remarks>
internal sealed class ClientConnection : TcpConnection, IKeyspaceWork, ISessionHost, IReplicaConnection
{
    private const int Told = 0;
    private const int DoneDuringTell = 1;
    private const int LeftToActor = 2;

    private readonly RequestParser _parser = new();
    private readonly RequestBatch _batch = new();
    private readonly GatewaySettings _settings;
    private readonly IActorRef _keyspace;
    private readonly BusyDesk _desk;
    private readonly Action<ClientConnection> _closed;
    private KeyspaceTurn? _turn;
    private ClientSession? _session;
    private string? _protocolError;
    private OutputGuard _output;
    private bool _sendsAtEnd;
    private int _next;
    private int _baton;

    /// <summary>1 while a batch waits to be executed: whoever sets it to 0 executes it.</summary>
    private int _hasBatch;

    /// <summary>Takes over an accepted socket; see <see cref="Open"/>.</summary>
    public ClientConnection(
        Socket socket, GatewaySettings settings, IActorRef keyspace, TrafficCounters traffic, BusyDesk desk, Action<ClientConnection> closed)
        : base(socket, traffic)
    {
        _desk = desk;
        _settings = settings;
        _keyspace = keyspace;
        _closed = closed;
    }

    /// <summary>The session of this connection. Only there once the keyspace has taken note of the connection.</summary>
    public ClientSession Session => _session ?? throw new InvalidOperationException("The connection is not open.");

    /// <summary>Called on the sending thread whenever everything queued has been sent: for a stream that feeds itself.</summary>
    public Action? Drained { get; set; }

    /// <inheritdoc/>
    public ConnectionBuffers Buffers => new(InputEnd - InputStart, Buffer.Length - (InputEnd - InputStart), UnsentBytes);

    /// <summary>Announces the connection to the keyspace, which begins to receive.</summary>
    public void Open()
    {
        _desk.Announce(this);

        // Not on the gateway's thread: it would run the keyspace, with everything that is told to it meanwhile, and a long script would keep the gateway from opening others.
        ThreadPool.UnsafeQueueUserWorkItem(
            static connection => connection._keyspace.Tell(new ConnectionOpened(connection), ActorRefs.NoSender), this, preferLocal: false);
    }

    /// <summary>On the keyspace's turn: the session begins, unless it has already.</summary>
    public void BeginIfAnnounced(KeyspaceTurn turn)
    {
        if (_desk.TakeAnnounced(this))
            Begin(turn);
    }

    /// <summary>On the keyspace's turn: the session begins.</summary>
    public void Begin(KeyspaceTurn turn)
    {
        _turn = turn;
        _session = turn.Engine.Connect(this, RemoteEndPoint.ToString(), LocalEndPoint.ToString(), turn.NowMs);
        _session.Unblocked += _ => TellBatch();
        StartReceiving();
    }

    /// <summary>On the keyspace's turn, inside a script that has run for long: answers the batch that waits for the script's end, if there is one.</summary>
    public void AnswerWhileBusy(KeyspaceTurn turn)
    {
        if (IsClosed || _session is not { } session || Interlocked.Exchange(ref _hasBatch, 0) == 0)
            return;
        while (_next < _batch.Count)
        {
            var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
            if (turn.Engine.ExecuteWhileBusy(session, _batch[_next++], now) == ExecutionResult.Close)
            {
                SendOutput();
                CloseWhenSent();
                return;
            }
        }
        EndBatch();
    }

    private void TellBatch()
    {
        Volatile.Write(ref _hasBatch, 1);
        _keyspace.Tell(this, ActorRefs.NoSender);
    }

    /// <summary>Sends what the batch was answered, and receives on if that is left to this thread.</summary>
    private void EndBatch()
    {
        if (_protocolError is not null)
        {
            Session.Reply.Error(Encoding.UTF8.GetBytes(_protocolError));
            SendOutput();
            CloseWhenSent();
            return;
        }
        SendOutput();
        if (Interlocked.CompareExchange(ref _baton, DoneDuringTell, Told) != Told)
            ContinueReceiving();
    }

    /// <summary>On the keyspace's turn: the session ends.</summary>
    public void End(KeyspaceTurn turn)
    {
        if (_session is not null)
            turn.Engine.Disconnect(_session);
    }

    /// <summary>On the keyspace's turn: sends what the session's output holds; a client that lets too much of it pile up is disconnected.</summary>
    public void SendOutput()
    {
        _sendsAtEnd = false;
        var session = Session;
        if (session.Output.Length == 0)
            return;
        Send(session.Output);
        if (session.Kind != SessionKind.Normal)
            return;
        var turn = _turn!;
        var limit = session.IsSubscribed ? turn.Limits.PubSub : turn.Limits.Normal;
        if ((limit.HardBytes > 0 || limit.SoftBytes > 0) && _output.IsTooMuch(limit, UnsentBytes, turn.NowMs))
            Close();
    }

    void ISessionHost.OutputReady()
    {
        if (_sendsAtEnd || _turn is null)
            return;
        _sendsAtEnd = true;
        _turn.SendAtEnd(this);
    }

    void ISessionHost.Close(string reason)
    {
        if (_session is { } session)
            Send(session.Output);
        CloseWhenSent();
    }

    void IKeyspaceWork.Execute(KeyspaceTurn turn)
    {
        if (IsClosed || Interlocked.Exchange(ref _hasBatch, 0) == 0)
            return;
        var session = Session;
        var (first, lookAheadAt) = (_next, _next);
        while (_next < _batch.Count)
        {
            if (_next == lookAheadAt)
                lookAheadAt = turn.Engine.LookAhead(session, _batch, _next);
            var follows = _next > first;
            switch (turn.Engine.Execute(session, _batch[_next++], turn.NowMs, follows))
            {
                case ExecutionResult.Blocked:
                    if (_next == _batch.Count)
                        ReleaseInput();
                    SendOutput();
                    return;
                case ExecutionResult.Close:
                    SendOutput();
                    CloseWhenSent();
                    return;
            }
        }
        EndBatch();
    }

    /// <inheritdoc/>
    protected override bool OnInput()
    {
        var engine = _turn!.Engine;
        _parser.Unauthenticated = engine.MustAuthenticate(Session);
        _parser.BulkLengthMax = engine.Settings.ProtoMaxBulkLength;
        _parser.MultibulkMax = _settings.QueryBufferLimit / RequestLimits.ItemBytesMin;
        _batch.Clear();
        _next = 0;
        var status = _parser.Parse(Buffer, InputStart, InputEnd, _batch, out var consumed);
        InputStart = consumed;
        _protocolError = status == ParseStatus.Error ? _parser.ErrorMessage : null;
        if (_batch.Count == 0 && _protocolError is null)
        {
            if (InputEnd - InputStart <= _settings.QueryBufferLimit)
                return true;
            Close();
            return false;
        }
        Volatile.Write(ref _baton, Told);
        TellBatch();
        return Interlocked.CompareExchange(ref _baton, LeftToActor, Told) == DoneDuringTell;
    }

    /// <inheritdoc/>
    protected override void OnClosed()
    {
        _keyspace.Tell(new ConnectionClosed(this), ActorRefs.NoSender);
        _closed(this);
    }

    /// <inheritdoc/>
    protected override void OnDrained() => Drained?.Invoke();
}

/// <summary>A client has connected.</summary>
internal sealed record ConnectionOpened(ClientConnection Connection) : IKeyspaceWork
{
    public void Execute(KeyspaceTurn turn) => Connection.BeginIfAnnounced(turn);
}

/// <summary>A client has gone.</summary>
internal sealed record ConnectionClosed(ClientConnection Connection) : IKeyspaceWork
{
    public void Execute(KeyspaceTurn turn) => Connection.End(turn);
}
