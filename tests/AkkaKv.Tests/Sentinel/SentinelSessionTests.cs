using System.Text;
using AkkaKv.Protocol;
using AkkaKv.Sentinel;

namespace AkkaKv.Tests.Sentinel;

/// <summary>The bytes that redis-sentinel 7.0.15 sent to the same requests.</summary>
public class SentinelSessionTests
{
    private readonly OutputBuffer _output = new();

    [Fact]
    public void Subscribing_confirms_each_channel_and_restricts_a_resp2_client()
    {
        var session = Session();
        Assert.Equal("*3\r\n$9\r\nsubscribe\r\n$1\r\na\r\n:1\r\n*3\r\n$9\r\nsubscribe\r\n$1\r\nb\r\n:2\r\n", Type(session, "SUBSCRIBE a b"));
        Assert.Equal("*2\r\n$4\r\npong\r\n$0\r\n\r\n", Type(session, "PING"));
        Assert.Equal("*2\r\n$4\r\npong\r\n$1\r\nx\r\n", Type(session, "PING x"));
        Assert.Equal(
            "-ERR Can't execute 'info': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context\r\n",
            Type(session, "INFO"));
        Assert.Equal("*3\r\n$11\r\nunsubscribe\r\n$1\r\na\r\n:1\r\n*3\r\n$11\r\nunsubscribe\r\n$1\r\nb\r\n:0\r\n", Type(session, "UNSUBSCRIBE"));
        Assert.Equal("*3\r\n$12\r\npunsubscribe\r\n$-1\r\n:0\r\n", Type(session, "PUNSUBSCRIBE"));
        Assert.Equal("+PONG\r\n", Type(session, "PING"));
    }

    [Fact]
    public void A_resp3_client_gets_pushes_and_may_go_on_asking()
    {
        var session = Session();
        Assert.StartsWith("%6\r\n$6\r\nserver\r\n$5\r\nredis\r\n$7\r\nversion\r\n$6\r\n7.0.15\r\n$5\r\nproto\r\n:3\r\n", Type(session, "HELLO 3"), StringComparison.Ordinal);
        Assert.Equal(">3\r\n$9\r\nsubscribe\r\n$1\r\nq\r\n:1\r\n", Type(session, "SUBSCRIBE q"));
        Assert.Equal("+PONG\r\n", Type(session, "PING"));
        Assert.Equal(SessionResult.Forward, session.Execute(new SentinelArguments("SENTINEL", "MYID"), 0));
    }

    [Fact]
    public void An_event_reaches_channels_and_patterns()
    {
        var session = Session();
        Type(session, "SUBSCRIBE +switch-master");
        Type(session, "PSUBSCRIBE *");
        Assert.True(session.Publish("+switch-master", "m a 1 b 2"));
        Assert.Equal(
            "*3\r\n$7\r\nmessage\r\n$14\r\n+switch-master\r\n$9\r\nm a 1 b 2\r\n"
            + "*4\r\n$8\r\npmessage\r\n$1\r\n*\r\n$14\r\n+switch-master\r\n$9\r\nm a 1 b 2\r\n",
            Drain());
        Type(session, "PUNSUBSCRIBE");
        Assert.False(session.Publish("+sdown", "x"));
    }

    [Theory]
    [InlineData("get a", "-ERR unknown command 'get', with args beginning with: 'a' \r\n")]
    [InlineData("select 1", "-ERR unknown command 'select', with args beginning with: '1' \r\n")]
    [InlineData("ping a b", "-ERR wrong number of arguments for 'ping' command\r\n")]
    [InlineData("ping hi", "$2\r\nhi\r\n")]
    [InlineData("hello 4", "-NOPROTO unsupported protocol version\r\n")]
    [InlineData("hello x", "-ERR Protocol version is not an integer or out of range\r\n")]
    [InlineData("hello 3 foo", "-ERR Syntax error in HELLO option 'foo'\r\n")]
    [InlineData("hello 3 auth a b", "-WRONGPASS invalid username-password pair or user is disabled.\r\n")]
    [InlineData("auth x", "-ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?\r\n")]
    [InlineData("client", "-ERR wrong number of arguments for 'client' command\r\n")]
    [InlineData("client foo", "-ERR unknown subcommand 'foo'. Try CLIENT HELP.\r\n")]
    [InlineData("client id", ":7\r\n")]
    [InlineData("client setname a\nb", "-ERR Client names cannot contain spaces, newlines or special characters.\r\n")]
    [InlineData("client setinfo lib-name x", "+OK\r\n")]
    [InlineData("publish a b", "-ERR Only HELLO messages are accepted by Sentinel instances.\r\n")]
    [InlineData("command count", ":15\r\n")]
    [InlineData("command info ping", "*1\r\n*10\r\n$4\r\nping\r\n:-1\r\n*1\r\n+fast\r\n:0\r\n:0\r\n:0\r\n*2\r\n+@fast\r\n+@connection\r\n*0\r\n*0\r\n*0\r\n")]
    public void A_request_gets_the_reply_of_redis(string request, string expected) => Assert.Equal(expected, Type(Session(), request));

    [Fact]
    public void With_a_password_nothing_is_answered_before_the_login()
    {
        var session = Session("secret");
        Assert.Equal("-NOAUTH Authentication required.\r\n", Type(session, "PING"));
        Assert.StartsWith("-NOAUTH HELLO must be called", Type(session, "HELLO 3"), StringComparison.Ordinal);
        Assert.StartsWith("-WRONGPASS", Type(session, "AUTH wrong"), StringComparison.Ordinal);
        Assert.Equal("+OK\r\n", Type(session, "AUTH secret"));
        Assert.Equal("+PONG\r\n", Type(session, "PING"));
        Assert.StartsWith("%6", Type(Session("secret"), "HELLO 3 AUTH default secret SETNAME me"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_is_kept_and_shown()
    {
        var session = Session();
        Assert.Equal("+OK\r\n", Type(session, "CLIENT SETNAME me"));
        Assert.Equal("$2\r\nme\r\n", Type(session, "CLIENT GETNAME"));
        Assert.Contains("id=7 addr=127.0.0.1:5 laddr=127.0.0.1:26379", session.Describe(0), StringComparison.Ordinal);
    }

    [Fact]
    public void Info_shows_each_master_in_redis_form()
    {
        var facts = new SentinelFacts("r", 1, 26379, 5, "akkakv", 1, 2, 3, 4, 5, 0, 0.5, 0.25, -1, 0);
        var summary = new MasterSummary("mymaster", "ok", new InstanceAddress("127.0.0.1", 6379), 2, 3, 0, false);
        Assert.Equal(
            "# Sentinel\r\nsentinel_masters:1\r\nsentinel_tilt:0\r\nsentinel_tilt_since_seconds:-1\r\nsentinel_running_scripts:0\r\n"
            + "sentinel_scripts_queue_length:0\r\nsentinel_simulate_failure_flags:0\r\n"
            + "master0:name=mymaster,status=ok,address=127.0.0.1:6379,slaves=2,sentinels=3\r\n",
            SentinelInfo.Write(["Sentinel"], facts, [summary]));
        Assert.Contains("redis_mode:sentinel\r\n", SentinelInfo.Write([], facts, [summary]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*", "anything", true)]
    [InlineData("+*", "+sdown", true)]
    [InlineData("h?llo", "hello", true)]
    [InlineData("h[ae]llo", "hallo", true)]
    [InlineData("h[^e]llo", "hello", false)]
    [InlineData("h[a-c]llo", "hbllo", true)]
    [InlineData("h\\*llo", "h*llo", true)]
    [InlineData("h\\*llo", "hxllo", false)]
    [InlineData("*a*b", "xaxxb", true)]
    [InlineData("*a*b", "xaxxbc", false)]
    [InlineData("", "", true)]
    public void A_pattern_matches_as_in_redis(string pattern, string text, bool expected) =>
        Assert.Equal(expected, NamePattern.Matches(pattern, text));

    private SentinelSession Session(string password = "") => new(7, "127.0.0.1:5", "127.0.0.1:26379", 0, password, _output);

    private string Type(SentinelSession session, string request)
    {
        session.Execute(new SentinelArguments(request.Split(' ')), 0);
        return Drain();
    }

    private string Drain()
    {
        var text = Encoding.UTF8.GetString(_output.ToArray());
        _output.Clear();
        return text;
    }
}
