using AkkaKv.Commands.Configuration;
using AkkaKv.Commands.Execution;
using AkkaKv.Protocol;
using AkkaKv.Tests.Commands.Harness;

namespace AkkaKv.Tests.Commands;

public sealed class ConnectionCommandTests : IDisposable
{
    private readonly TestNode _node = new();

    public void Dispose() => _node.Dispose();

    [Theory]
    [InlineData("PING", "PONG")]
    [InlineData("ping hi", "\"hi\"")]
    [InlineData("PING a b", "(error) ERR wrong number of arguments for 'ping' command")]
    [InlineData("ECHO x", "\"x\"")]
    [InlineData("SELECT 3", "OK")]
    [InlineData("SELECT 16", "(error) ERR DB index is out of range")]
    [InlineData("SELECT -1", "(error) ERR DB index is out of range")]
    [InlineData("SELECT a", "(error) ERR value is not an integer or out of range")]
    [InlineData("foo", "(error) ERR unknown command 'foo', with args beginning with: ")]
    [InlineData("foo a b", "(error) ERR unknown command 'foo', with args beginning with: 'a' 'b' ")]
    [InlineData("SENTINEL masters", "(error) ERR unknown command 'SENTINEL', with args beginning with: 'masters' ")]
    [InlineData("CLIENT", "(error) ERR wrong number of arguments for 'client' command")]
    [InlineData("CLIENT FOO", "(error) ERR unknown subcommand 'FOO'. Try CLIENT HELP.")]
    [InlineData("CLIENT KILL", "(error) ERR wrong number of arguments for 'client|kill' command")]
    [InlineData("HELLO 4", "(error) NOPROTO unsupported protocol version")]
    [InlineData("HELLO a", "(error) ERR Protocol version is not an integer or out of range")]
    [InlineData("HELLO 3 AUTH a", "(error) ERR Syntax error in HELLO option 'AUTH'")]
    [InlineData("HELLO 3 AUTH a b", "(error) WRONGPASS invalid username-password pair or user is disabled.")]
    [InlineData("HELLO 3 FOO", "(error) ERR Syntax error in HELLO option 'FOO'")]
    [InlineData("AUTH a b", "(error) WRONGPASS invalid username-password pair or user is disabled.")]
    [InlineData("AUTH default anything", "OK")]
    [InlineData("AUTH a b c", "(error) ERR syntax error")]
    [InlineData("CLIENT ID", "(integer) 1")]
    [InlineData("CLIENT GETNAME", "(nil)")]
    [InlineData("CLIENT GETREDIR", "(integer) -1")]
    [InlineData("CLIENT SETINFO lib-name x", "OK")]
    [InlineData("CLIENT SETINFO foo x", "(error) ERR Unrecognized option 'foo'")]
    [InlineData("CLIENT NO-EVICT on", "OK")]
    [InlineData("CLIENT NO-TOUCH maybe", "(error) ERR syntax error")]
    [InlineData("CLIENT REPLY foo", "(error) ERR syntax error")]
    [InlineData("CLIENT PAUSE a", "(error) ERR timeout is not an integer or out of range")]
    [InlineData("CLIENT PAUSE -1", "(error) ERR timeout is negative")]
    [InlineData("CLIENT PAUSE 1 foo", "(error) ERR CLIENT PAUSE mode must be WRITE or ALL")]
    [InlineData("CLIENT UNBLOCK 99", "(integer) 0")]
    [InlineData("CLIENT UNBLOCK 1 foo", "(error) ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR")]
    [InlineData("CLIENT KILL 1.1.1.1:1", "(error) ERR No such client")]
    [InlineData("CLIENT KILL ID a", "(error) ERR client-id should be greater than 0")]
    [InlineData("CLIENT KILL TYPE foo", "(error) ERR Unknown client type 'foo'")]
    [InlineData("CLIENT KILL ID 1 FOO", "(error) ERR syntax error")]
    [InlineData("CLIENT KILL USER foo", "(error) ERR No such user 'foo'")]
    [InlineData("CLIENT LIST TYPE foo", "(error) ERR Unknown client type 'foo'")]
    [InlineData("CLIENT LIST FOO", "(error) ERR syntax error")]
    [InlineData("CLIENT LIST ID 77", "\"\"")]
    public void Connection_commands_answer_as_Redis_does(string request, string expected) => Assert.Equal(expected, _node.Line(request));

    [Fact]
    public void Unknown_commands_quote_at_most_128_bytes_of_their_arguments()
    {
        string reply = _node.Ask("foo", new string('a', 100), new string('b', 100), "c");
        Assert.Equal($"(error) ERR unknown command 'foo', with args beginning with: '{new string('a', 100)}' '{new string('b', 25)}' ", reply);
    }

    [Fact]
    public void HELLO_switches_the_protocol_and_describes_the_server()
    {
        Assert.Equal(
            "[\"server\", \"redis\", \"version\", \"7.0.15\", \"proto\", (integer) 2, \"id\", (integer) 1, \"mode\", \"standalone\", \"role\", \"master\", \"modules\", []]",
            _node.Line("HELLO"));
        RespValue greeting = _node.Do("HELLO", "3", "SETNAME", "me");
        Assert.Equal(RespKind.Map, greeting.Kind);
        Assert.Equal("(nil)", _node.Line("CLIENT TRACKINGINFO").Contains('{') ? "(nil)" : "not RESP3");
        Assert.Equal("\"me\"", _node.Line("CLIENT GETNAME"));
    }

    [Fact]
    public void Names_with_blanks_are_refused() =>
        Assert.Equal("(error) ERR Client names cannot contain spaces, newlines or special characters.", _node.Ask("CLIENT", "SETNAME", "a b"));

    [Fact]
    public void With_a_password_nothing_works_before_AUTH_except_what_leads_to_it()
    {
        using var node = new TestNode(new ServerSettings { RequirePass = "secret" });
        Assert.Equal("(error) NOAUTH Authentication required.", node.Line("PING"));
        Assert.StartsWith("(error) NOAUTH HELLO must be called", node.Line("HELLO 3"));
        Assert.Equal("(error) WRONGPASS invalid username-password pair or user is disabled.", node.Line("AUTH wrong"));
        Assert.Equal("OK", node.Line("AUTH secret"));
        Assert.Equal("PONG", node.Line("PING"));
        Assert.Equal("RESET", node.Line("RESET"));
        Assert.Equal("(error) NOAUTH Authentication required.", node.Line("PING"));
        Assert.StartsWith("{", node.Line("HELLO 3 AUTH default secret"));
    }

    [Fact]
    public void QUIT_and_killing_oneself_close_after_the_reply()
    {
        TestClient first = _node.Connect();
        Assert.Equal("OK", first.Line("QUIT"));
        Assert.Equal(ExecutionResult.Close, first.LastResult);
        TestClient second = _node.Connect();
        Assert.Equal("(integer) 1", second.Line($"CLIENT KILL ID {second.Session.Id} SKIPME no"));
        Assert.Equal(ExecutionResult.Close, second.LastResult);
    }

    [Fact]
    public void CLIENT_KILL_closes_the_chosen_connections_and_spares_the_caller()
    {
        TestClient other = _node.Connect();
        TestClient subscriber = _node.Connect();
        subscriber.DoMany("SUBSCRIBE", "a");
        Assert.Equal("(integer) 1", _node.Line("CLIENT KILL TYPE pubsub"));
        Assert.Equal("CLIENT KILL", subscriber.CloseReason);
        Assert.Null(other.CloseReason);
        Assert.Equal("OK", _node.Line($"CLIENT KILL {other.Session.Address}"));
        Assert.Equal("CLIENT KILL", other.CloseReason);
        Assert.Equal(ExecutionResult.Continue, _node.Client.LastResult);
    }

    [Fact]
    public void CLIENT_LIST_shows_every_connection_on_a_line()
    {
        TestClient other = _node.Connect();
        other.Line("SELECT 2");
        other.Line("CLIENT SETNAME web");
        _node.Client.Line("MULTI");
        _node.Client.Line("DISCARD");
        string[] lines = _node.Do("CLIENT", "LIST").Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith($"id={other.Session.Id} addr={other.Session.Address} laddr=127.0.0.1:7001 fd=-1 name=web age=0 idle=0 flags=N db=2 ", lines[0]);
        Assert.Contains(" cmd=client|setname user=default redir=-1 resp=2", lines[0]);
        Assert.Contains(" cmd=client|list ", lines[1]);
    }

    [Fact]
    public void CLIENT_REPLY_silences_replies_but_not_messages()
    {
        TestClient client = _node.Connect();
        Assert.Empty(client.DoMany("CLIENT", "REPLY", "OFF"));
        Assert.Empty(client.DoMany("PING"));
        Assert.Single(client.DoMany("SUBSCRIBE", "news"));
        _node.Line("PUBLISH news hi");
        Assert.Equal(["[\"message\", \"news\", \"hi\"]"], client.ReceivedText());
        client.DoMany("UNSUBSCRIBE");
        Assert.Single(client.DoMany("CLIENT", "REPLY", "ON"));
        Assert.Empty(client.DoMany("CLIENT", "REPLY", "SKIP"));
        Assert.Empty(client.DoMany("PING"));
        Assert.Single(client.DoMany("PING"));
    }

    [Fact]
    public void CLIENT_PAUSE_holds_commands_back_until_it_ends()
    {
        TestClient writer = _node.Connect();
        Assert.Equal("OK", _node.Line("CLIENT PAUSE 1000 WRITE"));
        Assert.Single(writer.DoMany("PING"));
        Assert.Empty(writer.DoMany("FLUSHALL"));
        Assert.Equal(ExecutionResult.Blocked, writer.LastResult);
        _node.Advance(999);
        Assert.Equal(0, writer.UnblockedCount);
        _node.Advance(2);
        Assert.Equal(1, writer.UnblockedCount);
        Assert.Equal(["OK"], writer.ReceivedText());

        _node.Line("CLIENT PAUSE 60000 WRITE");
        Assert.Empty(writer.DoMany("FLUSHALL"));
        Assert.Equal("(integer) 0", _node.Line($"CLIENT UNBLOCK {writer.Session.Id}"));
        Assert.Equal("OK", _node.Line("CLIENT UNPAUSE"));
        Assert.Equal(["OK"], writer.ReceivedText());
    }

    [Fact]
    public void A_connection_that_ends_while_it_waits_is_forgotten()
    {
        TestClient writer = _node.Connect();
        _node.Line("CLIENT PAUSE 100 ALL");
        writer.DoMany("PING");
        writer.Disconnect();
        _node.Advance(200);
        Assert.Equal(0, writer.UnblockedCount);
        Assert.Equal("PONG", _node.Line("PING"));
    }

    [Fact]
    public void Idle_connections_are_closed_when_a_timeout_is_set()
    {
        _node.Settings.IdleTimeoutSeconds = 10;
        TestClient idle = _node.Connect();
        TestClient listener = _node.Connect();
        listener.DoMany("SUBSCRIBE", "a");
        _node.Advance(10_000);
        Assert.Null(idle.CloseReason);
        _node.Advance(1);
        Assert.NotNull(idle.CloseReason);
        Assert.Null(listener.CloseReason);
    }

    [Theory]
    [InlineData("POST / HTTP/1.1")]
    [InlineData("host: 127.0.0.1:7001")]
    public void A_request_of_a_web_browser_ends_the_connection_without_an_answer(string line)
    {
        TestClient browser = _node.Connect();
        Assert.Empty(browser.DoMany(line.Split(' ')));
        Assert.Equal(AkkaKv.Commands.Execution.ExecutionResult.Close, browser.LastResult);
    }

    [Fact]
    public void A_monitor_reads_and_writes_no_data()
    {
        TestClient monitor = _node.Connect();
        monitor.Line("MONITOR");
        Assert.Contains("(error) ERR Replica can't interact with the keyspace", monitor.DoMany("SET", "a", "1").Select(reply => reply.ToString()));
        Assert.Equal("(nil)", _node.Line("GET a"));
    }

    [Fact]
    public void CLIENT_REPLY_OFF_in_a_transaction_silences_what_is_left_of_it()
    {
        TestClient client = _node.Connect();
        foreach (string line in (string[])["MULTI", "ECHO a", "CLIENT REPLY OFF", "ECHO b"])
        {
            client.Line(line);
        }

        _node.Engine.Execute(client.Session, new OwnedArguments([[.. "EXEC"u8]]).View, _node.NowMs);
        Assert.Equal("*3\r\n$1\r\na\r\n"u8.ToArray(), client.Session.Output.ToArray());
    }

    [Fact]
    public void An_unknown_command_is_null_in_COMMAND_INFO_and_subcommands_are_a_set()
    {
        TestClient client = _node.Connect();
        Assert.Equal(RespKind.Null, client.Do("COMMAND", "INFO", "none").Items[0].Kind);
        client.Line("HELLO 3");
        Assert.Equal(RespKind.Set, client.Do("COMMAND", "INFO", "config").Items[0].Items[9].Kind);
    }
}
