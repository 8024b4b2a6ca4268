using System.Net;
using System.Net.Sockets;
using AkkaKv.Actors.Network;
using AkkaKv.Protocol;

namespace AkkaKv.Tests.Node;

/// <summary>Both ways in which bytes get through a socket: as an accepted connection's (epoll on Linux) and as an outgoing one's (SocketAsyncEventArgs).</summary>
public sealed class TcpConnectionTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_arrives_in_any_pieces_is_received_in_order(bool isOutgoing)
    {
        using var pair = await Pair.ConnectAsync(isOutgoing);
        var random = new Random(1);
        var sent = new byte[1_000_000];
        random.NextBytes(sent);
        for (var at = 0; at < sent.Length;)
        {
            var length = Math.Min(random.Next(1, 60_000), sent.Length - at);
            await pair.Peer.SendAsync(sent.AsMemory(at, length));
            at += length;
        }

        Assert.Equal(sent, await pair.EchoAsync(sent.Length));
        Assert.Equal(sent.Length, pair.Traffic.Received);
        Assert.Equal(sent.Length, pair.Traffic.Sent);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_peer_that_reads_late_gets_everything_once_it_reads(bool isOutgoing)
    {
        using var pair = await Pair.ConnectAsync(isOutgoing);
        var output = new OutputBuffer();
        var expected = new byte[40_000_000];
        new Random(2).NextBytes(expected);
        output.Write(expected);
        pair.Connection.Send(output);
        Assert.True(pair.Connection.UnsentBytes > 0, "It all fitted into the socket; the test is too small.");

        Assert.Equal(expected, await pair.EchoAsync(expected.Length));
        await pair.Connection.Drained.Task.WaitAsync(Deadline);
        Assert.Equal(0, pair.Connection.UnsentBytes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Input_behind_a_pause_is_received_when_the_owner_goes_on(bool isOutgoing)
    {
        using var pair = await Pair.ConnectAsync(isOutgoing);
        pair.Connection.PausesAfterInput = true;
        for (var round = 0; round < 200; round++)
        {
            await pair.Peer.SendAsync("first"u8.ToArray());
            await pair.Connection.Paused.WaitAsync(Deadline);
            if (round % 2 == 0)
                await pair.Peer.SendAsync("second"u8.ToArray());
            pair.Connection.GoOn();
            if (round % 2 == 0)
            {
                await pair.Connection.Paused.WaitAsync(Deadline);
                pair.Connection.GoOn();
            }

            Assert.Equal(round % 2 == 0 ? "firstsecond"u8.ToArray() : "first"u8.ToArray(), await pair.EchoAsync(round % 2 == 0 ? 11 : 5));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_peer_said_before_it_hung_up_is_received_and_then_the_connection_closes(bool isOutgoing)
    {
        for (var round = 0; round < 50; round++)
        {
            using var pair = await Pair.ConnectAsync(isOutgoing);
            await pair.Peer.SendAsync("farewell"u8.ToArray());
            pair.Peer.Shutdown(SocketShutdown.Send);
            await pair.Connection.Closed.Task.WaitAsync(Deadline);
            Assert.Equal(8, pair.Traffic.Received);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Closing_from_elsewhere_while_bytes_pass_both_ways_ends_the_connection_once(bool isOutgoing)
    {
        for (var round = 0; round < 50; round++)
        {
            using var pair = await Pair.ConnectAsync(isOutgoing);
            var talking = Task.Run(async () =>
            {
                try
                {
                    while (true)
                        await pair.Peer.SendAsync(new byte[10_000]);
                }
                catch (SocketException)
                {
                    // Closed, as it must be.
                }
            });
            var closing = Task.WhenAll(Task.Run(pair.Connection.Close), Task.Run(pair.Connection.Close));
            await Task.WhenAll(talking, closing, pair.Connection.Closed.Task).WaitAsync(Deadline);
            Assert.Equal(1, pair.Connection.TimesClosed);
        }
    }

    private sealed class Pair : IDisposable
    {
        private Pair(Socket peer, EchoConnection connection, TrafficCounters traffic) => (Peer, Connection, Traffic) = (peer, connection, traffic);

        public Socket Peer { get; }

        public EchoConnection Connection { get; }

        public TrafficCounters Traffic { get; }

        public static async Task<Pair> ConnectAsync(bool isOutgoing)
        {
            using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
            listener.Listen();
            var peer = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await peer.ConnectAsync(listener.LocalEndPoint!);
            var traffic = new TrafficCounters();
            var connection = new EchoConnection(await listener.AcceptAsync(), traffic, isOutgoing);
            connection.StartReceiving();
            return new Pair(peer, connection, traffic);
        }

        public async Task<byte[]> EchoAsync(int length)
        {
            var echo = new byte[length];
            using var deadline = new CancellationTokenSource(Deadline);
            for (var at = 0; at < length;)
            {
                var received = await Peer.ReceiveAsync(echo.AsMemory(at), deadline.Token);
                Assert.True(received > 0, "The connection was closed.");
                at += received;
            }

            return echo;
        }

        public void Dispose()
        {
            Connection.Close();
            Peer.Dispose();
        }
    }

    /// <summary>Sends back what it receives.</summary>
    private sealed class EchoConnection(Socket socket, TrafficCounters traffic, bool isOutgoing) : TcpConnection(socket, traffic, isOutgoing)
    {
        private readonly OutputBuffer _output = new();

        public TaskCompletionSource Closed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Drained { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public SemaphoreSlim Paused { get; } = new(0);

        public bool PausesAfterInput { get; set; }

        public int TimesClosed { get; private set; }

        public void GoOn() => ContinueReceiving();

        protected override bool OnInput()
        {
            _output.Write(Buffer.AsSpan(InputStart, InputEnd - InputStart));
            InputStart = InputEnd;
            Send(_output);
            if (!PausesAfterInput)
                return true;
            Paused.Release();
            return false;
        }

        protected override void OnClosed()
        {
            TimesClosed++;
            Closed.TrySetResult();
        }

        protected override void OnDrained() => Drained.TrySetResult();
    }
}
