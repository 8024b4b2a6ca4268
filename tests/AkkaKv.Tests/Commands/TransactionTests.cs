using AkkaKv.Tests.Commands.Harness;

namespace AkkaKv.Tests.Commands;

public sealed class TransactionTests : IDisposable
{
    private readonly TestNode _node = new();
    private readonly TestClient _other;

    public TransactionTests() => _other = _node.Connect();

    public void Dispose() => _node.Dispose();

    private void Put(string key, string value, long expireAtMs = -1)
    {
        _node.Store[0].SetString(System.Text.Encoding.ASCII.GetBytes(key), System.Text.Encoding.ASCII.GetBytes(value), expireAtMs);
    }

    [Fact]
    public void Queued_commands_run_together_at_EXEC()
    {
        Assert.Equal("OK", _node.Line("MULTI"));
        Assert.Equal("QUEUED", _node.Line("PING"));
        Assert.Equal("QUEUED", _node.Line("ECHO x"));
        Assert.Equal("QUEUED", _node.Line("SELECT 99"));
        Assert.Equal("[PONG, \"x\", (error) ERR DB index is out of range]", _node.Line("EXEC"));
        Assert.Equal("(error) ERR EXEC without MULTI", _node.Line("EXEC"));
    }

    [Fact]
    public void MULTI_does_not_nest_and_WATCH_comes_before_it()
    {
        _node.Line("MULTI");
        Assert.Equal("(error) ERR MULTI calls can not be nested", _node.Line("MULTI"));
        Assert.Equal("(error) ERR WATCH inside MULTI is not allowed", _node.Line("WATCH a"));
        Assert.Equal("[]", _node.Line("EXEC"));
        Assert.Equal("(error) ERR DISCARD without MULTI", _node.Line("DISCARD"));
    }

    [Theory]
    [InlineData("foo")]
    [InlineData("ECHO")]
    [InlineData("CLIENT FOO")]
    public void A_command_that_cannot_be_queued_breaks_the_transaction(string bad)
    {
        _node.Line("MULTI");
        Assert.StartsWith("(error) ERR ", _node.Line(bad));
        Assert.Equal("QUEUED", _node.Line("PING"));
        Assert.Equal("(error) EXECABORT Transaction discarded because of previous errors.", _node.Line("EXEC"));
        Assert.Equal("PONG", _node.Line("PING"));
    }

    [Fact]
    public void EXEC_is_refused_as_a_whole_when_the_server_became_a_replica()
    {
        _node.Line("MULTI");
        _node.Line("FLUSHALL");
        _node.Replication.IsReplica = true;
        Assert.Equal(
            "(error) EXECABORT Transaction discarded because of: READONLY You can't write against a read only replica.", _node.Line("EXEC"));
        Assert.Equal("PONG", _node.Line("PING"));
    }

    [Fact]
    public void EXEC_that_is_refused_says_EXECABORT_even_outside_a_transaction()
    {
        _node.Settings.RequirePass = "secret";
        Assert.Equal("(error) EXECABORT Transaction discarded because of: NOAUTH Authentication required.", _node.Line("EXEC"));
    }

    [Fact]
    public void EXEC_is_the_command_that_the_client_list_shows_and_not_what_it_ran()
    {
        _node.Line("MULTI");
        _node.Line("GET a");
        _node.Line("EXEC");
        Assert.Equal("exec", _node.Client.Session.LastCommand?.Name);
    }

    [Fact]
    public void MONITOR_does_not_run_inside_a_transaction()
    {
        _node.Line("MULTI");
        _node.Line("MONITOR");
        Assert.Equal("[(error) ERR MONITOR isn't allowed for DENY BLOCKING client]", _node.Line("EXEC"));
        Assert.Equal("PONG", _node.Line("PING"));
    }

    [Fact]
    public void A_watched_key_that_somebody_changes_makes_EXEC_answer_nil()
    {
        Put("a", "1");
        _node.Line("WATCH a b");
        _other.Line("FLUSHALL");
        _node.Line("MULTI");
        _node.Line("PING");
        Assert.Equal("(nil)", _node.Line("EXEC"));
        _node.Line("MULTI");
        Assert.Equal("[]", _node.Line("EXEC"));
    }

    [Fact]
    public void A_watched_key_that_did_not_exist_is_not_touched_by_a_flush()
    {
        _node.Line("WATCH a");
        _other.Line("FLUSHALL");
        _node.Line("MULTI");
        Assert.Equal("[]", _node.Line("EXEC"));
    }

    [Fact]
    public void SWAPDB_touches_a_watched_key_on_either_side()
    {
        _node.Store[1].SetString("a"u8, "1"u8, -1);
        _node.Line("WATCH a");
        _other.Line("SWAPDB 0 1");
        _node.Line("MULTI");
        Assert.Equal("(nil)", _node.Line("EXEC"));
    }

    [Fact]
    public void A_watched_key_that_expires_makes_EXEC_answer_nil()
    {
        Put("a", "1", _node.NowMs + 100);
        _node.Line("WATCH a");
        _node.Line("MULTI");
        _node.NowMs += 200;
        Assert.Equal("(nil)", _node.Line("EXEC"));
    }

    [Fact]
    public void A_key_that_had_expired_before_WATCH_may_vanish()
    {
        Put("a", "1", _node.NowMs - 100);
        _node.Line("WATCH a");
        _node.Advance(100);
        Assert.Equal(0, _node.Store[0].Count);
        _node.Line("MULTI");
        Assert.Equal("[]", _node.Line("EXEC"));
    }

    [Fact]
    public void UNWATCH_and_DISCARD_forget_watched_keys()
    {
        Put("a", "1");
        _node.Line("WATCH a");
        _node.Line("UNWATCH");
        _other.Line("FLUSHALL");
        _node.Line("MULTI");
        Assert.Equal("[]", _node.Line("EXEC"));
        Put("a", "1");
        _node.Line("WATCH a");
        _node.Line("MULTI");
        _node.Line("DISCARD");
        _other.Line("FLUSHALL");
        _node.Line("MULTI");
        Assert.Equal("[]", _node.Line("EXEC"));
    }

    [Fact]
    public void SELECT_inside_a_transaction_holds_for_the_commands_behind_it_and_is_propagated()
    {
        _node.Line("MULTI");
        _node.Line("FLUSHDB");
        _node.Line("SELECT 3");
        _node.Line("FLUSHDB");
        _node.Line("PING");
        Assert.Equal("[OK, OK, OK, PONG]", _node.Line("EXEC"));
        Assert.Equal(3, _node.Client.Session.DatabaseIndex);
        Assert.Equal(["SELECT 0", "MULTI", "FLUSHDB", "SELECT 3", "FLUSHDB", "EXEC"], _node.Replication.TakePropagated());
        Assert.Equal(1, _node.Replication.EndsOfCommand);
    }

    [Fact]
    public void A_transaction_with_one_write_is_propagated_without_MULTI()
    {
        _node.Line("MULTI");
        _node.Line("PING");
        _node.Line("FLUSHALL");
        _node.Line("EXEC");
        Assert.Equal(["SELECT 0", "FLUSHALL"], _node.Replication.TakePropagated());
    }

    [Fact]
    public void A_transaction_that_only_reads_propagates_nothing()
    {
        _node.Line("MULTI");
        _node.Line("DBSIZE");
        _node.Line("EXEC");
        Assert.Empty(_node.Replication.TakePropagated());
    }

    [Fact]
    public void RESET_leaves_a_transaction()
    {
        _node.Line("MULTI");
        Assert.Equal("RESET", _node.Line("RESET"));
        Assert.Equal("(error) ERR EXEC without MULTI", _node.Line("EXEC"));
    }

    [Fact]
    public void WAIT_inside_a_transaction_does_not_wait()
    {
        _node.Line("MULTI");
        _node.Line("WAIT 1 0");
        Assert.Equal("[(integer) 0]", _node.Line("EXEC"));
    }
}
