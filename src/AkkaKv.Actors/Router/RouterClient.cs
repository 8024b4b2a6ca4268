using System.Net.Sockets;
using AkkaKv.Actors.Network;
using AkkaKv.Protocol;

namespace AkkaKv.Actors.Router;

/// <summary>
/// The sockets of one routed client: performs what its <see cref="RouterSession"/> asks for. Input of both sides and the router's
/// ticks come on different threads; a lock makes them one sequence.
/// </summary>
internal sealed class RouterClient : TcpConnection, IRouterEffects
{
    /// <summary>Unsent bytes towards one side from which on nothing more is read from the other.</summary>
    private const long UnsentBytesMax = 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly RouterSession _session;
    private readonly TrafficCounters _traffic;
    private readonly Func<MasterAddress?> _master;
    private readonly Action<RouterClient> _closed;
    private readonly Action _needsTicks;
    private UpstreamConnection? _upstream;
    private MasterAddress? _upstreamAddress;
    private bool _connecting;
    private bool _wantsUpstream;
    private bool _clientPaused;
    private bool _upstreamPaused;

    /// <summary>Takes over a client's socket.</summary>
    /// <param name="socket">The accepted socket.</param>
    /// <param name="limits">Bounds on what is parked.</param>
    /// <param name="traffic">Counts the bytes of both sides.</param>
    /// <param name="master">Where the master is now; null while nobody knows.</param>
    /// <param name="closed">Called once when the client is gone.</param>
    /// <param name="needsTicks">Called, from any thread, when <see cref="Tick"/> has to be called from now on.</param>
    public RouterClient(
        Socket socket, RouterLimits limits, TrafficCounters traffic, Func<MasterAddress?> master, Action<RouterClient> closed, Action needsTicks)
        : base(socket, traffic)
    {
        _traffic = traffic;
        _session = new RouterSession(this, limits);
        _master = master;
        _closed = closed;
        _needsTicks = needsTicks;
    }

    private static long Now => Environment.TickCount64;

    private bool IsWaiting => !IsClosed && (_session.IsWaiting || _wantsUpstream || _clientPaused);

    /// <summary>Time passes: requests expire, a connection that could not be made is tried again. Returns whether it has to be called again.</summary>
    public bool Tick()
    {
        lock (_gate)
        {
            _session.Tick(Now);
            if (_wantsUpstream && !_connecting)
                BeginConnect();
            ResumeClient();
            return IsWaiting;
        }
    }

    /// <summary>The master's address has changed.</summary>
    public void MasterMoved()
    {
        lock (_gate)
        {
            if (_upstream is not null && _master() is { } master && master != _upstreamAddress)
                _session.MasterMoved(Now);
            else if (_wantsUpstream && !_connecting)
                BeginConnect();
            AskForTicks();
        }
    }

    /// <inheritdoc/>
    protected override bool OnInput()
    {
        lock (_gate)
        {
            InputStart = _session.ClientInput(Buffer, InputStart, InputEnd, Now);
            _clientPaused = !_session.WantsInput || _upstream?.UnsentBytes > UnsentBytesMax;
            AskForTicks();
            return !_clientPaused;
        }
    }

    /// <inheritdoc/>
    protected override void OnClosed()
    {
        lock (_gate)
        {
            _wantsUpstream = false;
            _upstream?.Close();
        }
        _closed(this);
    }

    /// <inheritdoc/>
    protected override void OnDrained()
    {
        UpstreamConnection? resume = null;
        lock (_gate)
        {
            if (_upstreamPaused)
            {
                _upstreamPaused = false;
                resume = _upstream;
            }
        }
        resume?.Resume();
    }

    /// <summary>Replies from the master; false asks it to stop reading until <see cref="UpstreamConnection.Resume"/>.</summary>
    public bool OnUpstreamInput(UpstreamConnection upstream, ReadOnlySpan<byte> bytes, out int taken)
    {
        lock (_gate)
        {
            taken = bytes.Length;
            if (upstream != _upstream)
                return false;
            taken = _session.UpstreamInput(bytes);
            _upstreamPaused = UnsentBytes > UnsentBytesMax;
            return !_upstreamPaused;
        }
    }

    /// <summary>The connection to the master has ended.</summary>
    public void OnUpstreamClosed(UpstreamConnection upstream)
    {
        lock (_gate)
        {
            if (upstream != _upstream)
                return;
            _upstream = null;
            _upstreamPaused = false;
            _session.UpstreamLost();
            ResumeClient();
            AskForTicks();
        }
    }

    /// <summary>Everything sent to the master has left.</summary>
    public void OnUpstreamDrained()
    {
        lock (_gate)
            ResumeClient();
    }

    void IRouterEffects.SendToClient(OutputBuffer bytes) => Send(bytes);

    void IRouterEffects.SendToUpstream(OutputBuffer bytes)
    {
        if (_upstream is { } upstream)
            upstream.Send(bytes);
        else
            bytes.Clear();
    }

    void IRouterEffects.ConnectUpstream()
    {
        _wantsUpstream = true;
        if (!_connecting)
            BeginConnect();
    }

    void IRouterEffects.DisconnectUpstream() => _upstream?.Close();

    void IRouterEffects.CloseClient() => CloseWhenSent();

    private void AskForTicks()
    {
        if (IsWaiting)
            _needsTicks();
    }

    private void ResumeClient()
    {
        if (!_clientPaused || !_session.WantsInput || _upstream?.UnsentBytes > UnsentBytesMax)
            return;
        _clientPaused = false;
        ThreadPool.UnsafeQueueUserWorkItem(static client => client.ContinueReceiving(), this, preferLocal: false);
    }

    private void BeginConnect()
    {
        if (_master() is not { } address || IsClosed)
            return;
        _connecting = true;
        _ = ConnectAsync(address);
    }

    private async Task ConnectAsync(MasterAddress address)
    {
        UpstreamConnection? connection = null;
        try
        {
            connection = new UpstreamConnection(await Connector.ConnectAsync(address.Host, address.Port).ConfigureAwait(false), _traffic, this);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // The router's next tick, or the announcement of another master, tries again.
        }
        lock (_gate)
        {
            _connecting = false;
            if (connection is null)
                return;
            if (IsClosed || address != _master())
            {
                connection.Close();
                return;
            }
            _wantsUpstream = false;
            _upstream = connection;
            _upstreamAddress = address;
            _session.UpstreamConnected();
            ResumeClient();
        }
        connection.StartReceiving();
    }
}
