using AkkaKv.Protocol;
using AkkaKv.Sentinel;
using AkkaKv.Tests.Sentinel.World;

namespace AkkaKv.Tests.Sentinel;

/// <summary>Replies compared with those that redis-sentinel 7.0.15 gave to the same requests.</summary>
public class SentinelCommandTests
{
    private readonly SentinelWorld _world = new();
    private readonly FakeDirectory _directory;

    public SentinelCommandTests()
    {
        _world.AddInstance(7001, 0);
        _world.AddInstance(7002, 7001).Offset = 42;
        foreach (var id in new[] { "s1", "s2", "s3" })
        {
            _world.AddSentinel(
                id,
                new MasterSettings { Name = "mymaster", Address = new InstanceAddress("127.0.0.1", 7001), Quorum = 2, DownAfterMs = 1000 },
                DeclaredVoters.Of("s1", "s2", "s3"));
        }
        _world.Run(3000);
        _directory = new FakeDirectory(_world, "s1");
    }

    [Theory]
    [InlineData("SENTINEL", "ERR wrong number of arguments for 'sentinel' command")]
    [InlineData("SENTINEL foo", "ERR unknown subcommand 'foo'. Try SENTINEL HELP.")]
    [InlineData("SENTINEL master", "ERR wrong number of arguments for 'sentinel|master' command")]
    [InlineData("SENTINEL masters x", "ERR wrong number of arguments for 'sentinel|masters' command")]
    [InlineData("SENTINEL master foo", "ERR No such master with that name")]
    [InlineData("SENTINEL failover foo", "ERR No such master with that name")]
    [InlineData("SENTINEL ckquorum foo", "ERR No such master with that name")]
    [InlineData("SENTINEL get-master-addr-by-name foo", "(nil)")]
    [InlineData("SENTINEL GET-MASTER-ADDR-BY-NAME mymaster", "[127.0.0.1, 7001]")]
    [InlineData("SENTINEL myid", "s1")]
    [InlineData("SENTINEL pending-scripts", "[]")]
    [InlineData("SENTINEL flushconfig", "OK")]
    [InlineData("SENTINEL reset zzz*", "0")]
    [InlineData("SENTINEL reset my*", "1")]
    [InlineData("SENTINEL remove nope", "ERR No such master with that name")]
    [InlineData("SENTINEL monitor mymaster 127.0.0.1 7001 2", "ERR Duplicate master name.")]
    [InlineData("SENTINEL monitor m2 127.0.0.1 abc 2", "ERR Invalid port")]
    [InlineData("SENTINEL monitor m2 127.0.0.1 7000 0", "ERR Quorum must be 1 or greater.")]
    [InlineData("SENTINEL monitor m2 nohost.invalid 7000 1", "ERR Invalid IP address or hostname specified")]
    [InlineData("SENTINEL monitor m2 127.0.0.1 99999 1", "ERR Invalid port number.")]
    [InlineData("SENTINEL set nope quorum 2", "ERR No such master with that name")]
    [InlineData("SENTINEL set mymaster quorum", "ERR wrong number of arguments for 'sentinel|set' command")]
    [InlineData("SENTINEL set mymaster foo bar", "ERR Unknown option or number of arguments for SENTINEL SET 'foo'")]
    [InlineData("SENTINEL set mymaster quorum 0", "ERR Invalid argument '0' for SENTINEL SET 'quorum'")]
    [InlineData("SENTINEL set mymaster down-after-milliseconds x", "ERR Invalid argument 'x' for SENTINEL SET 'down-after-milliseconds'")]
    [InlineData("SENTINEL config", "ERR wrong number of arguments for 'sentinel|config' command")]
    [InlineData("SENTINEL config set foo bar", "ERR Invalid argument 'foo' to SENTINEL CONFIG SET")]
    [InlineData("SENTINEL config set resolve-hostnames maybe", "ERR Invalid value 'maybe' to SENTINEL CONFIG SET 'resolve-hostnames'")]
    [InlineData("SENTINEL config foo bar", "ERR Only SENTINEL CONFIG GET <option> / SET <option> <value> are supported.")]
    [InlineData("SENTINEL config get nope", "[]")]
    [InlineData("SENTINEL config get announce*", "[announce-hostnames, no, announce-ip, , announce-port, 0]")]
    [InlineData("SENTINEL debug ping-period", "ERR Unknown option or number of arguments for SENTINEL DEBUG 'ping-period'")]
    [InlineData("SENTINEL debug info-period 0", "ERR Invalid argument '0' for SENTINEL DEBUG 'info-period'")]
    [InlineData("SENTINEL simulate-failure help", "[crash-after-election, crash-after-promotion]")]
    [InlineData("SENTINEL simulate-failure foo", "ERR Unknown failure simulation specified")]
    [InlineData("SENTINEL is-master-down-by-addr 127.0.0.1 7001 0 *", "[0, *, 0]")]
    [InlineData("SENTINEL is-master-down-by-addr 127.0.0.1 9999 0 *", "[0, *, 0]")]
    [InlineData("SENTINEL is-master-down-by-addr 127.0.0.1 x 0 *", "ERR value is not an integer or out of range")]
    [InlineData("SENTINEL is-master-down-by-addr 127.0.0.1 7001 x *", "ERR value is not an integer or out of range")]
    [InlineData("SENTINEL ckquorum mymaster", "OK 3 usable Sentinels. Quorum and failover authorization can be reached")]
    public void A_request_gets_the_reply_of_redis(string request, string expected) => Assert.Equal(expected, _directory.Type(request));

    [Fact]
    public void Every_row_of_the_reference_is_in_the_table_and_has_a_handler()
    {
        var reference = new Dictionary<string, int>
        {
            ["ckquorum"] = 3,
            ["config"] = -3,
            ["debug"] = -2,
            ["failover"] = 3,
            ["flushconfig"] = 2,
            ["get-master-addr-by-name"] = 3,
            ["help"] = 2,
            ["info-cache"] = -3,
            ["is-master-down-by-addr"] = 6,
            ["master"] = 3,
            ["masters"] = 2,
            ["monitor"] = 6,
            ["myid"] = 2,
            ["pending-scripts"] = 2,
            ["remove"] = 3,
            ["replicas"] = 3,
            ["reset"] = 3,
            ["sentinels"] = 3,
            ["set"] = -5,
            ["simulate-failure"] = -3,
            ["slaves"] = 3,
        };
        Assert.Equal(reference.OrderBy(row => row.Key), SentinelSubcommand.All.ToDictionary(row => row.Name, row => row.Arity).OrderBy(row => row.Key));
        foreach (var row in SentinelSubcommand.All)
        {
            var request = $"SENTINEL {row.Name}" + string.Concat(Enumerable.Repeat(" mymaster", Math.Abs(row.Arity) - 2));
            Assert.DoesNotContain("unknown subcommand", _directory.Type(request), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_master_shows_redis_fields_in_redis_order()
    {
        var fields = Fields(_directory.Send("SENTINEL master mymaster"));
        Assert.Equal(
            ["name", "ip", "port", "runid", "flags", "link-pending-commands", "link-refcount", "last-ping-sent", "last-ok-ping-reply",
                "last-ping-reply", "down-after-milliseconds", "info-refresh", "role-reported", "role-reported-time", "config-epoch",
                "num-slaves", "num-other-sentinels", "quorum", "failover-timeout", "parallel-syncs"],
            fields.Select(field => field.Name));
        var values = fields.ToDictionary(field => field.Name, field => field.Value);
        Assert.Equal("master", values["flags"]);
        Assert.Equal(_world.Instance(7001)!.RunId, values["runid"]);
        Assert.Equal("1", values["num-slaves"]);
        Assert.Equal("2", values["num-other-sentinels"]);
    }

    [Theory]
    [InlineData("replicas")]
    [InlineData("slaves")]
    public void A_replica_shows_redis_fields_in_redis_order(string subcommand)
    {
        var fields = Fields(Assert.Single(_directory.Send($"SENTINEL {subcommand} mymaster").Items));
        Assert.Equal(
            ["name", "ip", "port", "runid", "flags", "link-pending-commands", "link-refcount", "last-ping-sent", "last-ok-ping-reply",
                "last-ping-reply", "down-after-milliseconds", "info-refresh", "role-reported", "role-reported-time", "master-link-down-time",
                "master-link-status", "master-host", "master-port", "slave-priority", "slave-repl-offset", "replica-announced"],
            fields.Select(field => field.Name));
        var values = fields.ToDictionary(field => field.Name, field => field.Value);
        Assert.Equal("127.0.0.1:7002", values["name"]);
        Assert.Equal("ok", values["master-link-status"]);
        Assert.Equal("7001", values["master-port"]);
        Assert.Equal("42", values["slave-repl-offset"]);
    }

    [Fact]
    public void A_sentinel_shows_redis_fields_in_redis_order()
    {
        var sentinels = _directory.Send("SENTINEL sentinels mymaster").Items;
        Assert.Equal(2, sentinels.Count);
        Assert.Equal(
            ["name", "ip", "port", "runid", "flags", "link-pending-commands", "link-refcount", "last-ping-sent", "last-ok-ping-reply",
                "last-ping-reply", "down-after-milliseconds", "last-hello-message", "voted-leader", "voted-leader-epoch"],
            Fields(sentinels[0]).Select(field => field.Name));
        Assert.Equal("sentinel", Fields(sentinels[0]).Single(field => field.Name == "flags").Value);
    }

    [Fact]
    public void Masters_are_maps_in_resp3()
    {
        var masters = _directory.Send("SENTINEL masters", respVersion: 3);
        Assert.Equal(RespKind.Array, masters.Kind);
        Assert.Equal(RespKind.Map, Assert.Single(masters.Items).Kind);
    }

    [Fact]
    public void A_dead_master_is_shown_down_and_its_sentinels_too_when_they_are_gone()
    {
        _world.Sentinel("s2").Crash();
        _world.Sentinel("s3").Crash();
        _world.Kill(7001);
        _world.Run(2000);
        var values = Fields(_directory.Send("SENTINEL master mymaster")).ToDictionary(field => field.Name, field => field.Value);
        Assert.Equal("s_down,master,disconnected", values["flags"]);
        Assert.Equal("1998", values["s-down-time"]);
        Assert.All(
            _directory.Send("SENTINEL sentinels mymaster").Items,
            peer => Assert.Contains("s_down,sentinel,disconnected", Fields(peer).Select(field => field.Value)));
        Assert.Equal(
            "NOQUORUM 1 usable Sentinels. Not enough available Sentinels to reach the specified quorum for this master. Not enough available "
            + "Sentinels to reach the majority and authorize a failover",
            _directory.Type("SENTINEL ckquorum mymaster"));
        Assert.Equal("[1, *, 0]", _directory.Type("SENTINEL is-master-down-by-addr 127.0.0.1 7001 0 *"));
    }

    [Fact]
    public void A_failover_by_hand_is_accepted_once()
    {
        Assert.Equal("OK", _directory.Type("SENTINEL failover mymaster"));
        Assert.Equal("INPROG Failover already in progress", _directory.Type("SENTINEL failover mymaster"));
        var values = Fields(_directory.Send("SENTINEL master mymaster")).ToDictionary(field => field.Name, field => field.Value);
        Assert.Equal("master,failover_in_progress,force_failover", values["flags"]);
        Assert.Equal("wait_start", values["failover-state"]);
        _world.Run(1000);
        Assert.Equal("[127.0.0.1, 7002]", _directory.Type("SENTINEL get-master-addr-by-name mymaster"));
    }

    [Fact]
    public void A_failover_by_hand_needs_a_replica()
    {
        _world.Kill(7002);
        _world.Run(2000);
        Assert.Equal("NOGOODSLAVE No suitable replica to promote", _directory.Type("SENTINEL failover mymaster"));
    }

    [Fact]
    public void A_vote_can_be_asked_for_by_resp_and_stays_given()
    {
        Assert.Equal("[0, s2, 1]", _directory.Type("SENTINEL is-master-down-by-addr 127.0.0.1 7001 1 s2"));
        Assert.Equal("[0, s2, 1]", _directory.Type("SENTINEL is-master-down-by-addr 127.0.0.1 7001 1 s3"));
        Assert.Equal(("s2", 1), (_world.Sentinel("s1").Disk!.Leader, _world.Sentinel("s1").Disk!.LeaderEpoch));
    }

    [Fact]
    public void Set_changes_an_option_tells_it_and_remembers_it()
    {
        Assert.Equal("OK", _directory.Type("SENTINEL set mymaster quorum 3 down-after-milliseconds 700"));
        Assert.Contains("@3000 s1 +set master mymaster 127.0.0.1 7001 quorum 3", _world.Trace);
        Assert.Contains("@3000 s1 +set master mymaster 127.0.0.1 7001 down-after-milliseconds 700", _world.Trace);
        Assert.Equal(700, _world.Sentinel("s1").Disk!.RunTimeSettings!.DownAfterMs);
    }

    [Fact]
    public void A_password_is_not_told()
    {
        Assert.Equal("OK", _directory.Type("SENTINEL set mymaster auth-pass secret"));
        Assert.DoesNotContain(_world.Trace, line => line.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public void Info_cache_shows_the_last_info_of_the_master_and_its_replicas()
    {
        var reply = _directory.Send("SENTINEL info-cache mymaster");
        Assert.Equal("mymaster", reply[0].Text);
        Assert.Equal(2, reply[1].Items.Count);
        Assert.Contains("role:master", reply[1][0][1].Text, StringComparison.Ordinal);
        Assert.Contains("role:slave", reply[1][1][1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Monitor_takes_the_defaults_and_debug_changes_them()
    {
        Assert.Equal("OK", _directory.Type("SENTINEL debug default-down-after 900 ping-period 50"));
        Assert.Equal(50, _directory.Timings.PingPeriodMs);
        Assert.Equal("OK", _directory.Type("SENTINEL monitor m2 127.0.0.1 7009 2"));
        var watched = Assert.Single(_directory.Watched);
        Assert.Equal(("m2", 7009, 2, 900L), (watched.Name, watched.Address.Port, watched.Quorum, watched.DownAfterMs));
    }

    [Fact]
    public void Help_explains_every_subcommand()
    {
        var lines = _directory.Send("SENTINEL help").Items.Select(line => line.Text).ToList();
        Assert.Equal("SENTINEL <subcommand> [<arg> [value] [opt] ...]. Subcommands are:", lines[0]);
        foreach (var row in SentinelSubcommand.All.Where(row => row.Name != "slaves"))
            Assert.Contains(lines, line => line.StartsWith(row.Name, StringComparison.OrdinalIgnoreCase));
    }

    private static List<(string Name, string Value)> Fields(RespValue map) =>
        [.. map.Items.Chunk(2).Select(pair => (pair[0].Text, pair[1].Text))];
}
