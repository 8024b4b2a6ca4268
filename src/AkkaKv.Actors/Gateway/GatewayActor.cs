using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Event;
using AkkaKv.Actors.Network;
using AkkaKv.Actors.Settings;

namespace AkkaKv.Actors.Gateway;

/// <summary>Asks a listening actor to bind its port; answered with <see cref="Listening"/> or <see cref="Status.Failure"/>.</summary>
public sealed record Listen
{
    /// <summary>The message.</summary>
    public static Listen Instance { get; } = new();
}

/// <summary>The port is open.</summary>
/// <param name="EndPoint">The real address, also where port 0 was asked for.</param>
public sealed record Listening(IPEndPoint EndPoint);

/// <summary>
/// <c>/user/gateway</c>: the data node's RESP port. It accepts and counts the connections and ends them with itself; what they
/// send goes to the keyspace actor directly, from the socket's thread.
/// </summary>
public sealed class GatewayActor : ReceiveActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly GatewaySettings _settings;
    private readonly IActorRef _keyspace;
    private readonly TrafficCounters _traffic;
    private readonly BusyDesk _desk;
    private readonly HashSet<ClientConnection> _connections = [];
    private TcpAcceptor? _acceptor;

    /// <summary>Creates a gateway that opens its port when it is told to <see cref="Listen"/>.</summary>
    public GatewayActor(GatewaySettings settings, IActorRef keyspace, TrafficCounters traffic, BusyDesk desk)
    {
        _traffic = traffic;
        _desk = desk;
        _settings = settings;
        _keyspace = keyspace;
        Receive<Listen>(_ => OnListen());
        Receive<Accepted>(OnAccepted);
        Receive<Closed>(closed => _connections.Remove(closed.Connection));
    }

    /// <summary>How to make one; see the constructor.</summary>
    public static Props Props(GatewaySettings settings, IActorRef keyspace, TrafficCounters traffic, BusyDesk desk) =>
        Akka.Actor.Props.Create(() => new GatewayActor(settings, keyspace, traffic, desk));

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _acceptor?.Dispose();
        foreach (var connection in _connections)
            connection.Close();
    }

    private void OnListen()
    {
        try
        {
            var self = Self;
            _acceptor = new TcpAcceptor(
                Endpoints.Resolve(_settings.Host, _settings.Port), _settings.Backlog, socket => self.Tell(new Accepted(socket), ActorRefs.NoSender));
        }
        catch (SocketException e)
        {
            Sender.Tell(new Status.Failure(e));
            return;
        }
        _acceptor.Start();
        _log.Info("Ready to accept connections on {0}", _acceptor.LocalEndPoint);
        Sender.Tell(new Listening(_acceptor.LocalEndPoint));
    }

    private void OnAccepted(Accepted accepted)
    {
        if (_connections.Count >= _settings.MaxClients)
        {
            Refuse(accepted.Socket, "-ERR max number of clients reached\r\n"u8);
            return;
        }
        ClientConnection connection;
        try
        {
            SetKeepalive(accepted.Socket);
            var self = Self;
            connection = new ClientConnection(accepted.Socket, _settings, _keyspace, _traffic, _desk, closed => self.Tell(new Closed(closed), ActorRefs.NoSender));
        }
        catch (SocketException)
        {
            // The client has gone while it waited to be accepted.
            accepted.Socket.Dispose();
            return;
        }
        if (IsRefusedByProtectedMode(connection))
        {
            Refuse(accepted.Socket, ProtectedMode.Refusal);
            return;
        }
        _connections.Add(connection);
        connection.Open();
    }

    private bool IsRefusedByProtectedMode(ClientConnection connection) =>
        _settings.ProtectedMode && _settings.Password.Length == 0
        && ProtectedMode.Refuses(_settings.Host, connection.RemoteEndPoint.Address);

    private void SetKeepalive(Socket socket)
    {
        if (_settings.TcpKeepalive <= TimeSpan.Zero)
            return;
        var seconds = Math.Max(1, (int)_settings.TcpKeepalive.TotalSeconds);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, seconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, Math.Max(1, seconds / 3));
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
    }

    private static void Refuse(Socket socket, ReadOnlySpan<byte> reply)
    {
        // The client may have gone; then there is nobody to tell.
        socket.Blocking = false;
        socket.Send(reply, SocketFlags.None, out _);
        socket.Dispose();
    }

    private sealed record Accepted(Socket Socket);

    private sealed record Closed(ClientConnection Connection);
}
