using System.Text;
using AkkaKv.Actors.Router;
using AkkaKv.Protocol;

namespace AkkaKv.Tests.Router;

/// <summary>What a client behind the router sees and what its master gets, step by step, without sockets.</summary>
public sealed class RouterSessionTests
{
    private const string UnknownOutcome =
        "-UNKNOWNOUTCOME The connection to the master was lost before it answered; the command may or may not have been executed\r\n";

    private readonly Sides _sides = new();

    [Fact]
    public void A_request_waits_until_the_master_is_connected_and_then_goes_out_as_it_came()
    {
        _sides.FromClient("*2\r\n$3\r\nGET\r\n$1\r\na\r\n");

        Assert.Equal(1, _sides.ConnectsWanted);
        Assert.Equal("", _sides.ToUpstream());

        _sides.Session.UpstreamConnected();

        Assert.Equal("*2\r\n$3\r\nGET\r\n$1\r\na\r\n", _sides.ToUpstream());
    }

    [Fact]
    public void An_inline_request_goes_out_as_an_array()
    {
        _sides.Connect();
        _sides.FromClient("PING hello\r\n");

        Assert.Equal("*2\r\n$4\r\nPING\r\n$5\r\nhello\r\n", _sides.ToUpstream());
    }

    [Fact]
    public void Replies_pass_whatever_the_pieces_in_which_they_arrive()
    {
        const string Replies = "+OK\r\n$5\r\nhello\r\n*2\r\n:1\r\n$-1\r\n";
        _sides.Connect();
        _sides.FromClient(Request("SET", "a", "b") + Request("GET", "a") + Request("MGET", "a", "b"));

        _sides.FromUpstreamByteByByte(Replies);

        Assert.Equal(Replies, _sides.ToClient());
    }

    [Fact]
    public void Requests_that_were_sent_and_not_answered_get_an_error_and_are_never_sent_again()
    {
        _sides.Connect();
        _sides.FromClient(Request("INCR", "a") + Request("INCR", "a"));
        _sides.ToUpstream();
        _sides.FromUpstream(":1\r\n");

        _sides.Session.UpstreamLost();
        _sides.Connect();

        Assert.Equal(":1\r\n" + UnknownOutcome, _sides.ToClient());
        Assert.Equal("", _sides.ToUpstream());
    }

    [Fact]
    public void A_request_that_comes_after_the_loss_waits_for_the_next_master()
    {
        _sides.Connect();
        _sides.Session.UpstreamLost();
        _sides.FromClient(Request("INCR", "a"));
        Assert.Equal("", _sides.ToClient());

        _sides.Connect();
        _sides.FromUpstream(":2\r\n");

        Assert.Equal(Request("INCR", "a"), _sides.ToUpstream());
        Assert.Equal(":2\r\n", _sides.ToClient());
    }

    [Fact]
    public void A_parked_request_is_answered_with_an_error_when_its_time_is_over()
    {
        _sides.FromClient(Request("GET", "a"));

        _sides.Session.Tick(4_999);
        Assert.Equal("", _sides.ToClient());
        _sides.Session.Tick(5_000);

        Assert.Equal("-TRYAGAIN No master is reachable; the command was not executed\r\n", _sides.ToClient());
        _sides.Connect();
        Assert.Equal("", _sides.ToUpstream());
    }

    [Fact]
    public void Nothing_more_is_read_from_a_client_that_has_parked_its_share()
    {
        _sides.FromClient(Request("SET", "a", new string('x', 1024 * 1024)));

        Assert.False(_sides.Session.WantsInput);

        _sides.Connect();
        Assert.True(_sides.Session.WantsInput);
    }

    [Fact]
    public void The_next_master_is_told_name_database_and_protocol_version_and_the_client_does_not_see_the_answers()
    {
        _sides.Connect();
        _sides.FromClient(Request("HELLO", "3") + Request("CLIENT", "SETNAME", "worker") + Request("SELECT", "5"));
        _sides.FromUpstream("%1\r\n+proto\r\n:3\r\n+OK\r\n+OK\r\n");
        _sides.ToClient();
        _sides.ToUpstream();

        _sides.Session.UpstreamLost();
        _sides.FromClient(Request("GET", "a"));
        _sides.Session.UpstreamConnected();
        _sides.FromUpstream("%1\r\n+proto\r\n:3\r\n+OK\r\n+OK\r\n_\r\n");

        Assert.Equal(
            Request("HELLO", "3") + Request("CLIENT", "SETNAME", "worker") + Request("SELECT", "5") + Request("GET", "a"), _sides.ToUpstream());
        Assert.Equal("_\r\n", _sides.ToClient());
    }

    [Fact]
    public void A_database_that_the_master_refused_is_not_selected_at_the_next()
    {
        _sides.Connect();
        _sides.FromClient(Request("SELECT", "99"));
        _sides.FromUpstream("-ERR DB index is out of range\r\n");
        _sides.ToUpstream();

        _sides.Session.UpstreamLost();
        _sides.Connect();

        Assert.Equal("", _sides.ToUpstream());
    }

    [Fact]
    public void An_open_transaction_is_refused_up_to_its_EXEC()
    {
        _sides.Connect();
        _sides.FromClient(Request("MULTI"));
        _sides.FromUpstream("+OK\r\n");
        _sides.ToClient();
        _sides.ToUpstream();

        _sides.Session.UpstreamLost();
        _sides.Connect();
        _sides.FromClient(Request("INCR", "a") + Request("EXEC") + Request("GET", "a"));

        Assert.Equal(
            "-ERR The transaction was lost with the connection to the master\r\n"
            + "-EXECABORT Transaction discarded because the connection to the master was lost.\r\n", _sides.ToClient());
        Assert.Equal(Request("GET", "a"), _sides.ToUpstream());
    }

    [Fact]
    public void A_client_whose_MULTI_was_not_answered_is_disconnected()
    {
        _sides.Connect();
        _sides.FromClient(Request("MULTI"));

        _sides.Session.UpstreamLost();

        Assert.Equal(UnknownOutcome, _sides.ToClient());
        Assert.True(_sides.ClientClosed);
    }

    [Fact]
    public void A_transaction_after_lost_watches_fails_as_if_a_watched_key_had_changed()
    {
        _sides.Connect();
        _sides.FromClient(Request("WATCH", "a"));
        _sides.FromUpstream("+OK\r\n");
        _sides.Session.UpstreamLost();
        _sides.Connect();
        _sides.ToClient();
        _sides.ToUpstream();

        _sides.FromClient(Request("MULTI") + Request("INCR", "a") + Request("EXEC") + Request("PING"));

        Assert.Equal("+OK\r\n+QUEUED\r\n*-1\r\n", _sides.ToClient());
        Assert.Equal(Request("PING"), _sides.ToUpstream());
    }

    [Fact]
    public void Subscriptions_move_to_the_next_master()
    {
        _sides.Connect();
        _sides.FromClient(Request("SUBSCRIBE", "news"));
        _sides.FromUpstream("*3\r\n$9\r\nsubscribe\r\n$4\r\nnews\r\n:1\r\n");
        _sides.ToClient();
        _sides.ToUpstream();

        _sides.Session.UpstreamLost();
        Assert.False(_sides.ClientClosed);
        Assert.Equal(1, _sides.ConnectsWanted);
        _sides.Session.UpstreamConnected();
        _sides.FromUpstream("*3\r\n$9\r\nsubscribe\r\n$4\r\nnews\r\n:1\r\n*3\r\n$7\r\nmessage\r\n$4\r\nnews\r\n$2\r\nhi\r\n");

        Assert.Equal(Request("SUBSCRIBE", "news"), _sides.ToUpstream());
        Assert.Equal("*3\r\n$7\r\nmessage\r\n$4\r\nnews\r\n$2\r\nhi\r\n", _sides.ToClient());
    }

    [Fact]
    public void With_RESP3_subscriptions_and_commands_share_a_connection()
    {
        _sides.Connect();
        _sides.FromClient(Request("HELLO", "3") + Request("SUBSCRIBE", "news") + Request("GET", "a"));
        _sides.FromUpstream("%1\r\n+proto\r\n:3\r\n>3\r\n$9\r\nsubscribe\r\n$4\r\nnews\r\n:1\r\n");
        _sides.ToClient();

        _sides.Session.UpstreamLost();

        Assert.Equal(UnknownOutcome, _sides.ToClient());
        Assert.False(_sides.ClientClosed);
    }

    [Fact]
    public void A_reply_that_is_cut_off_in_the_middle_ends_the_client_connection()
    {
        _sides.Connect();
        _sides.FromClient(Request("GET", "a"));
        _sides.FromUpstream("$10\r\nhel");

        _sides.Session.UpstreamLost();

        Assert.True(_sides.ClientClosed);
    }

    [Fact]
    public void When_the_master_moves_what_was_sent_is_answered_first_and_the_rest_goes_to_the_new_one()
    {
        _sides.Connect();
        _sides.FromClient(Request("GET", "a"));
        _sides.ToUpstream();

        _sides.Session.MasterMoved(0);
        _sides.FromClient(Request("GET", "b"));
        Assert.Equal("", _sides.ToUpstream());
        Assert.False(_sides.UpstreamClosed);
        _sides.FromUpstream("$1\r\n1\r\n");

        Assert.True(_sides.UpstreamClosed);
        _sides.Session.UpstreamLost();
        _sides.Session.UpstreamConnected();
        Assert.Equal(Request("GET", "b"), _sides.ToUpstream());
        Assert.Equal("$1\r\n1\r\n", _sides.ToClient());
    }

    [Fact]
    public void A_replaced_master_that_does_not_answer_is_left_after_a_while()
    {
        _sides.Connect();
        _sides.FromClient(Request("GET", "a"));
        _sides.Session.MasterMoved(100);

        _sides.Session.Tick(1_099);
        Assert.False(_sides.UpstreamClosed);
        _sides.Session.Tick(1_100);

        Assert.True(_sides.UpstreamClosed);
    }

    [Fact]
    public void A_protocol_error_is_answered_after_the_replies_before_it_and_closes()
    {
        _sides.Connect();
        _sides.FromClient(Request("PING") + "*1\r\n!\r\n");
        _sides.FromUpstream("+PONG\r\n");

        Assert.Equal("+PONG\r\n-ERR Protocol error: expected '$', got '!'\r\n", _sides.ToClient());
        Assert.True(_sides.ClientClosed);
    }

    private static string Request(params string[] arguments) =>
        $"*{arguments.Length}\r\n" + string.Concat(arguments.Select(a => $"${a.Length}\r\n{a}\r\n"));

    private sealed class Sides : IRouterEffects
    {
        private readonly StringBuilder _toClient = new();
        private readonly StringBuilder _toUpstream = new();

        public Sides() => Session = new RouterSession(this, RouterLimits.Default);

        public RouterSession Session { get; }

        public int ConnectsWanted { get; private set; }

        public bool UpstreamClosed { get; private set; }

        public bool ClientClosed { get; private set; }

        public void Connect() => Session.UpstreamConnected();

        public void FromClient(string text)
        {
            var bytes = Encoding.Latin1.GetBytes(text);
            Session.ClientInput(bytes, 0, bytes.Length, now: 0);
        }

        public void FromUpstream(string text) =>
            Assert.InRange(Session.UpstreamInput(Encoding.Latin1.GetBytes(text)), 1, text.Length);

        public void FromUpstreamByteByByte(string text)
        {
            var pending = new List<byte>();
            foreach (var b in Encoding.Latin1.GetBytes(text))
            {
                pending.Add(b);
                pending.RemoveRange(0, Session.UpstreamInput(pending.ToArray()));
            }
            Assert.Empty(pending);
        }

        public string ToClient() => Take(_toClient);

        public string ToUpstream() => Take(_toUpstream);

        public void SendToClient(OutputBuffer bytes) => Append(_toClient, bytes);

        public void SendToUpstream(OutputBuffer bytes) => Append(_toUpstream, bytes);

        public void ConnectUpstream() => ConnectsWanted++;

        public void DisconnectUpstream() => UpstreamClosed = true;

        public void CloseClient() => ClientClosed = true;

        private static void Append(StringBuilder text, OutputBuffer bytes)
        {
            text.Append(Encoding.Latin1.GetString(bytes.ToArray()));
            bytes.Clear();
        }

        private static string Take(StringBuilder text)
        {
            var taken = text.ToString();
            text.Clear();
            return taken;
        }
    }
}
