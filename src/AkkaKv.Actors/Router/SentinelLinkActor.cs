using System.Globalization;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Event;
using AkkaKv.Actors.Cluster;
using AkkaKv.Actors.Network;
using AkkaKv.Actors.Settings;
using AkkaKv.Protocol;

namespace AkkaKv.Actors.Router;

/// <summary>
/// A router's ear at one sentinel, over the sentinel's RESP port as any client would use it: asks who the master is, subscribes
/// to <c>+switch-master</c>, and tells its parent what it hears as <see cref="MasterChanged"/>. Works with Redis Sentinel too.
/// </summary>
public sealed class SentinelLinkActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(200);

    /// <summary>A sentinel that says nothing for so long is asked again: events may be lost with a connection that died silently.</summary>
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(2);

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly HostPort _sentinel;
    private readonly string _masterName;
    private readonly CancellationTokenSource _stopping = new();
    private bool _reachable = true;

    /// <summary>Creates the link.</summary>
    /// <param name="sentinel">The sentinel's RESP port.</param>
    /// <param name="masterName">The master to ask for.</param>
    public SentinelLinkActor(HostPort sentinel, string masterName)
    {
        _sentinel = sentinel;
        _masterName = masterName;
        Receive<Connect>(_ => Listen().PipeTo(Self));
        Receive<MasterChanged>(change => Context.Parent.Tell(change));
        Receive<LinkLost>(OnLost);
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>How to make one; see the constructor.</summary>
    public static Props Props(HostPort sentinel, string masterName) =>
        Akka.Actor.Props.Create(() => new SentinelLinkActor(sentinel, masterName));

    /// <inheritdoc/>
    protected override void PreStart() => Self.Tell(Connect.Instance);

    /// <inheritdoc/>
    protected override void PostStop() => _stopping.Cancel();

    private void OnLost(LinkLost lost)
    {
        if (_reachable)
            _log.Info("Sentinel {0} is not reachable: {1}", _sentinel, lost.Reason);
        _reachable = lost.WasConnected;
        Timers.StartSingleTimer(nameof(Connect), Connect.Instance, RetryDelay);
    }

    /// <summary>Talks to the sentinel until the connection is lost; its result says why.</summary>
    private async Task<LinkLost> Listen()
    {
        var self = Self;
        var connected = false;
        try
        {
            using var socket = await Connector.ConnectAsync(_sentinel.Host, _sentinel.Port).ConfigureAwait(false);
            connected = true;
            using var conversation = new Conversation(socket, _masterName, change => self.Tell(change));
            await conversation.Run(PollInterval, _stopping.Token).ConfigureAwait(false);
            return new LinkLost("it closed the connection", connected);
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException or InvalidDataException)
        {
            return new LinkLost(e.Message, connected);
        }
    }

    /// <summary>One connection: HELLO 3 makes events arrive as push types, so questions can be asked on the same connection.</summary>
    private sealed class Conversation(Socket socket, string masterName, Action<MasterChanged> heard) : IDisposable
    {
        private readonly NetworkStream _stream = new(socket, ownsSocket: false);
        private readonly ReplyReader _reader = new();
        private readonly byte[] _buffer = new byte[16 * 1024];
        private int _filled;

        public async Task Run(TimeSpan pollInterval, CancellationToken stopping)
        {
            await Send(["HELLO", "3"], stopping).ConfigureAwait(false);
            await Send(["SUBSCRIBE", "+switch-master"], stopping).ConfigureAwait(false);
            await Ask(stopping).ConfigureAwait(false);
            using var poll = new PeriodicTimer(pollInterval);
            var tick = poll.WaitForNextTickAsync(stopping).AsTask();
            var read = Read(stopping);
            while (true)
            {
                if (await Task.WhenAny(read, tick).ConfigureAwait(false) == tick)
                {
                    await tick.ConfigureAwait(false);
                    tick = poll.WaitForNextTickAsync(stopping).AsTask();
                    await Ask(stopping).ConfigureAwait(false);
                    continue;
                }
                if (!await read.ConfigureAwait(false))
                    return;
                foreach (var reply in Replies())
                {
                    if (reply.Kind == RespKind.Push && reply.Items.Count == 3 && reply[0].Text == "message")
                        await Ask(stopping).ConfigureAwait(false);
                    else
                        Hear(reply);
                }
                read = Read(stopping);
            }
        }

        public void Dispose() => _stream.Dispose();

        private Task Ask(CancellationToken stopping) => Send(["SENTINEL", "MASTER", masterName], stopping);

        private async Task Send(string[] request, CancellationToken stopping)
        {
            var output = new OutputBuffer();
            RequestWriter.Write(output, request);
            await _stream.WriteAsync(output.ToArray(), stopping).ConfigureAwait(false);
            output.Clear();
        }

        private async Task<bool> Read(CancellationToken stopping)
        {
            if (_filled == _buffer.Length)
                throw new InvalidDataException("the sentinel's reply is too long");
            var count = await _stream.ReadAsync(_buffer.AsMemory(_filled), stopping).ConfigureAwait(false);
            _filled += count;
            return count > 0;
        }

        private List<RespValue> Replies()
        {
            var replies = new List<RespValue>();
            var position = 0;
            ParseStatus status;
            while ((status = _reader.Read(_buffer.AsSpan(0, _filled), ref position, out var reply)) == ParseStatus.Ok)
                replies.Add(reply);
            if (status == ParseStatus.Error)
                throw new InvalidDataException(_reader.ErrorMessage);
            _buffer.AsSpan(position, _filled - position).CopyTo(_buffer);
            _filled -= position;
            return replies;
        }

        /// <summary>Takes the address out of a reply to SENTINEL MASTER; every other reply has no ip, port and config-epoch.</summary>
        private void Hear(RespValue reply)
        {
            string? host = null;
            int? port = null;
            long? epoch = null;
            for (var i = 0; i + 1 < reply.Items.Count; i += 2)
            {
                var value = reply[i + 1].Text;
                switch (reply[i].Text)
                {
                    case "ip":
                        host = value;
                        break;
                    case "port" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number):
                        port = number;
                        break;
                    case "config-epoch" when long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number):
                        epoch = number;
                        break;
                }
            }
            if (host is not null && port is not null && epoch is not null)
                heard(new MasterChanged(masterName, host, port.Value, epoch.Value));
        }
    }

    private sealed record LinkLost(string Reason, bool WasConnected);

    private sealed class Connect
    {
        public static readonly Connect Instance = new();
    }
}
