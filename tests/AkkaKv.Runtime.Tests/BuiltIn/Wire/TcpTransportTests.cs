using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Remote;
using Akka.Remote.Transport;
using Akka.Remote.Wire;
using static AkkaKv.Runtime.Tests.Remoting.TestTransport;

namespace AkkaKv.Runtime.Tests.Remoting;

public class TcpTransportTests
{
    [Fact]
    public async Task Messages_arrive_in_order_with_the_senders_address()
    {
        await using var a = new TestTransport(1);
        await using var b = new TestTransport(2);
        for (var i = 0; i < 10_000; i++)
            Assert.Equal(SendResult.Queued, a.Send(b, $"{i}"));

        await Eventually(() => b.Received.Count == 10_000, "all messages");
        Assert.Equal(Enumerable.Range(0, 10_000).Select(i => (a.Address, $"{i}")), b.Received);
    }

    [Fact]
    public async Task Both_directions_have_their_own_connection()
    {
        await using var a = new TestTransport(1);
        await using var b = new TestTransport(2);
        a.Send(b, "ping");
        await Eventually(() => !b.Received.IsEmpty, "ping");
        b.Send(a, "pong");

        await Eventually(() => !a.Received.IsEmpty, "pong");
        Assert.Equal(2, a.Transport.UidOf(b.Address));
        Assert.Equal(1, b.Transport.UidOf(a.Address));
        Assert.Contains("associated 2 out", a.Events);
        Assert.Contains("associated 1 in", b.Events);
    }

    [Fact]
    public async Task The_shared_secret_lets_both_in()
    {
        await using var a = new TestTransport(1, Fast with { SecureCookie = "opensesame" });
        await using var b = new TestTransport(2, Fast with { SecureCookie = "opensesame" });
        a.Send(b, "hello");

        await Eventually(() => !b.Received.IsEmpty, "message");
    }

    [Fact]
    public async Task A_wrong_secret_is_refused_said_on_both_sides_and_disturbs_nobody_else()
    {
        await using var a = new TestTransport(1, Fast with { SecureCookie = "right" });
        await using var b = new TestTransport(2, Fast with { SecureCookie = "right" });
        await using var stranger = new TestTransport(3, Fast with { SecureCookie = "wrong-and-secret" });
        stranger.Send(b, "let me in");

        await Eventually(() => stranger.Events.Any(e => e.Contains("cookies differ")), "error on the stranger's side");
        await Eventually(() => b.Logged.Any(l => l.Level == TransportLogLevel.Error && l.Text.Contains("cookies differ")), "error on the other side");
        a.Send(b, "hello");
        await Eventually(() => !b.Received.IsEmpty, "message between those who know");
        Assert.Equal((a.Address, "hello"), Assert.Single(b.Received));
        Assert.DoesNotContain(b.Logged.Concat(stranger.Logged).Select(l => l.Text).Concat(stranger.Events), t => t.Contains("right") || t.Contains("wrong-and-secret"));
    }

    [Fact]
    public async Task One_side_with_and_one_without_a_secret_do_not_associate()
    {
        await using var a = new TestTransport(1, Fast with { SecureCookie = "right" });
        await using var b = new TestTransport(2);
        a.Send(b, "hello");
        b.Send(a, "hello");

        await Eventually(() => a.Events.Concat(b.Events).Count(e => e.Contains("require-cookie")) >= 2, "errors");
        Assert.Empty(a.Received);
        Assert.Empty(b.Received);
    }

    [Fact]
    public async Task A_side_that_does_not_know_the_secret_learns_no_proof()
    {
        await using var b = new TestTransport(2, Fast with { SecureCookie = "right" });
        using var frames = new FrameSocket(await Dial(b));
        await frames.WriteFrame(Handshake.Encode(new Hello(new Address("akka.tcp", "x", "127.0.0.1", 1), 9, b.Address, true, Handshake.NewNonce())), default);
        Assert.Equal((byte)FrameKind.Challenge, (await frames.ReadFrame(2048, default)).ToArray()[0]);
        await frames.WriteFrame(Handshake.EncodeProof(FrameKind.Proof, new byte[32]), default);

        var answer = (await frames.ReadFrame(2048, default)).ToArray();
        Assert.Equal([(byte)FrameKind.Refusal, (byte)RefusalReason.WrongCookie], answer);
        Assert.True((await frames.ReadFrame(2048, default)).IsEmpty);
    }

    [Fact]
    public async Task A_message_longer_than_a_frame_is_refused_at_once()
    {
        await using var a = new TestTransport(1, Fast with { MaximumFrameBytes = 1000 });
        await using var b = new TestTransport(2);

        Assert.Equal(SendResult.TooLarge, a.Send(b, new string('x', 1000)));
        Assert.Equal(SendResult.Queued, a.Send(b, new string('x', 999)));
        await Eventually(() => b.Received.Count == 1, "the longest message");
    }

    [Fact]
    public async Task A_frame_longer_than_this_side_allows_ends_the_association()
    {
        await using var a = new TestTransport(1);
        await using var b = new TestTransport(2, Fast with { MaximumFrameBytes = 1000 });
        a.Send(b, new string('x', 5000));

        await Eventually(() => b.Events.Any(e => e.Contains("frame of 5001 bytes, allowed are 1 to 1000")), "error");
        await Eventually(() => b.Events.Contains("disassociated in"), "disassociation");
        Assert.Empty(b.Received);
    }

    [Fact]
    public async Task What_waits_is_bounded()
    {
        using var silent = new Socket(SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        silent.Listen();
        await using var a = new TestTransport(1, Fast with { SendQueueBytesMax = 10_000 });
        var nowhere = new Address("akka.tcp", "test", "127.0.0.1", ((IPEndPoint)silent.LocalEndPoint!).Port);

        var results = Enumerable.Range(0, 20).Select(_ => a.Transport.Send(nowhere, new byte[1000])).ToList();

        Assert.Equal(9, results.Count(r => r == SendResult.Queued));
        Assert.Equal(11, results.Count(r => r == SendResult.QueueFull));
    }

    [Fact]
    public async Task After_a_failed_attempt_messages_are_gated_until_the_next_one()
    {
        await using var a = new TestTransport(1);
        var nobody = new Address("akka.tcp", "test", "127.0.0.1", 1);
        Assert.Equal(SendResult.Queued, a.Transport.Send(nobody, [1]));

        await Eventually(() => a.Transport.Send(nobody, [1]) == SendResult.Gated, "gate");
        await Eventually(() => a.Transport.Send(nobody, [1]) == SendResult.Queued, "next attempt");
        Assert.Contains(a.Logged, l => l.Text.Contains("are lost"));
    }

    [Fact]
    public async Task A_call_from_the_other_side_opens_the_gate()
    {
        await using var a = new TestTransport(1, Fast with { RetryGateClosedForMs = 60_000 });
        var b = new TestTransport(2);
        var port = b.Address.Port!.Value;
        await b.DisposeAsync();
        a.Send(b, "too early");
        await Eventually(() => a.Send(b, "too early") == SendResult.Gated, "gate");

        await using var again = new TestTransport(3, Fast with { Port = port });
        again.Send(a, "here I am");
        await Eventually(() => !a.Received.IsEmpty, "call");
        a.Send(again, "welcome");

        await Eventually(() => again.Received.Any(r => r.Text == "welcome"), "message through the opened gate");
    }

    [Fact]
    public async Task A_new_incarnation_replaces_the_old_one()
    {
        await using var a = new TestTransport(1);
        var old = new TestTransport(2);
        var port = old.Address.Port!.Value;
        a.Send(old, "hello");
        await Eventually(() => !old.Received.IsEmpty, "message");
        await old.DisposeAsync();

        await using var young = new TestTransport(3, Fast with { Port = port });
        young.Send(a, "I am new");
        await Eventually(() => a.Events.Contains("replaced 2 3"), "replacement");
        a.Send(young, "hello again");
        await Eventually(() => young.Received.Any(r => r.Text == "hello again"), "message to the new one");
    }

    [Fact]
    public async Task A_quarantined_incarnation_is_told_and_shut_out_until_it_restarts()
    {
        await using var a = new TestTransport(1);
        await using var b = new TestTransport(2);
        a.Send(b, "hello");
        b.Send(a, "hello");
        await Eventually(() => !a.Received.IsEmpty && !b.Received.IsEmpty, "messages");

        Assert.True(a.Transport.Quarantine(b.Address, 2));
        Assert.False(a.Transport.Quarantine(b.Address, 2));
        await Eventually(() => b.Events.Contains("quarantined by"), "notice");
        Assert.Equal(SendResult.Quarantined, a.Send(b, "more"));
        await Eventually(
            () =>
            {
                // The first may still go into the connection that is just being closed.
                b.Send(a, "more");
                return b.Events.Any(e => e.Contains("this incarnation is quarantined"));
            },
            "refusal");
        Assert.Single(a.Received);
    }

    [Fact]
    public async Task A_connection_whose_other_end_falls_silent_is_given_up()
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var address = new Address("akka.tcp", "test", "127.0.0.1", ((IPEndPoint)listener.LocalEndPoint!).Port);
        await using var a = new TestTransport(1, Fast with { AcceptableHeartbeatPauseMs = 300 });
        a.Transport.Send(address, [1]);

        using var frames = new FrameSocket(await listener.AcceptAsync());
        await frames.ReadFrame(2048, default);
        await frames.WriteFrame(Handshake.Encode(new Challenge(address, 9, false, Handshake.NewNonce())), default);
        await frames.ReadFrame(2048, default);
        await frames.WriteFrame([(byte)FrameKind.Welcome], default);

        await Eventually(() => a.Events.Any(e => e.Contains("no answer for")), "timeout");
        await Eventually(() => a.Events.Contains("disassociated out"), "end");
    }

    [Fact]
    public async Task What_waits_is_sent_before_shutting_down()
    {
        var a = new TestTransport(1);
        await using var b = new TestTransport(2);
        for (var i = 0; i < 1000; i++)
            a.Send(b, $"{i}");
        await a.DisposeAsync();

        await Eventually(() => b.Received.Count == 1000, "all messages");
        Assert.Equal(SendResult.ShutDown, a.Send(b, "late"));
    }

    [Fact]
    public async Task A_port_in_use_is_an_error_that_names_it()
    {
        await using var a = new TestTransport(1);

        var error = Assert.Throws<RemoteTransportException>(() => new TestTransport(2, Fast with { Port = a.Address.Port!.Value }));

        Assert.Equal($"Remoting can't listen on 127.0.0.1:{a.Address.Port}: the port is in use", error.Message);
    }

    [Fact]
    public async Task Garbage_cut_frames_and_huge_lengths_harm_nobody()
    {
        await using var a = new TestTransport(1);
        await using var b = new TestTransport(2, Fast with { ConnectionTimeoutMs = 500 });
        var random = new Random(20);
        var hello = Handshake.Encode(new Hello(a.Address, 1, b.Address, false, Handshake.NewNonce()));
        byte[][] openings = [[], [0xFF, 0xFF, 0xFF, 0x7F], [0xFF, 0xFF, 0xFF, 0xFF], [0, 0, 0, 0], [5, 0, 0, 0, 1, 2], "GET / HTTP/1.1\r\n\r\n"u8.ToArray()];
        for (var i = 0; i < 120; i++)
        {
            using var socket = await Dial(b);
            var noise = new byte[random.Next(1, 3000)];
            random.NextBytes(noise);
            byte[] bytes = (i % 4) switch
            {
                0 => [.. openings[i / 4 % openings.Length], .. noise],
                1 => noise,
                2 => [(byte)hello.Length, 0, 0, 0, .. Damaged(hello, random)],
                _ => [(byte)hello.Length, 0, 0, 0, .. hello[..random.Next(hello.Length)]],
            };
            await SendAll(socket, bytes);
            if (i % 3 == 0)
                socket.Shutdown(SocketShutdown.Send);
        }

        a.Send(b, "still there?");
        await Eventually(() => !b.Received.IsEmpty, "a proper message afterwards");
        Assert.Equal((a.Address, "still there?"), Assert.Single(b.Received));
    }

    [Fact]
    public async Task Garbage_after_the_handshake_ends_that_connection_only()
    {
        await using var a = new TestTransport(1);
        await using var b = new TestTransport(2);
        var random = new Random(21);
        for (var i = 0; i < 40; i++)
        {
            using var frames = new FrameSocket(await Dial(b));
            await frames.WriteFrame(Handshake.Encode(new Hello(new Address("akka.tcp", "x", "127.0.0.1", 1), 9, b.Address, false, Handshake.NewNonce())), default);
            await frames.ReadFrame(2048, default);
            await frames.WriteFrame([(byte)FrameKind.Proof], default);
            Assert.Equal((byte)FrameKind.Welcome, (await frames.ReadFrame(2048, default)).ToArray()[0]);
            var noise = new byte[random.Next(5, 500)];
            random.NextBytes(noise);
            noise[3] = 0x70; // a length far beyond the limit
            await frames.Write(noise, default);
            await Eventually(() => b.Events.Count(e => e.StartsWith("error frame of", StringComparison.Ordinal)) == i + 1, "end of the connection");
        }

        a.Send(b, "still there?");
        await Eventually(() => !b.Received.IsEmpty, "a proper message afterwards");
    }

    private static async Task<Socket> Dial(TestTransport transport)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, transport.Address.Port!.Value);
        return socket;
    }

    private static async Task SendAll(Socket socket, byte[] bytes)
    {
        try
        {
            await socket.SendAsync(bytes);
        }
        catch (SocketException)
        {
            // The other side has hung up already, as it should.
        }
    }

    private static byte[] Damaged(byte[] frame, Random random)
    {
        var copy = (byte[])frame.Clone();
        copy[random.Next(copy.Length)] ^= (byte)random.Next(1, 256);
        return copy;
    }
}
