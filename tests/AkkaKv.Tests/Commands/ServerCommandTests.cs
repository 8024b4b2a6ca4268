using AkkaKv.Commands.Configuration;
using AkkaKv.Commands.Execution;
using AkkaKv.Commands.Hosting;
using AkkaKv.Commands.Sessions;
using AkkaKv.Protocol;
using AkkaKv.Tests.Commands.Harness;

namespace AkkaKv.Tests.Commands;

public sealed class ServerCommandTests : IDisposable
{
    private readonly TestNode _node = new();

    public void Dispose() => _node.Dispose();

    private void Put(string key, long expireAtMs = -1, int database = 0) =>
        _node.Store[database].SetString(System.Text.Encoding.ASCII.GetBytes(key), "v"u8, expireAtMs);

    [Theory]
    [InlineData("FLUSHALL foo", "(error) ERR syntax error")]
    [InlineData("FLUSHDB ASYNC x", "(error) ERR syntax error")]
    [InlineData("FLUSHDB SYNC", "OK")]
    [InlineData("FLUSHALL ASYNC", "OK")]
    [InlineData("SWAPDB 0 99", "(error) ERR DB index is out of range")]
    [InlineData("SWAPDB a 0", "(error) ERR invalid first DB index")]
    [InlineData("SWAPDB 0 a", "(error) ERR invalid second DB index")]
    [InlineData("SWAPDB 0 0", "OK")]
    [InlineData("TIME", "[\"1700000000\", \"123456\"]")]
    [InlineData("LASTSAVE", "(integer) 1699999990")]
    [InlineData("SAVE", "OK")]
    [InlineData("BGSAVE", "Background saving started")]
    [InlineData("BGSAVE FOO", "(error) ERR syntax error")]
    [InlineData("SHUTDOWN FOO", "(error) ERR syntax error")]
    [InlineData("SHUTDOWN SAVE NOSAVE", "(error) ERR syntax error")]
    [InlineData("REPLICAOF a", "(error) ERR wrong number of arguments for 'replicaof' command")]
    [InlineData("REPLICAOF a b", "(error) ERR Invalid master port")]
    [InlineData("WAIT 0 0", "(integer) 0")]
    [InlineData("WAIT a 1", "(error) ERR value is not an integer or out of range")]
    [InlineData("WAIT 1 -1", "(error) ERR timeout is negative")]
    [InlineData("ROLE", "[\"master\", (integer) 0, []]")]
    [InlineData("MEMORY USAGE nokey", "(nil)")]
    [InlineData("MEMORY USAGE a SAMPLES x", "(error) ERR value is not an integer or out of range")]
    [InlineData("MEMORY USAGE a SAMPLES -1", "(error) ERR syntax error")]
    [InlineData("MEMORY USAGE a FOO 1", "(error) ERR syntax error")]
    [InlineData("SLOWLOG LEN", "(integer) 0")]
    [InlineData("SLOWLOG GET -2", "(error) ERR count should be greater than or equal to -1")]
    [InlineData("SLOWLOG GET x", "(error) ERR count should be greater than or equal to -1")]
    [InlineData("LATENCY LATEST", "[]")]
    [InlineData("LATENCY RESET", "(integer) 0")]
    [InlineData("ACL WHOAMI", "\"default\"")]
    [InlineData("ACL USERS", "[\"default\"]")]
    [InlineData("ACL LIST", "[\"user default on nopass ~* &* +@all\"]")]
    [InlineData("ACL GETUSER x", "(nil)")]
    [InlineData("ACL CAT nope", "(error) ERR Unknown category 'nope'")]
    [InlineData("MODULE LIST", "[]")]
    [InlineData("CLUSTER INFO", "(error) ERR This instance has cluster support disabled")]
    [InlineData("CLUSTER NODES", "(error) ERR This instance has cluster support disabled")]
    [InlineData("READONLY", "(error) ERR This instance has cluster support disabled")]
    [InlineData("DEBUG OBJECT nokey", "(error) ERR no such key")]
    [InlineData("DEBUG FOO", "(error) ERR unknown subcommand or wrong number of arguments for 'FOO'. Try DEBUG HELP.")]
    [InlineData("DEBUG SLEEP x", "(error) ERR value is not a valid float")]
    [InlineData("DEBUG ERROR WEIRD", "(error) WEIRD")]
    [InlineData("COMMAND FOO", "(error) ERR unknown subcommand 'FOO'. Try COMMAND HELP.")]
    public void Server_commands_answer_as_Redis_does(string request, string expected) => Assert.Equal(expected, _node.Line(request));

    [Fact]
    public void Flushes_empty_the_database_or_all_and_are_always_propagated()
    {
        Put("a");
        Put("b", database: 1);
        Assert.Equal("OK", _node.Line("FLUSHDB"));
        Assert.Equal("(integer) 0", _node.Line("DBSIZE"));
        Assert.Equal(1, _node.Store[1].Count);
        Assert.Equal("OK", _node.Line("FLUSHALL"));
        Assert.Equal(0, _node.Store[1].Count);
        Assert.Equal("OK", _node.Line("FLUSHALL"));
        Assert.Equal(["FLUSHDB", "FLUSHALL", "FLUSHALL"], _node.Propagated);
    }

    [Fact]
    public void SWAPDB_exchanges_what_clients_see()
    {
        Put("a");
        Assert.Equal("OK", _node.Line("SWAPDB 0 1"));
        Assert.Equal("(integer) 0", _node.Line("DBSIZE"));
        Assert.Equal("OK", _node.Line("SELECT 1"));
        Assert.Equal("(integer) 1", _node.Line("DBSIZE"));
        Assert.Equal(["SWAPDB 0 1"], _node.Propagated);
    }

    [Fact]
    public void The_stream_selects_a_database_only_when_it_changes()
    {
        _node.Line("FLUSHDB");
        _node.Line("SELECT 2");
        _node.Line("FLUSHDB");
        _node.Line("FLUSHDB");
        Assert.Equal(["SELECT 0", "FLUSHDB", "SELECT 2", "FLUSHDB", "FLUSHDB"], _node.Replication.TakePropagated());
        _node.Engine.Propagation.ForgetSelectedDatabase();
        _node.Line("FLUSHDB");
        Assert.Equal(["SELECT 2", "FLUSHDB"], _node.Replication.TakePropagated());
    }

    [Fact]
    public void INFO_has_the_sections_and_fields_that_clients_and_monitoring_read()
    {
        Put("a", _node.NowMs + 1000);
        _node.Line("PING");
        _node.Line("foo");
        string info = _node.Do("INFO").Text;
        string[] sections = [.. info.Split("\r\n").Where(line => line.StartsWith("# "))];
        Assert.Equal(
            ["# Server", "# Clients", "# Memory", "# Persistence", "# Stats", "# Replication", "# CPU", "# Modules", "# Errorstats", "# Cluster", "# Keyspace"],
            sections);
        string[] fields =
        [
            "redis_version:7.0.15", "redis_mode:standalone", "process_id:4711", "tcp_port:7001", "uptime_in_seconds:10", "connected_clients:1", "maxclients:10000",
            "maxmemory_policy:noeviction", "loading:0", "rdb_last_save_time:1699999990", "aof_enabled:0", "total_connections_received:1",
            "total_net_input_bytes:1000", "expired_keys:0", "role:master", "connected_slaves:0", "master_failover_state:no-failover",
            "used_cpu_user:1.500000", "errorstat_ERR:count=1", "cluster_enabled:0", "db0:keys=1,expires=1,avg_ttl=1000",
        ];
        foreach (string field in fields)
        {
            Assert.Contains("\r\n" + field + "\r\n", info);
        }

        Assert.Contains("cmdstat_ping:calls=1,usec=0,usec_per_call=0.00,rejected_calls=0,failed_calls=0\r\n", _node.Do("INFO", "commandstats").Text);
        Assert.Contains("# Commandstats", _node.Do("INFO", "all").Text);
        Assert.Equal("", _node.Do("INFO", "nope").Text);
        Assert.StartsWith("# CPU", _node.Do("INFO", "cpu", "keyspace").Text);
    }

    [Fact]
    public void INFO_replication_shows_every_field_of_a_master_and_of_a_replica()
    {
        _node.Replication.Facts = new ReplicationFacts
        {
            ReplicationId = new string('c', 40),
            Replicas = [new ReplicaFacts("10.0.0.2", 7002, "online", 462, 1)],
            BacklogActive = true,
            BacklogSize = 1048576,
            BacklogFirstByteOffset = 1,
            BacklogHistoryLength = 462,
        };
        _node.Replication.Offset = 462;
        Assert.Equal(
            "# Replication\r\nrole:master\r\nconnected_slaves:1\r\nslave0:ip=10.0.0.2,port=7002,state=online,offset=462,lag=1\r\n"
            + $"master_failover_state:no-failover\r\nmaster_replid:{new string('c', 40)}\r\nmaster_replid2:{new string('0', 40)}\r\nmaster_repl_offset:462\r\n"
            + "second_repl_offset:-1\r\nrepl_backlog_active:1\r\nrepl_backlog_size:1048576\r\nrepl_backlog_first_byte_offset:1\r\nrepl_backlog_histlen:462\r\n",
            _node.Do("INFO", "replication").Text);
        Assert.Equal("[\"master\", (integer) 462, [[\"10.0.0.2\", \"7002\", \"462\"]]]", _node.Line("ROLE"));

        _node.Replication.Facts = _node.Replication.Facts with
        {
            Replicas = [],
            Master = new MasterLinkFacts { Host = "10.0.0.1", Port = 7001, State = "connect", DownSinceSeconds = 3 },
        };
        string replica = _node.Do("INFO", "replication").Text;
        Assert.StartsWith(
            "# Replication\r\nrole:slave\r\nmaster_host:10.0.0.1\r\nmaster_port:7001\r\nmaster_link_status:down\r\nmaster_last_io_seconds_ago:-1\r\n"
            + "master_sync_in_progress:0\r\nslave_read_repl_offset:0\r\nslave_repl_offset:462\r\nmaster_link_down_since_seconds:3\r\nslave_priority:100\r\n"
            + "slave_read_only:1\r\nreplica_announced:1\r\nconnected_slaves:0\r\n",
            replica);
    }

    [Fact]
    public void CONFIG_RESETSTAT_starts_counting_anew()
    {
        _node.Line("foo");
        _node.Line("CONFIG RESETSTAT");
        string info = _node.Do("INFO", "stats").Text;
        Assert.Contains("total_commands_processed:1\r\n", info);
        Assert.Contains("total_error_replies:0\r\n", info);
    }

    [Fact]
    public void COMMAND_describes_the_table()
    {
        Assert.Equal(
            "[[\"ping\", (integer) -1, [fast], (integer) 0, (integer) 0, (integer) 0, [@fast, @connection], [], [], []]]", _node.Line("COMMAND INFO ping"));
        Assert.Equal("[(nil), (nil)]", _node.Line("COMMAND INFO nope sentinel"));
        RespValue ranges = _node.Do("COMMAND", "INFO", "get", "mset", "rename", "bitop");
        Assert.Equal(["1 1 1", "1 -1 2", "1 2 1", "2 -1 1"], ranges.Items.Select(info => $"{info[3].Text} {info[4].Text} {info[5].Text}"));
        RespValue docs = _node.Do("COMMAND", "DOCS", "config|get");
        Assert.Equal("config|get", docs[0].Text);
        Assert.Contains("\"group\", \"server\"", docs[1].ToString());
        Assert.Equal(_node.Do("COMMAND", "COUNT").Integer, _node.Do("COMMAND").Items.Count);
        Assert.Equal("[\"discard\", \"exec\", \"multi\", \"unwatch\", \"watch\"]", _node.Line("COMMAND LIST FILTERBY ACLCAT transaction"));
        Assert.Equal("[\"psync\"]", _node.Line("COMMAND LIST FILTERBY PATTERN ps*nc"));
        Assert.Equal("(error) ERR syntax error", _node.Line("COMMAND LIST FOO"));
    }

    [Theory]
    [InlineData("COMMAND GETKEYS GET", "(error) ERR wrong number of arguments for 'command|getkeys' command")]
    [InlineData("COMMAND GETKEYS foo a", "(error) ERR Invalid command specified")]
    [InlineData("COMMAND GETKEYS PING x", "(error) ERR The command has no key arguments")]
    [InlineData("COMMAND GETKEYS WATCH a b", "[\"a\", \"b\"]")]
    [InlineData("COMMAND GETKEYS MSET a b c d", "[\"a\", \"c\"]")]
    [InlineData("COMMAND GETKEYS SET a", "(error) ERR Invalid number of arguments specified for command")]
    [InlineData("COMMAND GETKEYSANDFLAGS GETDEL a", "[[\"a\", [RW, access, delete]]]")]
    [InlineData("COMMAND GETKEYS MEMORY USAGE a", "[\"a\"]")]
    public void COMMAND_GETKEYS_finds_the_keys(string request, string expected) => Assert.Equal(expected, _node.Line(request));

    [Fact]
    public void MONITOR_shows_what_others_do_but_no_secrets()
    {
        TestClient monitor = _node.Connect();
        Assert.Equal("OK", monitor.Line("MONITOR"));
        _node.Ask("ECHO", "a\"\n\u00ff");
        _node.Line("AUTH default secret");
        _node.Line("CONFIG GET save");
        Assert.Equal(
            [
                $"1700000000.123456 [0 {_node.Client.Session.Address}] \"ECHO\" \"a\\\"\\n\\xff\"",
                $"1700000000.123456 [0 {_node.Client.Session.Address}] \"AUTH\" \"(redacted)\" \"(redacted)\"",
            ],
            monitor.ReceivedText());
    }

    [Fact]
    public void The_slow_log_keeps_slow_commands_newest_first()
    {
        _node.Line("DEBUG SLEEP 0.02");
        _node.Line("PING");
        _node.Line("DEBUG SLEEP 1.5");
        Assert.Equal(TimeSpan.FromSeconds(1.52), _node.Server.Slept);
        RespValue log = _node.Do("SLOWLOG", "GET");
        Assert.Equal(2, log.Items.Count);
        Assert.Equal(
            $"[(integer) 1, (integer) 1700000000, (integer) 1500000, [\"DEBUG\", \"SLEEP\", \"1.5\"], \"{_node.Client.Session.Address}\", \"\"]", log[0].ToString());
        Assert.Equal("OK", _node.Line("SLOWLOG RESET"));
        Assert.Equal("(integer) 0", _node.Line("SLOWLOG LEN"));
    }

    [Fact]
    public void SHUTDOWN_answers_nothing_unless_it_fails()
    {
        Assert.Empty(_node.Client.DoMany("SHUTDOWN", "NOSAVE", "NOW"));
        Assert.Equal(new ShutdownOptions(Save: false, Now: true, Force: false, Abort: false), _node.Server.ShutdownRequested);
        _node.Server.Refusal = "ERR Errors trying to SHUTDOWN. Check logs.";
        Assert.Equal("(error) ERR Errors trying to SHUTDOWN. Check logs.", _node.Line("SHUTDOWN"));
    }

    [Fact]
    public void DEBUG_shows_values_and_fills_databases()
    {
        Assert.Equal("OK", _node.Line("DEBUG POPULATE 3 k 5"));
        Assert.Equal("(integer) 3", _node.Line("DBSIZE"));
        Assert.StartsWith("Value at:0x0 refcount:1 encoding:embstr serializedlength:6 lru:", _node.Line("DEBUG OBJECT k:1"));
        Assert.Equal("(error) ERR", _node.Line("DEBUG ERROR ERR"));
        _node.Line("HELLO 3");
        Assert.Equal("{(integer) 0, (false), (integer) 1, (true), (integer) 2, (false)}", _node.Line("DEBUG PROTOCOL map"));
    }

    [Fact]
    public void Keyspace_events_are_published_as_configured()
    {
        TestClient listener = _node.Connect();
        listener.DoMany("PSUBSCRIBE", "__key*__:*");
        Put("a", _node.NowMs + 10);
        Put("b", _node.NowMs + 10);
        Assert.Equal("OK", _node.Line("CONFIG SET notify-keyspace-events Ex"));
        Assert.Equal("[\"notify-keyspace-events\", \"xE\"]", _node.Line("CONFIG GET notify-keyspace-events"));
        _node.Store[0].Remove("b"u8);
        _node.Advance(100);
        Assert.Equal(["[\"pmessage\", \"__key*__:*\", \"__keyevent@0__:expired\", \"a\"]"], listener.ReceivedText());
    }

    [Fact]
    public void Every_HELP_lists_the_served_subcommands()
    {
        foreach (string container in new[] { "CLIENT", "CONFIG", "COMMAND", "PUBSUB", "ACL", "MEMORY", "SLOWLOG", "LATENCY", "MODULE", "OBJECT" })
        {
            RespValue help = _node.Do(container, "HELP");
            Assert.Equal(RespKind.Array, help.Kind);
            Assert.True(help.Items.Count >= 3, container);
        }
    }
}
