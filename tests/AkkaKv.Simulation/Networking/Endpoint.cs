using AkkaKv.Simulation.Engine;

namespace AkkaKv.Simulation.Networking;

/// <summary>Why a connection is not there any more.</summary>
internal enum CloseReason
{
    /// <summary>Nobody listened.</summary>
    Refused,

    /// <summary>The other side ended it, or was gone.</summary>
    Reset,
}

/// <summary>One end of a connection, belonging to one life of a process.</summary>
internal sealed class Endpoint
{
    private readonly Connection _connection;
    private int _incarnation;
    private Status _status;

    public Endpoint(Connection connection, SimulatedProcess process)
    {
        _connection = connection;
        Process = process;
        _incarnation = process.Incarnation;
        Outgoing = new Direction(this);
    }

    private enum Status
    {
        Connecting,
        Open,
        Closed,
    }

    public SimulatedProcess Process { get; }

    public Connection Connection => _connection;

    public Endpoint Peer => _connection.Other(this);

    public Direction Outgoing { get; }

    private bool IsAcceptor => _connection.Acceptor == this;

    public bool IsConnecting => _status == Status.Connecting;

    public bool IsOpen => _status == Status.Open;

    /// <summary>Closed, and with nothing left to be sent.</summary>
    public bool IsGone => Outgoing.IsEmpty && (_status == Status.Closed || _status == Status.Connecting && IsAcceptor && Peer.IsGone);

    /// <summary>The connection stands; told to the side that asked for it.</summary>
    public Action? Opened { get; set; }

    public Action<object>? Received { get; set; }

    /// <summary>The connection ended, and not by <see cref="Close"/> on this side.</summary>
    public Action<CloseReason>? Closed { get; set; }

    /// <summary>The network took something off the queue: there is room for more.</summary>
    public Action? Drained { get; set; }

    public void Send(object payload)
    {
        if (IsOpen)
            Outgoing.Add(payload);
    }

    /// <summary>Ends the connection politely: what was sent is still delivered.</summary>
    public void Close()
    {
        if (_status == Status.Open)
            Outgoing.AddEnd();
        _status = Status.Closed;
        _connection.ForgetIfDone();
    }

    public void Establish()
    {
        _incarnation = Process.Incarnation;
        _status = Status.Open;
        Process.Deliver(_incarnation, () => ((IAcceptor)Process).Accept(this));
    }

    public void OnOpenAnswered(bool isAccepted)
    {
        if (_status != Status.Connecting)
        {
            if (isAccepted)
                Peer.OnReset();
            return;
        }
        _status = isAccepted ? Status.Open : Status.Closed;
        Process.Deliver(_incarnation, () =>
        {
            if (isAccepted && _status == Status.Open)
                Opened?.Invoke();
            else if (!isAccepted)
                Closed?.Invoke(CloseReason.Refused);
        });
        _connection.ForgetIfDone();
    }

    public void OnPayload(object payload) => Process.Deliver(_incarnation, () =>
    {
        if (_status == Status.Open)
            Received?.Invoke(payload);
    });

    /// <summary>The connection is dead: by a reset, or because the other side closed it.</summary>
    public void OnReset()
    {
        var wasOpen = _status == Status.Open;
        // What was received before the end is read before the end is seen, also by a process that is paused now.
        Process.Deliver(_incarnation, () =>
        {
            if (_status != Status.Open)
                return;
            _status = Status.Closed;
            Outgoing.Clear();
            Closed?.Invoke(CloseReason.Reset);
            _connection.ForgetIfDone();
        });
        if (!wasOpen)
            Outgoing.Clear();
        _connection.ForgetIfDone();
    }

    public void OnDrained()
    {
        if (IsOpen && Drained is { } drained)
            Process.Deliver(_incarnation, drained);
    }

    public void OnProcessEnded(bool sendsReset)
    {
        // Who has not heard of the connection yet may still accept it in a later life.
        if (_status == Status.Connecting && IsAcceptor)
            return;
        var wasOpen = _status == Status.Open;
        _status = Status.Closed;
        if (wasOpen && sendsReset)
            Outgoing.AddReset();
        else
            Outgoing.SenderIsGone();
    }
}

/// <summary>A process that takes connections.</summary>
internal interface IAcceptor
{
    void Accept(Endpoint endpoint);
}
