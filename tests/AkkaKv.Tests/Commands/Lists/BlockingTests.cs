using AkkaKv.Commands.Execution;
using AkkaKv.Tests.Commands.Harness;

namespace AkkaKv.Tests.Commands.Lists;

/// <summary>Sessions that wait for keys; what is expected is what redis-server 7.0.15 does.</summary>
public sealed class BlockingTests : IDisposable
{
    private readonly TestNode _node = new();

    public void Dispose() => _node.Dispose();

    [Fact]
    public void Who_came_first_is_served_first_and_one_element_serves_one()
    {
        TestClient first = Waiting("BLPOP l 0");
        TestClient second = Waiting("BRPOP l 0");
        TestClient third = Waiting("BLPOP l 0");
        Assert.Contains("blocked_clients:3", _node.Do("INFO", "clients").Text);
        _node.Line("RPUSH l a b");
        Assert.Equal(["[l, a]"], Heard(first));
        Assert.Equal(["[l, b]"], Heard(second));
        Assert.Empty(Heard(third));
        Assert.Equal(1, first.UnblockedCount);
        Assert.Contains("blocked_clients:1", _node.Do("INFO", "clients").Text);
        Assert.Equal("(integer) 0", _node.Line("EXISTS l"));
        Assert.Equal(["RPUSH l a b", "LPOP l", "RPOP l"], _node.Propagated);
    }

    [Fact]
    public void A_transaction_is_done_before_anybody_is_served_and_the_key_that_was_ready_first_counts()
    {
        TestClient waiting = Waiting("BLPOP a b c 0");
        _node.Line("MULTI");
        _node.Line("RPUSH c gone");
        _node.Line("DEL c");
        _node.Line("SET a string");
        _node.Line("RPUSH b 1 2");
        _node.Line("DEL a");
        _node.Line("RPUSH a 3");
        _node.Line("EXEC");
        Assert.Equal(["[b, 1]"], Heard(waiting));
        Assert.Equal("[MULTI, EXEC, LPOP b]", "[" + string.Join(", ", _node.Propagated.Where(command => command is "MULTI" or "EXEC" or "LPOP b")) + "]");
    }

    [Fact]
    public void A_served_session_may_make_the_next_key_ready()
    {
        TestClient last = Waiting("BLMPOP 0 2 x c LEFT COUNT 5");
        TestClient middle = Waiting("BRPOPLPUSH b c 0");
        TestClient first = Waiting("BLMOVE a b LEFT RIGHT 0");
        _node.Line("LPUSH a one");
        Assert.Equal(["one"], Heard(first));
        Assert.Equal(["one"], Heard(middle));
        Assert.Equal(["[c, [one]]"], Heard(last));
        Assert.Equal(["LPUSH a one", "LMOVE a b left right", "RPOPLPUSH b c", "LPOP c 1"], _node.Propagated);
        Assert.Equal("(integer) 0", _node.Line("DBSIZE"));
    }

    [Fact]
    public void A_target_of_another_type_is_an_error_when_the_wait_ends_and_nothing_is_lost()
    {
        _node.Line("SET target x");
        TestClient mover = Waiting("BLMOVE l target LEFT LEFT 0");
        TestClient popper = Waiting("BLPOP l 0");
        _node.Line("RPUSH l a");
        Assert.Equal(["(error) WRONGTYPE Operation against a key holding the wrong kind of value"], Heard(mover));
        Assert.Equal(["[l, a]"], Heard(popper));
    }

    [Fact]
    public void Timeouts_have_fractions()
    {
        TestClient pop = Waiting("BLPOP a b 0.25");
        TestClient move = Waiting("BLMOVE a b LEFT LEFT 0.5");
        TestClient forever = Waiting("BLPOP a 0");
        Assert.Contains("clients_in_timeout_table:2", _node.Do("INFO", "clients").Text);
        _node.Advance(249);
        Assert.Empty(Heard(pop));
        _node.Advance(1);
        Assert.Equal(["(nil)"], Heard(pop));
        Assert.Empty(Heard(move));
        _node.Advance(250);
        Assert.Equal(["(nil)"], Heard(move));
        _node.Advance(1_000_000);
        Assert.Empty(Heard(forever));
        _node.Line("RPUSH a x");
        Assert.Equal(["[a, x]"], Heard(forever));
        Assert.Empty(Heard(pop));
    }

    [Theory]
    [InlineData("BLPOP a abc", "(error) ERR timeout is not a float or out of range")]
    [InlineData("BLPOP a -1", "(error) ERR timeout is negative")]
    [InlineData("BLPOP a 1e300", "(error) ERR timeout is negative")]
    [InlineData("BLPOP a nan", "(error) ERR timeout is not a float or out of range")]
    [InlineData("BLMPOP -1 1 a LEFT", "(error) ERR timeout is negative")]
    [InlineData("BLMPOP -1 0 a LEFT", "(error) ERR numkeys should be greater than 0")]
    [InlineData("BLMOVE a b LEFT MIDDLE x", "(error) ERR syntax error")]
    public void Timeouts_that_are_none_are_refused(string line, string expected) => Assert.Equal(expected, _node.Line(line));

    [Fact]
    public void Nothing_waits_inside_a_transaction_or_on_the_link_from_a_master()
    {
        _node.Line("MULTI");
        _node.Line("BLPOP a 0");
        _node.Line("BLMOVE a b LEFT RIGHT 0");
        _node.Line("BLMPOP 0 1 a LEFT");
        Assert.Equal("[(nil), (nil), (nil)]", _node.Line("EXEC"));

        TestClient master = _node.Connect();
        master.Session.Kind = AkkaKv.Commands.Sessions.SessionKind.Master;
        Assert.Empty(master.DoMany("BLPOP", "a", "0"));
        Assert.Equal(ExecutionResult.Continue, master.LastResult);
    }

    [Fact]
    public void CLIENT_UNBLOCK_ends_a_wait_as_a_timeout_or_with_an_error()
    {
        TestClient waiting = Waiting("BLPOP a b 0");
        Assert.Equal("(integer) 1", _node.Line($"CLIENT UNBLOCK {waiting.Session.Id}"));
        Assert.Equal(["(nil)"], Heard(waiting));
        Assert.Equal("(integer) 0", _node.Line($"CLIENT UNBLOCK {waiting.Session.Id}"));
        waiting.DoMany("BLPOP", "a", "0");
        Assert.Equal("(integer) 1", _node.Line($"CLIENT UNBLOCK {waiting.Session.Id} ERROR"));
        Assert.Equal(["(error) UNBLOCKED client unblocked via CLIENT UNBLOCK"], Heard(waiting));
        _node.Line("RPUSH a x");
        Assert.Empty(Heard(waiting));
    }

    [Fact]
    public void A_client_that_is_gone_or_being_closed_takes_nothing()
    {
        TestClient gone = Waiting("BLPOP a 0");
        TestClient killed = Waiting("BLPOP a 0");
        TestClient alive = Waiting("BLPOP a 0");
        gone.Disconnect();
        Assert.Equal("(integer) 1", _node.Line($"CLIENT KILL ID {killed.Session.Id}"));
        _node.Line("RPUSH a x");
        Assert.Equal(["[a, x]"], Heard(alive));
    }

    [Theory]
    [InlineData("RENAME other l")]
    [InlineData("COPY other l")]
    [InlineData("LMOVE other l LEFT LEFT")]
    public void Whatever_creates_the_key_serves(string line)
    {
        TestClient waiting = Waiting("BLPOP l 0");
        _node.Line("RPUSH other x");
        _node.Line("SET l string");
        Assert.Empty(Heard(waiting));
        _node.Line("DEL l");
        _node.Line(line);
        Assert.Equal(["[l, x]"], Heard(waiting));
    }

    [Fact]
    public void MOVE_and_SWAPDB_bring_the_key_to_the_database_that_the_session_waits_in()
    {
        TestClient moved = Waiting("BLPOP l 0");
        TestClient other = _node.Connect();
        other.Line("SELECT 1");
        other.Line("RPUSH l x y");
        Assert.Empty(Heard(moved));
        other.Line("MOVE l 0");
        Assert.Equal(["[l, x]"], Heard(moved));
        _node.Line("DEL l");

        other.Line("RPUSH l z");
        TestClient swapped = Waiting("BLPOP l 0");
        _node.Line("SWAPDB 0 1");
        Assert.Equal(["[l, z]"], Heard(swapped));
    }

    [Fact]
    public void A_server_that_becomes_a_replica_disconnects_who_waits()
    {
        TestClient waiting = Waiting("BLPOP l 0");
        _node.Replication.IsReplica = true;
        _node.Engine.RoleChanged(_node.NowMs);
        Assert.Equal(
            ["(error) UNBLOCKED force unblock from blocking operation, instance state changed (master -> replica?)"], Heard(waiting));
        Assert.NotNull(waiting.CloseReason);
        Assert.Contains("blocked_clients:0", _node.Do("INFO", "clients").Text);
    }

    [Fact]
    public void A_key_that_has_expired_when_its_turn_comes_serves_nobody()
    {
        TestClient waiting = Waiting("BLPOP l 0");
        _node.Line("MULTI");
        _node.Line("RPUSH l x");
        _node.Line("PEXPIRE l -1");
        _node.Line("EXEC");
        Assert.Empty(Heard(waiting));
        _node.Line("RPUSH l y");
        Assert.Equal(["[l, y]"], Heard(waiting));
    }

    [Fact]
    public void A_pause_holds_pushes_back_and_a_wait_begins_only_after_it()
    {
        TestClient waiting = Waiting("BLPOP l 0");
        _node.Line("CLIENT PAUSE 1000 WRITE");
        TestClient pusher = _node.Connect();
        Assert.Empty(pusher.DoMany("RPUSH", "l", "a", "b"));
        TestClient late = _node.Connect();
        Assert.Empty(late.DoMany("BLPOP", "l", "0"));
        Assert.Contains("blocked_clients:1", _node.Do("INFO", "clients").Text);
        _node.Advance(1000);
        Assert.Equal(["[l, a]"], Heard(waiting));
        Assert.Equal(["[l, b]"], Heard(late));
        Assert.Equal(["(integer) 2"], Heard(pusher));
    }

    [Fact]
    public void A_session_that_names_a_key_twice_waits_once()
    {
        TestClient waiting = Waiting("BLPOP l l m 0");
        TestClient second = Waiting("BLPOP l 0");
        _node.Line("RPUSH l a b");
        Assert.Equal(["[l, a]"], Heard(waiting));
        Assert.Equal(["[l, b]"], Heard(second));
    }

    [Fact]
    public void A_wait_is_counted_as_one_call_and_its_service_is_timed()
    {
        TestClient waiting = Waiting("BLPOP l 0");
        Assert.Contains("cmdstat_blpop:calls=1,", _node.Do("INFO", "commandstats").Text);
        _node.Line("RPUSH l a");
        Assert.Single(Heard(waiting));
        Assert.Contains("cmdstat_blpop:calls=1,", _node.Do("INFO", "commandstats").Text);
    }

    /// <summary>What the connection has received, without quotation marks.</summary>
    private static string[] Heard(TestClient client) => [.. client.ReceivedText().Select(text => text.Replace("\"", "", StringComparison.Ordinal))];

    private TestClient Waiting(string line)
    {
        TestClient client = _node.Connect();
        Assert.Empty(client.DoMany(line.Split(' ')));
        Assert.Equal(ExecutionResult.Blocked, client.LastResult);
        return client;
    }
}
