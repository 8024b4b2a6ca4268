using System.Text;
using AkkaKv.Replication;

namespace AkkaKv.Tests.Replication;

public sealed class UpstreamLinkTests
{
    private const string Id = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private const string OtherId = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    private readonly List<UpstreamEffect> _outbox = [];

    [Fact]
    public void The_handshake_introduces_the_replica_as_redis_does()
    {
        var link = Started(new UpstreamSettings("h", 6379, 6380, AnnouncedAddress: "10.0.0.5", User: "repl", Password: "secret"));
        Assert.Equal(["send PING"], Step(link, UpstreamInput.Connected.Instance));
        Assert.Equal(
            ["send AUTH repl secret", "send REPLCONF listening-port 6380", "send REPLCONF ip-address 10.0.0.5", "send REPLCONF capa eof capa psync2"],
            Receive(link, "-NOAUTH Authentication required.\r\n"));
        Assert.Empty(Receive(link, "+OK\r\n+OK\r\n-ERR Unrecognized REPLCONF option: ip-address\r\n"));
        Assert.Equal(
            ["say Partial resynchronization not possible (no cached master)", "send PSYNC ? -1"], Receive(link, "+OK\r\n"));
    }

    [Fact]
    public void A_replica_with_a_history_asks_for_its_next_byte() =>
        Assert.Equal("send PSYNC aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa 421", UntilSync(new(ReplicationId.Parse(Id), 420)).Last);

    [Theory]
    [InlineData("+CONTINUE\r\n", "continue 0000000000000000000000000000000000000000")]
    [InlineData("+CONTINUE " + OtherId + "\r\n", "continue " + OtherId)]
    public void Continuing_starts_the_stream_and_confirms_at_once(string answer, string expected)
    {
        var (link, _) = UntilSync(new(ReplicationId.Parse(Id), 420));
        Assert.Equal(
            ["say Successful partial resynchronization with master.", expected, "up", "send REPLCONF ACK 420"], Receive(link, answer));
        Assert.Equal(0, link.Receive(0, "*1\r\n"u8.ToArray(), _outbox));
    }

    [Fact]
    public void A_snapshot_of_known_length_ends_where_the_stream_begins()
    {
        var (link, _) = UntilSync(new(ReplicationId.None, 0));
        Assert.Equal([$"say Full resync from master: {Id}:420", $"begin {Id} 420"], Receive(link, $"+FULLRESYNC {Id} 420\r\n"));
        Assert.Equal(["say MASTER <-> REPLICA sync: receiving 5 bytes from master"], Receive(link, "\n\n$5\r\n"));
        Assert.Equal(["load abc"], Receive(link, "abc"));
        Assert.Equal(new SyncProgress(5, 3), link.View().Sync);
        Assert.Equal(["load de", "end"], Receive(link, "de*1\r\n", used: 2));
        Assert.Equal(0, link.Receive(0, "*1\r\n"u8.ToArray(), _outbox));
        Assert.Equal(
            ["say MASTER <-> REPLICA sync: Finished with success", "up", "send REPLCONF ACK 420"], Step(link, UpstreamInput.LoadCompleted.Instance));
    }

    [Fact]
    public void An_end_mark_is_found_however_the_bytes_are_cut()
    {
        // The mark's own beginning occurs in the payload, also right before the mark.
        var mark = "abab" + new string('z', 36);
        var payload = "ab...abab...abababzz" + "aba";
        var bytes = payload + mark + "*1\r\n";
        for (var first = 1; first < bytes.Length; first++)
        {
            for (var size = 1; size < 50; size += 3)
            {
                var link = Transferring($"$EOF:{mark}\r\n");
                Assert.Equal(payload, LoadInPieces(link, bytes, first, size, out var left));
                Assert.Equal("*1\r\n", left);
            }
        }
    }

    [Fact]
    public void An_empty_snapshot_is_complete_at_once()
    {
        var (link, _) = UntilSync(new(ReplicationId.None, 0));
        Receive(link, $"+FULLRESYNC {Id} 0\r\n");
        Assert.Equal("end", Receive(link, "$0\r\n")[^1]);
    }

    [Theory]
    [InlineData("-LOADING Redis is loading the dataset in memory\r\n")]
    [InlineData("-NOMASTERLINK Can't SYNC while not connected with my master\r\n")]
    [InlineData("-ERR unknown command 'PSYNC'\r\n")]
    [InlineData("+FULLRESYNC short 12\r\n")]
    [InlineData("+FULLRESYNC " + Id + " -12\r\n")]
    [InlineData("+FULLRESYNC " + Id + "\r\n")]
    [InlineData("+CONTINUE " + Id + "\r\n")]
    [InlineData("+CONTINUE\r\n")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n")]
    public void An_answer_to_PSYNC_that_cannot_be_used_is_a_reason_to_try_again_later(string answer)
    {
        var (link, _) = UntilSync(new(ReplicationId.None, 0));
        Assert.Equal(["disconnect", $"say Unexpected reply to PSYNC from master: {answer.TrimEnd()}", "ask position"], Receive(link, answer));
        Assert.Equal(UpstreamState.Waiting, link.State);
    }

    [Theory]
    [InlineData("$EOF:short\r\n")]
    [InlineData("$-5\r\n")]
    [InlineData("-ERR Fork failed\r\n")]
    public void A_header_that_is_none_abandons_the_snapshot(string header)
    {
        var (link, _) = UntilSync(new(ReplicationId.None, 0));
        Receive(link, $"+FULLRESYNC {Id} 420\r\n");
        Assert.Equal(["abandon", "disconnect", $"say MASTER aborted replication with an error: {header.TrimEnd()}", "ask position"], Receive(link, header));
    }

    [Fact]
    public void A_snapshot_that_cannot_be_loaded_is_asked_for_again()
    {
        var link = Transferring("$5\r\n");
        Assert.Equal(["abandon", "disconnect", "say RDB: bad", "ask position"], Step(link, new UpstreamInput.LoadFailed("RDB: bad")));
    }

    [Fact]
    public void An_endless_line_is_given_up()
    {
        var link = Started(new UpstreamSettings("h", 1, 2));
        Step(link, UpstreamInput.Connected.Instance);
        Assert.Contains("say the master's answer is too long", Receive(link, new string('x', 5000)));
    }

    [Fact]
    public void A_master_that_is_loading_is_asked_again() => Assert.Contains(
        "say Error reply to PING from master: '-LOADING Redis is loading the dataset in memory'",
        Receive(ConnectedLink(), "-LOADING Redis is loading the dataset in memory\r\n"));

    [Fact]
    public void While_a_snapshot_arrives_the_master_sees_a_newline_each_second()
    {
        var link = Transferring("$5\r\n");
        Assert.Equal(1000, link.NextDeadline);
        Assert.Empty(Step(link, UpstreamInput.Tick.Instance, 999));
        Assert.Equal(["send \n"], Step(link, UpstreamInput.Tick.Instance, 1000));
    }

    [Fact]
    public void Stopping_leaves_the_connection_and_says_that_the_stream_ended()
    {
        var (link, _) = UntilSync(new(ReplicationId.Parse(Id), 420));
        Receive(link, "+CONTINUE\r\n");
        Assert.Equal(["disconnect", "down no longer wanted"], Step(link, UpstreamInput.Stop.Instance));
        Assert.Equal((UpstreamState.Stopped, long.MaxValue), (link.State, link.NextDeadline));
        Assert.Equal(["ask position"], Step(link, UpstreamInput.Start.Instance));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Garbage_from_the_master_never_breaks_the_link_core(int seed)
    {
        var random = new Random(seed);
        string[] words = ["+PONG\r\n", "+OK\r\n", "+CONTINUE\r\n", $"+FULLRESYNC {Id} 1\r\n", "$5\r\n", "$EOF:" + new string('e', 40) + "\r\n", "\n", "-ERR x\r\n"];
        for (var round = 0; round < 3000; round++)
        {
            var link = ConnectedLink();
            for (var piece = 0; piece < 12; piece++)
            {
                var noise = new byte[random.Next(0, 8)];
                random.NextBytes(noise);
                byte[] bytes = random.Next(4) == 0 ? noise : Encoding.ASCII.GetBytes(words[random.Next(words.Length)]);
                _outbox.Clear();
                Assert.InRange(link.Receive(0, bytes, _outbox), 0, bytes.Length);
                if (link.State == UpstreamState.Loading)
                    link.Step(0, random.Next(2) == 0 ? UpstreamInput.LoadCompleted.Instance : new UpstreamInput.LoadFailed("no"), _outbox);
            }
        }
    }

    private string LoadInPieces(UpstreamLink link, string bytes, int first, int size, out string left)
    {
        var loaded = "";
        var at = 0;
        while (link.State == UpstreamState.ReceivesSnapshot)
        {
            var piece = Encoding.ASCII.GetBytes(bytes.Substring(at, Math.Min(at == 0 ? first : size, bytes.Length - at)));
            _outbox.Clear();
            at += link.Receive(0, piece, _outbox);
            loaded += string.Concat(_outbox.OfType<UpstreamEffect.Load>().Select(load => Encoding.ASCII.GetString(load.Bytes.Span)));
        }

        left = bytes[at..];
        return loaded;
    }

    private UpstreamLink Started(UpstreamSettings settings, UpstreamInput.Position? position = null)
    {
        var link = new UpstreamLink(settings);
        Assert.Equal(["ask position"], Step(link, UpstreamInput.Start.Instance));
        Assert.Contains("connect", Step(link, position ?? new UpstreamInput.Position(ReplicationId.None, 0)));
        return link;
    }

    private UpstreamLink ConnectedLink()
    {
        var link = Started(new UpstreamSettings("h", 1, 2));
        Step(link, UpstreamInput.Connected.Instance);
        return link;
    }

    private (UpstreamLink Link, string Last) UntilSync(UpstreamInput.Position position)
    {
        var link = Started(new UpstreamSettings("h", 1, 2), position);
        Step(link, UpstreamInput.Connected.Instance);
        Receive(link, "+PONG\r\n");
        var last = Receive(link, "+OK\r\n+OK\r\n")[^1];
        return (link, last);
    }

    private UpstreamLink Transferring(string header)
    {
        var (link, _) = UntilSync(new(ReplicationId.None, 0));
        Receive(link, $"+FULLRESYNC {Id} 420\r\n{header}");
        Assert.Equal(UpstreamState.ReceivesSnapshot, link.State);
        return link;
    }

    private List<string> Step(UpstreamLink link, UpstreamInput input, long now = 0)
    {
        _outbox.Clear();
        link.Step(now, input, _outbox);
        return Describe();
    }

    private List<string> Receive(UpstreamLink link, string text, int? used = null)
    {
        _outbox.Clear();
        ReadOnlyMemory<byte> bytes = Encoding.ASCII.GetBytes(text);
        var total = 0;
        while (bytes.Length > 0 && link.Receive(0, bytes, _outbox) is > 0 and var taken)
        {
            bytes = bytes[taken..];
            total += taken;
        }

        Assert.Equal(used ?? text.Length, total);
        return Describe();
    }

    private List<string> Describe() => [.. _outbox.SelectMany(Describe)];

    private static IEnumerable<string> Describe(UpstreamEffect effect) => effect switch
    {
        UpstreamEffect.Send send => Requests(Encoding.ASCII.GetString(send.Bytes.Span)),
        UpstreamEffect.Announce announce => [$"say {announce.Text}"],
        UpstreamEffect.Connect => ["connect"],
        UpstreamEffect.Disconnect => ["disconnect"],
        UpstreamEffect.AskPosition => ["ask position"],
        UpstreamEffect.BeginLoad begin => [$"begin {begin.Id} {begin.Offset}"],
        UpstreamEffect.Load load => [$"load {Encoding.ASCII.GetString(load.Bytes.Span)}"],
        UpstreamEffect.EndLoad => ["end"],
        UpstreamEffect.AbandonLoad => ["abandon"],
        UpstreamEffect.Continue continued => [$"continue {continued.Id}"],
        UpstreamEffect.LinkUp => ["up"],
        UpstreamEffect.LinkDown down => [$"down {down.Reason}"],
        _ => throw new ArgumentOutOfRangeException(nameof(effect)),
    };

    /// <summary>RESP arrays as "send WORD WORD"; anything else as it is.</summary>
    private static IEnumerable<string> Requests(string text) => text[0] != '*'
        ? [$"send {text}"]
        : text.Split('*', StringSplitOptions.RemoveEmptyEntries)
            .Select(request => $"send {string.Join(' ', request.Split("\r\n").Skip(2).Where((_, index) => index % 2 == 0))}".TrimEnd());
}
