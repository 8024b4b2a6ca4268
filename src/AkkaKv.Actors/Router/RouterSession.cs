using System.Buffers;
using AkkaKv.Protocol;

namespace AkkaKv.Actors.Router;

/// <summary>What a <see cref="RouterSession"/> asks of the sockets around it.</summary>
internal interface IRouterEffects
{
    /// <summary>Bytes for the client; take them (the buffer is reused).</summary>
    void SendToClient(OutputBuffer bytes);

    /// <summary>Bytes for the master; take them (the buffer is reused).</summary>
    void SendToUpstream(OutputBuffer bytes);

    /// <summary>A connection to the current master is wanted, now or as soon as there is one.</summary>
    void ConnectUpstream();

    /// <summary>The connection to the master is of no use any more; its end is then reported by <see cref="RouterSession.UpstreamLost"/>.</summary>
    void DisconnectUpstream();

    /// <summary>Ends the client's connection after what was sent to it.</summary>
    void CloseClient();
}

/// <summary>
/// One client behind the router: requests go to the master as they come, replies come back in order; while there is no master,
/// requests wait for a bounded time. Knows no sockets and no clock.
/// </summary>
/// <remarks>
/// A request that was sent and not answered when its connection died may or may not have been executed. It is answered with an error
/// that says so, and never sent again. A request that was not sent yet has certainly not been executed: it waits, and if it
/// waits too long its error (TRYAGAIN) says that it is safe to repeat.
/// </remarks>
internal sealed class RouterSession(IRouterEffects effects, RouterLimits limits)
{
    internal static ReadOnlySpan<byte> UnknownOutcome =>
        "-UNKNOWNOUTCOME The connection to the master was lost before it answered; the command may or may not have been executed\r\n"u8;

    internal static ReadOnlySpan<byte> NoMaster =>
        "-TRYAGAIN No master is reachable; the command was not executed\r\n"u8;

    private readonly SessionMemory _memory = new();
    private readonly Queue<Expected> _expected = new();
    private readonly Queue<Parked> _parked = new();
    private readonly RequestParser _parser = new();
    private readonly RequestBatch _batch = new();
    private readonly ReplyScanner _scanner = new();
    private readonly OutputBuffer _toClient = new();
    private readonly OutputBuffer _toUpstream = new();
    private long _parkedBytes;
    private bool _connected;
    private bool _connecting;
    private bool _draining;
    private long _drainingSince;
    private bool _partForwarded;
    private bool _swallowing;
    private bool _tunnel;
    private int _swallowConfirmations;
    private bool _inTransaction;
    private bool _watching;
    private LostTransaction _lost;
    private bool _closing;

    /// <summary>False while so much is parked that nothing more should be read from the client.</summary>
    public bool WantsInput => _parkedBytes < limits.ParkBytesMax && !_closing;

    /// <summary>Something waits that only time can end: requests without a master, a connection that is to be left.</summary>
    public bool IsWaiting => _parked.Count > 0 || _draining;

    /// <summary>Bytes from the client in [start, end); returns the position up to which they were taken.</summary>
    public int ClientInput(byte[] buffer, int start, int end, long now)
    {
        _batch.Clear();
        var status = _parser.Parse(buffer, start, end, _batch, out var consumed);
        for (var i = 0; i < _batch.Count && !_closing; i++)
            Take(_batch[i], now);
        if (status == ParseStatus.Error)
        {
            Local(System.Text.Encoding.UTF8.GetBytes($"-{_parser.ErrorMessage}\r\n"));
            _closing = true;
        }
        _batch.Clear();
        Flush();
        return consumed;
    }

    /// <summary>The connection to the master is there: the session is told to it, then everything parked goes out in order.</summary>
    public void UpstreamConnected()
    {
        _connected = true;
        _connecting = false;
        var replies = _memory.WriteTo(_toUpstream, out _swallowConfirmations);
        for (var i = 0; i < replies; i++)
            _expected.Enqueue(new Expected(RequestKind.Ordinary, null, null, Swallow: true));
        if (_memory.Subscribed && !_memory.Resp3)
        {
            // In RESP2 each confirmation is an array in the place of a reply.
            for (; _swallowConfirmations > 0; _swallowConfirmations--)
                _expected.Enqueue(new Expected(RequestKind.Ordinary, null, null, Swallow: true));
            _expected.Enqueue(new Expected(RequestKind.Stream, null, null, Swallow: false));
            _tunnel = true;
        }
        while (_parked.TryDequeue(out var parked))
        {
            _parkedBytes -= parked.Request.Size;
            Forward(parked.Request.View);
        }
        Flush();
    }

    /// <summary>Replies from the master; returns how many bytes were taken. The rest must come again with more behind it.</summary>
    public int UpstreamInput(ReadOnlySpan<byte> bytes)
    {
        var position = 0;
        while (position < bytes.Length)
        {
            var start = position;
            if (!_scanner.InReply)
                BeginReply(bytes[start]);
            var status = _scanner.Scan(bytes, ref position);
            if (!_swallowing)
                _toClient.Write(bytes[start..position]);
            if (status == ParseStatus.Ok)
            {
                _partForwarded = false;
                ReplyEnded();
                continue;
            }
            _partForwarded |= position > start && !_swallowing;
            if (status == ParseStatus.Error)
                effects.DisconnectUpstream();
            break;
        }
        Flush();
        return position;
    }

    /// <summary>
    /// The connection to the master is lost, or could not be made. What it had not answered is answered with
    /// <see cref="UnknownOutcome"/>; a reply that was cut off in the middle, or a stream, can only end with the client's connection.
    /// </summary>
    public void UpstreamLost()
    {
        var wasConnected = _connected;
        _connected = _connecting = _draining = false;
        _scanner.Reset();
        _swallowConfirmations = 0;
        if (wasConnected && (_partForwarded || (_tunnel && !_memory.Subscribed) || _closing))
        {
            _closing = true;
            _expected.Clear();
            Flush();
            effects.CloseClient();
            return;
        }
        while (_expected.TryDequeue(out var expected))
        {
            // A client whose MULTI failed may go on with plain commands or with the rest of its transaction: only a new
            // connection makes both sides agree again.
            _closing |= expected.Kind == RequestKind.Multi;
            if (expected.Local is not null)
                _toClient.Write(expected.Local);
            else if (!expected.Swallow && expected.Kind != RequestKind.Stream)
                _toClient.Write(UnknownOutcome);
        }
        if (_inTransaction)
            _lost = LostTransaction.Aborted;
        else if (_watching)
            _lost = LostTransaction.Watched;
        _tunnel = false;
        Flush();
        if (!_closing && (_parked.Count > 0 || _memory.Subscribed))
            Connect();
    }

    /// <summary>
    /// Another node is the master now. Requests that arrive from here on wait for it; the connection to the old one ends as soon as
    /// it has answered what it was sent.
    /// </summary>
    public void MasterMoved(long now)
    {
        if (!_connected || _draining)
            return;
        _draining = true;
        _drainingSince = now;
        if (_expected.Count == 0 || _tunnel)
            effects.DisconnectUpstream();
    }

    /// <summary>Answers what has waited too long.</summary>
    public void Tick(long now)
    {
        if (_draining && now - _drainingSince >= limits.DrainTimeoutMs)
        {
            effects.DisconnectUpstream();
            return;
        }
        while (!_connected && _parked.TryPeek(out var parked) && now - parked.Since >= limits.ParkTimeoutMs)
        {
            _parked.Dequeue();
            _parkedBytes -= parked.Request.Size;
            _toClient.Write(NoMaster);
        }
        Flush();
    }

    private void Take(in Arguments request, long now)
    {
        if (_connected && !_draining)
        {
            Forward(request);
            return;
        }
        var copy = new OwnedArguments(request);
        _parked.Enqueue(new Parked(copy, now));
        _parkedBytes += copy.Size;
        if (!_draining)
            Connect();
    }

    private void Connect()
    {
        if (_connecting)
            return;
        _connecting = true;
        effects.ConnectUpstream();
    }

    private void Forward(in Arguments request)
    {
        var kind = RequestKinds.Of(request);
        if (_lost != LostTransaction.None && AnswerLostTransaction(kind))
            return;
        if (_tunnel)
        {
            if (kind is RequestKind.Subscribe or RequestKind.PatternSubscribe or RequestKind.Unsubscribe or RequestKind.PatternUnsubscribe)
                _memory.RememberSubscription(kind, request);
            // The master hangs up after its reply; without this its end would look like a failover, and the subscriber would be connected anew.
            _closing |= kind == RequestKind.Quit;
            RequestWriter.Write(_toUpstream, request);
            return;
        }
        switch (kind)
        {
            case RequestKind.ClientReply:
                _expected.Enqueue(new Expected(kind, null, "-ERR CLIENT REPLY cannot be used through a router\r\n"u8.ToArray(), Swallow: false));
                AnswerLocalHead();
                return;
            case RequestKind.Auth or RequestKind.Hello or RequestKind.Select or RequestKind.SetName or RequestKind.Reset:
                _memory.Anticipate(kind, request);
                _expected.Enqueue(new Expected(kind, new OwnedArguments(request), null, Swallow: false));
                break;
            case RequestKind.Subscribe or RequestKind.PatternSubscribe or RequestKind.Unsubscribe or RequestKind.PatternUnsubscribe:
                _memory.RememberSubscription(kind, request);
                if (_memory.Resp3)
                    break;
                _expected.Enqueue(new Expected(RequestKind.Stream, null, null, Swallow: false));
                _tunnel = true;
                break;
            case RequestKind.Stream:
                _expected.Enqueue(new Expected(RequestKind.Stream, null, null, Swallow: false));
                _tunnel = true;
                break;
            default:
                Track(kind);
                _expected.Enqueue(new Expected(kind, null, null, Swallow: false));
                break;
        }
        RequestWriter.Write(_toUpstream, request);
    }

    private void Track(RequestKind kind)
    {
        switch (kind)
        {
            case RequestKind.Multi:
                _inTransaction = true;
                break;
            case RequestKind.EndTransaction:
                _inTransaction = _watching = false;
                break;
            case RequestKind.Watch:
                _watching = true;
                break;
            case RequestKind.Unwatch:
                _watching = false;
                break;
            case RequestKind.Quit:
                _closing = true;
                break;
        }
    }

    /// <summary>A transaction, or the watches before one, died with the old master: the rest of it is answered here.</summary>
    private bool AnswerLostTransaction(RequestKind kind)
    {
        if (_lost == LostTransaction.Aborted)
        {
            if (kind == RequestKind.EndTransaction)
            {
                _lost = LostTransaction.None;
                _inTransaction = _watching = false;
                Local("-EXECABORT Transaction discarded because the connection to the master was lost.\r\n"u8);
                return true;
            }
            Local("-ERR The transaction was lost with the connection to the master\r\n"u8);
            return true;
        }
        switch (kind)
        {
            case RequestKind.Multi:
                _inTransaction = true;
                Local("+OK\r\n"u8);
                return true;
            case RequestKind.EndTransaction:
                _lost = LostTransaction.None;
                _inTransaction = _watching = false;
                // As if a watched key had been changed: that is what a client must be prepared for.
                Local(_memory.Resp3 ? "_\r\n"u8 : "*-1\r\n"u8);
                return true;
            case RequestKind.Unwatch when !_inTransaction:
                _lost = LostTransaction.None;
                _watching = false;
                Local("+OK\r\n"u8);
                return true;
            default:
                if (!_inTransaction)
                    return false;
                Local("+QUEUED\r\n"u8);
                return true;
        }
    }

    private void Local(ReadOnlySpan<byte> reply)
    {
        _expected.Enqueue(new Expected(RequestKind.Ordinary, null, reply.ToArray(), Swallow: false));
        AnswerLocalHead();
    }

    private void AnswerLocalHead()
    {
        while (!_partForwarded && _expected.TryPeek(out var expected) && expected.Local is not null)
        {
            _expected.Dequeue();
            _toClient.Write(expected.Local);
        }
    }

    private void BeginReply(byte type) =>
        _swallowing = type == (byte)'>'
            ? _swallowConfirmations > 0
            : _expected.TryPeek(out var expected) && expected.Swallow;

    private void ReplyEnded()
    {
        if (_scanner.Type == (byte)'>')
        {
            if (_swallowing)
                _swallowConfirmations--;
            return;
        }
        if (!_expected.TryPeek(out var expected) || expected.Kind == RequestKind.Stream)
            return;
        _expected.Dequeue();
        if (expected.Request is not null && _scanner.Type != (byte)'-')
            _memory.Remember(expected.Kind, expected.Request);
        AnswerLocalHead();
        if (_draining && _expected.Count == 0)
            effects.DisconnectUpstream();
    }

    private void Flush()
    {
        if (_toUpstream.Length > 0)
            effects.SendToUpstream(_toUpstream);
        if (_toClient.Length > 0)
            effects.SendToClient(_toClient);
        if (_closing && _expected.Count == 0)
            effects.CloseClient();
    }

    private enum LostTransaction
    {
        None,
        /// <summary>Keys were watched; the transaction that follows must fail as if one had changed.</summary>
        Watched,
        /// <summary>MULTI had been sent; everything up to EXEC is refused.</summary>
        Aborted,
    }

    /// <summary>What the next reply is for. <paramref name="Local"/> is the reply itself when the router gives it.</summary>
    private readonly record struct Expected(RequestKind Kind, OwnedArguments? Request, byte[]? Local, bool Swallow);

    private readonly record struct Parked(OwnedArguments Request, long Since);
}
