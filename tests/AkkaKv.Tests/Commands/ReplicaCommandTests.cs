using AkkaKv.Commands.Configuration;
using AkkaKv.Commands.Execution;
using AkkaKv.Commands.Hosting;
using AkkaKv.Commands.Sessions;
using AkkaKv.Protocol;
using AkkaKv.Tests.Commands.Harness;

namespace AkkaKv.Tests.Commands;

/// <summary>Expiry and the gates on a master and on a replica; REPLICAOF and WAIT.</summary>
public sealed class ReplicaCommandTests : IDisposable
{
    private readonly TestNode _node = new();

    public void Dispose() => _node.Dispose();

    private void Put(string key, long expireAtMs = -1, int database = 0) =>
        _node.Store[database].SetString(System.Text.Encoding.ASCII.GetBytes(key), "v"u8, expireAtMs);

    [Fact]
    public void Expired_keys_vanish_in_the_background_and_replicas_are_told()
    {
        Put("a", _node.NowMs + 100);
        Put("b", _node.NowMs + 100, database: 5);
        _node.Advance(100);
        Assert.Equal(1, _node.Store[0].Count);
        _node.Advance(1);
        Assert.Equal(0, _node.Store[0].Count);
        Assert.Equal(["DEL a", "SELECT 5", "DEL b"], _node.Propagated);
        Assert.Equal(2, _node.Engine.Statistics.ExpiredKeys);
    }

    [Fact]
    public void A_replica_hides_expired_keys_but_keeps_them_until_its_master_says_DEL()
    {
        Put("a", _node.NowMs + 100);
        _node.Replication.IsReplica = true;
        _node.Advance(200);
        Assert.Equal("(integer) 1", _node.Line("DBSIZE"));
        Assert.Equal("(nil)", _node.Line("MEMORY USAGE a"));
        Assert.Equal(1, _node.Store[0].Count);
        Assert.Empty(_node.Propagated);
    }

    [Fact]
    public void DEBUG_SET_ACTIVE_EXPIRE_switches_the_search_off()
    {
        Put("a", _node.NowMs + 100);
        Assert.Equal("OK", _node.Line("DEBUG SET-ACTIVE-EXPIRE 0"));
        _node.Advance(200);
        Assert.Equal(1, _node.Store[0].Count);
        Assert.Equal("OK", _node.Line("DEBUG SET-ACTIVE-EXPIRE 1"));
        _node.Advance(1);
        Assert.Equal(0, _node.Store[0].Count);
    }

    [Fact]
    public void A_read_only_replica_refuses_writes_of_clients_and_obeys_its_master()
    {
        _node.Replication.IsReplica = true;
        Assert.Equal("(error) READONLY You can't write against a read only replica.", _node.Line("FLUSHALL"));
        TestClient master = _node.Connect();
        master.Session.Kind = SessionKind.Master;
        Put("a");
        Assert.Empty(master.DoMany("FLUSHALL"));
        Assert.Equal(0, _node.Store[0].Count);
        Assert.Empty(_node.Replication.TakePropagated());
        _node.Settings.ReplicaReadOnly = false;
        Assert.Equal("OK", _node.Line("FLUSHALL"));
        Assert.Empty(_node.Replication.TakePropagated());
    }

    [Fact]
    public void The_link_from_the_master_needs_no_password()
    {
        using var node = new TestNode(new ServerSettings { RequirePass = "secret" });
        node.Replication.IsReplica = true;
        TestClient master = node.Connect();
        master.Session.Kind = SessionKind.Master;
        Assert.Empty(master.DoMany("SET", "a", "1"));
        Assert.Equal(1, node.Store[0].Count);
    }

    [Fact]
    public void The_other_gates_answer_with_their_own_errors()
    {
        _node.Settings.MinReplicasToWrite = 1;
        Assert.Equal("(error) NOREPLICAS Not enough good replicas to write.", _node.Line("FLUSHALL"));
        _node.Replication.GoodReplicas = 1;
        Assert.Equal("OK", _node.Line("FLUSHALL"));

        _node.Server.Loading = new LoadingFacts(_node.NowMs, 100, 50);
        Assert.Equal("(error) LOADING Redis is loading the dataset in memory", _node.Line("DBSIZE"));
        Assert.Contains("loading_loaded_perc:50.00", _node.Do("INFO").Text);
        _node.Server.Loading = null;

        _node.Settings.ReplicaServeStaleData = false;
        _node.Replication.IsReplica = true;
        _node.Replication.IsMasterLinkUp = false;
        Assert.Equal(
            "(error) MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.", _node.Line("DBSIZE"));
        Assert.Equal("(integer) 1", _node.Line("CLIENT ID"));
    }

    [Fact]
    public void REPLICAOF_reaches_the_replication_side()
    {
        Assert.Equal("OK", _node.Line("REPLICAOF localhost 7002"));
        Assert.Equal("localhost 7002", _node.Replication.ReplicaOfRequested);
        Assert.Equal("OK", _node.Line("SLAVEOF no one"));
        Assert.Equal("no one", _node.Replication.ReplicaOfRequested);
        _node.Replication.Facts = _node.Replication.Facts with { Master = new MasterLinkFacts { Host = "h", Port = 1, State = "connected" } };
        Assert.Equal("OK Already connected to specified master", _node.Line("REPLICAOF H 1"));
        Assert.Equal("[\"slave\", \"h\", (integer) 1, \"connected\", (integer) 0]", _node.Line("ROLE"));
        Assert.Empty(_node.Client.DoMany("PSYNC", "?", "-1"));
        Assert.Equal("OK", _node.Line("REPLCONF listening-port 7002"));
        Assert.Equal(["PSYNC", "REPLCONF"], _node.Replication.HandedOver);
    }

    [Fact]
    public void WAIT_ends_when_enough_replicas_have_acknowledged_or_the_time_is_over()
    {
        _node.Line("FLUSHALL");
        long offset = _node.Client.Session.WriteOffset;
        Assert.Equal(_node.Replication.Offset, offset);
        Assert.Empty(_node.Client.DoMany("WAIT", "2", "500"));
        Assert.Equal(ExecutionResult.Blocked, _node.Client.LastResult);
        Assert.Equal(1, _node.Replication.AcknowledgementRequests);
        _node.Replication.Acknowledged.Add(offset);
        _node.Engine.AcknowledgementsChanged(_node.NowMs);
        Assert.Equal(0, _node.Client.UnblockedCount);
        _node.Replication.Acknowledged.Add(offset);
        _node.Engine.AcknowledgementsChanged(_node.NowMs);
        Assert.Equal(1, _node.Client.UnblockedCount);
        Assert.Equal(["(integer) 2"], _node.Client.ReceivedText());

        Assert.Empty(_node.Client.DoMany("WAIT", "3", "500"));
        _node.Advance(500);
        Assert.Equal(["(integer) 2"], _node.Client.ReceivedText());

        Assert.Empty(_node.Client.DoMany("WAIT", "3", "0"));
        TestClient other = _node.Connect();
        Assert.Equal("(integer) 1", other.Line($"CLIENT UNBLOCK {_node.Client.Session.Id} ERROR"));
        Assert.Equal(["(error) UNBLOCKED client unblocked via CLIENT UNBLOCK"], _node.Client.ReceivedText());
    }

    [Fact]
    public void A_master_that_becomes_a_replica_ends_the_waits_of_its_clients()
    {
        Assert.Empty(_node.Client.DoMany("WAIT", "1", "0"));
        _node.Replication.IsReplica = true;
        _node.Engine.RoleChanged(_node.NowMs);
        Assert.StartsWith("(error) UNBLOCKED ", Assert.Single(_node.Client.ReceivedText()));
    }
}
