using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Akka.Actor;
using Akka.Remote.Wire;

namespace Akka.Remote.Transport;

/// <summary>
/// Remoting over plain TCP. A system has one connection to each system it sends to (<see cref="Association"/>), and one from each that
/// sends to it (<see cref="InboundConnection"/>), so the order of messages between two actors is the order of one byte stream.
/// </summary>
internal sealed class TcpTransport
{
    private const int ListenBacklog = 512;
    private const int HandshakesMax = 256;

    private readonly TcpSettings _settings;
    private readonly int _uid;
    private readonly IRemotingEvents _events;
    private readonly PeerTable _peers;
    private readonly ConcurrentDictionary<Address, Association> _associations = new();
    private readonly ConcurrentDictionary<InboundConnection, bool> _inbound = new();
    private readonly Dictionary<Address, InboundConnection> _latestInbound = [];
    private readonly CancellationTokenSource _shutdown = new();
    private readonly Socket _listener;
    private int _handshakes;

    /// <summary>Binds the port, so that <see cref="LocalAddress"/> is known; nothing is accepted before <see cref="Start"/>.</summary>
    /// <exception cref="RemoteTransportException">The address can't be bound, for instance because the port is in use.</exception>
    public TcpTransport(TcpSettings settings, string protocol, string systemName, int uid, IRemotingEvents events)
    {
        _settings = settings;
        _uid = uid;
        _events = events;
        _peers = new PeerTable(settings.PruneQuarantineMarkerAfterMs);
        _listener = Bind(settings);
        var port = settings.PublicPort > 0 ? settings.PublicPort : ((IPEndPoint)_listener.LocalEndPoint!).Port;
        LocalAddress = new Address(protocol, systemName, settings.PublicHostname ?? (settings.Hostname is "0.0.0.0" or "::" ? Dns.GetHostName() : settings.Hostname), port);
    }

    /// <summary>This system's address as others use it.</summary>
    public Address LocalAddress { get; }

    /// <summary>Starts to accept connections.</summary>
    public void Start() => _ = Task.Run(AcceptUntilShutdown);

    /// <summary>Hands a message over for the system at the address. Never waits.</summary>
    public SendResult Send(Address to, ReadOnlySpan<byte> message)
    {
        if (message.Length >= _settings.MaximumFrameBytes)
            return SendResult.TooLarge;
        if (_shutdown.IsCancellationRequested)
            return SendResult.ShutDown;
        if (_peers.IsCurrentQuarantined(to))
            return SendResult.Quarantined;
        return _associations.GetOrAdd(to, static (address, transport) => new Association(address, transport, transport._settings), this).Send(message);
    }

    /// <summary>The incarnation last met at the address.</summary>
    public int? UidOf(Address address) => _peers.UidOf(address);

    /// <summary>Never talks to this incarnation again, and tells it so. False when it was quarantined already.</summary>
    public bool Quarantine(Address address, int uid)
    {
        if (!_peers.Quarantine(address, uid, Environment.TickCount64))
            return false;
        if (_peers.UidOf(address) == uid)
        {
            if (_associations.TryGetValue(address, out var association))
                association.Disconnect(FrameKind.Quarantined);
            foreach (var connection in _inbound.Keys.Where(c => c.Remote.Equals(address) && c.Uid == uid))
                connection.Close(FrameKind.Quarantined);
        }
        return true;
    }

    /// <summary>Sends what waits and ends all connections.</summary>
    public async Task Shutdown()
    {
        if (_shutdown.IsCancellationRequested)
            return;
        _listener.Dispose();
        _shutdown.Cancel();
        await Task.WhenAll(_associations.Values.Select(a => a.Close(_settings.FlushWaitMs))).ConfigureAwait(false);
        foreach (var connection in _inbound.Keys)
            connection.Close(notice: null);
    }

    internal void Log(TransportLogLevel level, string text) => _events.Log(level, text);

    internal void Disassociated(Address remote, bool inbound) => _events.Disassociated(remote, inbound);

    internal void Report(Exception cause, Address remote, bool inbound)
    {
        if (_shutdown.IsCancellationRequested)
            return;
        if (cause is HandshakeRefusedException { Reason: RefusalReason.Quarantined, ByThisSide: false })
            QuarantinedBy(remote);
        _events.AssociationError(cause, remote, inbound);
    }

    internal void QuarantinedBy(Address remote) => _events.QuarantinedBy(remote);

    internal async Task ShakeHandsAsInitiator(FrameSocket frames, Address remote, CancellationToken cancellation)
    {
        var hello = Handshake.Encode(new Hello(LocalAddress, _uid, remote, _settings.SecureCookie is not null, Handshake.NewNonce()));
        await frames.WriteFrame(hello, cancellation).ConfigureAwait(false);
        var challengeFrame = (await ReadHandshake(frames, cancellation).ConfigureAwait(false)).ToArray();
        var challenge = Handshake.DecodeChallenge(challengeFrame);
        var objection = challenge.RequiresCookie != _settings.SecureCookie is not null ? RefusalReason.CookieSettingsDiffer
            : !challenge.Responder.Equals(remote) ? RefusalReason.WrongAddress
            : _peers.IsQuarantined(remote, challenge.Uid) ? RefusalReason.Quarantined
            : (RefusalReason?)null;
        if (objection is { } reason)
            await Refuse(frames, reason, cancellation).ConfigureAwait(false);
        var proof = Handshake.Proof(_settings.SecureCookie, FrameKind.Proof, hello, challengeFrame);
        await frames.WriteFrame(Handshake.EncodeProof(FrameKind.Proof, proof), cancellation).ConfigureAwait(false);
        var welcome = await ReadHandshake(frames, cancellation).ConfigureAwait(false);
        if (!Handshake.IsProof(welcome.Span, FrameKind.Welcome, Handshake.Proof(_settings.SecureCookie, FrameKind.Welcome, hello, challengeFrame)))
            throw new HandshakeRefusedException(RefusalReason.WrongCookie, byThisSide: true);
        Met(remote, challenge.Uid, inbound: false);
    }

    internal async Task<Hello> ShakeHandsAsResponder(FrameSocket frames, CancellationToken cancellation)
    {
        var helloFrame = (await ReadHandshake(frames, cancellation).ConfigureAwait(false)).ToArray();
        var hello = Handshake.DecodeHello(helloFrame);
        var objection = hello.RequiresCookie != _settings.SecureCookie is not null ? RefusalReason.CookieSettingsDiffer
            : !hello.Target.Equals(LocalAddress) ? RefusalReason.WrongAddress
            : (RefusalReason?)null;
        if (objection is { } reason)
            await Refuse(frames, reason, cancellation).ConfigureAwait(false);
        var challenge = Handshake.Encode(new Challenge(LocalAddress, _uid, _settings.SecureCookie is not null, Handshake.NewNonce()));
        await frames.WriteFrame(challenge, cancellation).ConfigureAwait(false);
        var proof = await ReadHandshake(frames, cancellation).ConfigureAwait(false);
        if (!Handshake.IsProof(proof.Span, FrameKind.Proof, Handshake.Proof(_settings.SecureCookie, FrameKind.Proof, helloFrame, challenge)))
            await Refuse(frames, RefusalReason.WrongCookie, cancellation).ConfigureAwait(false);
        // Who is quarantined is told only to those who know the secret.
        if (_peers.IsQuarantined(hello.Initiator, hello.Uid))
            await Refuse(frames, RefusalReason.Quarantined, cancellation).ConfigureAwait(false);
        var welcome = Handshake.Proof(_settings.SecureCookie, FrameKind.Welcome, helloFrame, challenge);
        await frames.WriteFrame(Handshake.EncodeProof(FrameKind.Welcome, welcome), cancellation).ConfigureAwait(false);
        Met(hello.Initiator, hello.Uid, inbound: true);
        return hello;
    }

    private void Met(Address remote, int uid, bool inbound)
    {
        var replaced = _peers.Met(remote, uid, Environment.TickCount64);
        if (_associations.TryGetValue(remote, out var association))
        {
            // The way out still leads to the old incarnation; the next message opens a new one.
            if (replaced is not null && inbound)
                association.Disconnect(notice: null);
            if (inbound)
                association.OpenGate();
        }
        if (replaced is { } old)
        {
            foreach (var connection in _inbound.Keys.Where(c => c.Remote.Equals(remote) && c.Uid == old))
                connection.Close(notice: null);
            _events.IncarnationReplaced(remote, old, uid);
        }
        _events.Associated(remote, uid, inbound);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadHandshake(FrameSocket frames, CancellationToken cancellation)
    {
        var frame = await frames.ReadFrame(Handshake.FrameBytesMax, cancellation).ConfigureAwait(false);
        if (frame.IsEmpty)
            throw new WireFormatException("connection closed during the handshake");
        if (frame.Length == 2 && frame.Span[0] == (byte)FrameKind.Refusal)
            throw new HandshakeRefusedException((RefusalReason)frame.Span[1], byThisSide: false);
        return frame;
    }

    private static async Task Refuse(FrameSocket frames, RefusalReason reason, CancellationToken cancellation)
    {
        await frames.WriteFrame(Handshake.EncodeRefusal(reason), cancellation).ConfigureAwait(false);
        throw new HandshakeRefusedException(reason, byThisSide: true);
    }

    private static Socket Bind(TcpSettings settings)
    {
        var host = settings.Hostname;
        Socket? socket = null;
        try
        {
            var ip = host is "0.0.0.0" or "" ? IPAddress.Any
                : IPAddress.TryParse(host, out var literal) ? literal
                : Dns.GetHostAddresses(host).OrderBy(a => a.AddressFamily != AddressFamily.InterNetwork).First();
            socket = new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(ip, settings.Port));
            socket.Listen(ListenBacklog);
            return socket;
        }
        catch (SocketException e)
        {
            socket?.Dispose();
            var why = e.SocketErrorCode == SocketError.AddressAlreadyInUse ? "the port is in use" : e.Message;
            throw new RemoteTransportException($"Remoting can't listen on {host}:{settings.Port}: {why}", e);
        }
    }

    private async Task AcceptUntilShutdown()
    {
        while (!_shutdown.IsCancellationRequested)
        {
            Socket socket;
            try
            {
                socket = await _listener.AcceptAsync(_shutdown.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException e)
            {
                // Out of file descriptors, or the caller hung up: the next one may do better.
                _events.Log(TransportLogLevel.Warning, $"Accepting a connection failed: {e.Message}");
                await Task.Delay(RandomNumberGenerator.GetInt32(10, 50)).ConfigureAwait(false);
                continue;
            }
            if (Interlocked.Increment(ref _handshakes) > HandshakesMax)
            {
                Interlocked.Decrement(ref _handshakes);
                _events.Log(TransportLogLevel.Warning, $"Connection from {socket.RemoteEndPoint} closed: {Handshake.Explain(RefusalReason.TooManyHandshakes)}");
                socket.Dispose();
                continue;
            }
            _ = Task.Run(() => Serve(socket));
        }
    }

    private async Task Serve(Socket socket)
    {
        using var frames = new FrameSocket(socket);
        var caller = socket.RemoteEndPoint;
        Hello hello;
        try
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(_shutdown.Token);
            timeout.CancelAfter(_settings.ConnectionTimeoutMs);
            hello = await ShakeHandsAsResponder(frames, timeout.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or WireFormatException or HandshakeRefusedException or OperationCanceledException or ObjectDisposedException)
        {
            var level = e is HandshakeRefusedException ? TransportLogLevel.Error : TransportLogLevel.Warning;
            var why = e is OperationCanceledException ? $"handshake not finished within {_settings.ConnectionTimeoutMs} ms" : e.Message;
            if (!_shutdown.IsCancellationRequested)
                _events.Log(level, $"Connection from {caller} closed: {why}");
            return;
        }
        finally
        {
            Interlocked.Decrement(ref _handshakes);
        }
        var connection = new InboundConnection(frames, hello.Initiator, hello.Uid, _settings, this);
        // What an earlier connection of that system has not delivered yet must not come after what this one brings: it ends first.
        InboundConnection? earlier;
        lock (_latestInbound)
        {
            _latestInbound.TryGetValue(hello.Initiator, out earlier);
            _latestInbound[hello.Initiator] = connection;
        }
        _inbound[connection] = true;
        if (earlier is not null)
        {
            earlier.Close(notice: null);
            await earlier.Ended.ConfigureAwait(false);
        }
        if (_shutdown.IsCancellationRequested || _peers.IsQuarantined(hello.Initiator, hello.Uid))
            connection.Close(FrameKind.Quarantined);
        await connection.Receive(_events).ConfigureAwait(false);
        _inbound.TryRemove(connection, out _);
        lock (_latestInbound)
        {
            if (_latestInbound.TryGetValue(hello.Initiator, out var latest) && latest == connection)
                _latestInbound.Remove(hello.Initiator);
        }
    }
}
