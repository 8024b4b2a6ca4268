using System.Net;
using System.Net.Sockets;

namespace AkkaKv.Actors.Network;

/// <summary>Listens on a port and hands each accepted socket on. The handler runs on the accepting thread and must be quick.</summary>
public sealed class TcpAcceptor : IDisposable
{
    private readonly Socket _listener;
    private readonly Action<Socket> _accepted;

    /// <summary>Binds and listens; accepting begins with <see cref="Start"/>.</summary>
    /// <param name="endPoint">Where to listen; port 0 lets the system choose.</param>
    /// <param name="backlog">Connections not yet accepted that the system keeps.</param>
    /// <param name="accepted">Gets each accepted socket.</param>
    /// <exception cref="SocketException">The address is in use or not ours.</exception>
    public TcpAcceptor(IPEndPoint endPoint, int backlog, Action<Socket> accepted)
    {
        _accepted = accepted;
        _listener = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // .NET itself lets a restarted server have its port back while connections of its predecessor linger. Its ReuseAddress option is not for
            // that: on Linux it shares the port with a second server.
            if (endPoint.Address.Equals(IPAddress.IPv6Any))
                _listener.DualMode = true;
            _listener.Bind(endPoint);
            _listener.Listen(backlog);
        }
        catch
        {
            _listener.Dispose();
            throw;
        }
        LocalEndPoint = (IPEndPoint)_listener.LocalEndPoint!;
    }

    /// <summary>Where it listens; the port is the real one when 0 was asked for.</summary>
    public IPEndPoint LocalEndPoint { get; }

    /// <summary>Begins to accept.</summary>
    public void Start() => _ = AcceptAsync();

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket socket;
            try
            {
                socket = await _listener.AcceptAsync().ConfigureAwait(false);
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.OperationAborted or SocketError.Interrupted)
            {
                return;
            }
            catch (SocketException)
            {
                // A client that gave up while it was being accepted, or no file descriptors left: the next one may fare better.
                await Task.Delay(10).ConfigureAwait(false);
                continue;
            }
            try
            {
                _accepted(socket);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // The client has gone already; the others must still be accepted.
                socket.Dispose();
            }
        }
    }
}
