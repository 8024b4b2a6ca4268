using System.Globalization;
using AkkaKv.Keyspace;
using AkkaKv.Tests.Commands.Harness;
using AkkaKv.Tests.Protocol;

namespace AkkaKv.Tests.Commands.Memory;

/// <summary>maxmemory: what goes, what is refused, what others hear of it.</summary>
[Collection(AllocationCollection.Name)]
public sealed class EvictionTests : IDisposable
{
    private const string Oom = "(error) OOM command not allowed when used memory > 'maxmemory'.";
    private const int ValueLength = 500;

    private readonly TestNode _node = new();

    public void Dispose() => _node.Dispose();

    private long InfoField(string name) => long.Parse(
        _node.Do("INFO", "everything").Text.Split("\r\n").Single(line => line.StartsWith(name + ":", StringComparison.Ordinal))[(name.Length + 1)..],
        CultureInfo.InvariantCulture);

    private string Set(string key) => _node.Ask("SET", key, new string('x', ValueLength));

    private void Fill(int count, string prefix = "key:")
    {
        for (int i = 0; i < count; i++)
        {
            Set(prefix + i);
        }
    }

    private int CountOf(int count, string prefix = "key:") =>
        Enumerable.Range(0, count).Count(i => _node.Store[0].Find(System.Text.Encoding.ASCII.GetBytes(prefix + i)).Exists);

    /// <summary>Limits the memory to what is in use plus some room.</summary>
    private void LimitTo(string policy, long room = 0)
    {
        Assert.Equal("OK", _node.Line("CONFIG SET maxmemory 1000gb"));
        _node.Engine.Cron(_node.NowMs);
        Assert.Equal("OK", _node.Line($"CONFIG SET maxmemory-policy {policy}"));
        long limit = _node.Engine.MemoryLimit.CountedBytes + room;
        Assert.Equal("OK", _node.Line($"CONFIG SET maxmemory {limit}"));
    }

    [Fact]
    public void Who_caches_keys_hears_of_those_that_go()
    {
        Fill(50);
        TestClient cache = _node.Connect();
        cache.Do("HELLO", "3");
        cache.Line("CLIENT TRACKING ON BCAST PREFIX key:");
        LimitTo("allkeys-random");
        cache.Received();
        Set("more");
        Set("even more");
        Assert.True(InfoField("evicted_keys") > 0);
        string[] messages = cache.ReceivedText();
        Assert.NotEmpty(messages);
        Assert.All(messages, message => Assert.Contains("key:", message));
    }

    [Fact]
    public void Without_eviction_commands_that_take_memory_are_refused_and_others_run()
    {
        Fill(10);
        LimitTo("noeviction", -1);
        Assert.Equal(Oom, _node.Line("SET a 1"));
        Assert.Equal(Oom, _node.Line("APPEND key:1 x"));
        Assert.Equal(ValueLength, _node.Do("GET", "key:1").Text.Length);
        Assert.Equal("OK", _node.Line("CONFIG SET maxmemory-samples 3"));
        Assert.Equal("(integer) 1", _node.Line("DEL key:1"));
        Assert.Equal("OK", _node.Line("SET a 1"));
        Assert.Equal(0, InfoField("evicted_keys"));
    }

    [Fact]
    public void A_transaction_takes_no_command_while_memory_is_short_but_can_be_discarded()
    {
        Fill(10);
        TestClient client = _node.Connect();
        Assert.Equal("OK", client.Line("MULTI"));
        Assert.Equal("QUEUED", client.Line("SET a 1"));
        LimitTo("noeviction", -1);
        Assert.Equal(Oom, client.Line("GET a"));
        Assert.Equal(
            "(error) EXECABORT Transaction discarded because of: OOM command not allowed when used memory > 'maxmemory'.", client.Line("EXEC"));
        Assert.Equal("OK", client.Line("MULTI"));
        Assert.Equal(Oom, client.Line("PING"));
        Assert.Equal("OK", client.Line("DISCARD"));
        Assert.Equal("OK", client.Line("MULTI"));
        Assert.Equal("[]", client.Line("EXEC"));
    }

    [Fact]
    public void A_limit_that_is_lowered_is_kept_without_waiting_for_a_command()
    {
        Fill(500);
        LimitTo("allkeys-random");
        _node.Line("CONFIG SET maxmemory " + (_node.Settings.MaxMemory / 2));
        Assert.True(_node.Server.TurnsRequested > 0);
        _node.Engine.ContinueWork(_node.NowMs);
        Assert.True(_node.Engine.MemoryLimit.CountedBytes <= _node.Settings.MaxMemory);
        Assert.InRange(_node.Store[0].Count, 100, 300);
    }

    [Theory]
    [InlineData("allkeys-lru")]
    [InlineData("allkeys-lfu")]
    [InlineData("allkeys-random")]
    [InlineData("volatile-lru")]
    [InlineData("volatile-lfu")]
    [InlineData("volatile-random")]
    [InlineData("volatile-ttl")]
    public void Each_policy_makes_room_for_what_is_new_and_takes_only_keys_that_it_may_take(string policy)
    {
        bool onlyExpiring = policy.StartsWith("volatile", StringComparison.Ordinal);
        Fill(100, "stays:");
        for (int i = 0; i < 300; i++)
        {
            _node.Ask("SET", $"old:{i}", new string('x', ValueLength), "EX", $"{1000 + i}");
        }

        LimitTo(policy, 2000);
        for (int i = 0; i < 150; i++)
        {
            Assert.Equal("OK", Set($"new:{i}"));
            Assert.True(_node.Engine.MemoryLimit.CountedBytes <= _node.Settings.MaxMemory + 1000);
        }

        Assert.Equal(InfoField("evicted_keys"), 550 - _node.Store[0].Count);
        Assert.InRange(InfoField("evicted_keys"), 100, 170);
        if (onlyExpiring)
        {
            Assert.Equal(100, CountOf(100, "stays:"));
            Assert.Equal(150, CountOf(150, "new:"));
        }
    }

    [Fact]
    public void A_volatile_policy_refuses_when_no_key_has_an_expiry()
    {
        Fill(100);
        _node.Ask("SET", "a", "1", "EX", "100");
        LimitTo("volatile-lru", -10_000);
        Assert.Equal(Oom, _node.Line("SET b 1"));
        Assert.Equal("(nil)", _node.Line("GET a"));
        Assert.Equal(100, CountOf(100));
    }

    [Fact]
    public void LRU_takes_keys_that_were_not_used_for_long()
    {
        Fill(400, "idle:");
        Fill(400, "used:");
        _node.Advance(60_000);
        for (int i = 0; i < 400; i++)
        {
            _node.Line($"GET used:{i}");
        }

        _node.Advance(1000);
        LimitTo("allkeys-lru");
        Fill(200, "new:");
        Assert.InRange(CountOf(400, "used:"), 390, 400);
        Assert.InRange(CountOf(400, "idle:"), 150, 230);
        Assert.InRange(CountOf(200, "new:"), 199, 200);
    }

    [Fact]
    public void LFU_takes_keys_that_are_used_least()
    {
        _node.Line("CONFIG SET maxmemory-policy allkeys-lfu");
        Fill(400, "seldom:");
        Fill(400, "often:");
        for (int i = 0; i < 400; i++)
        {
            for (int use = 0; use < 20; use++)
            {
                _node.Line($"GET often:{i}");
            }
        }

        _node.Advance(120_000);
        LimitTo("allkeys-lfu");
        Fill(200, "new:");
        Assert.InRange(CountOf(400, "often:"), 385, 400);
        Assert.InRange(CountOf(400, "seldom:"), 150, 230);
    }

    [Fact]
    public void TTL_takes_the_keys_that_expire_next()
    {
        for (int i = 0; i < 100; i++)
        {
            _node.Ask("SET", $"key:{i}", new string('x', ValueLength), "EX", $"{1000 + ((i * 37) % 100)}");
        }

        LimitTo("volatile-ttl");
        _node.Line($"CONFIG SET maxmemory {_node.Settings.MaxMemory - (30 * ValueLength)}");
        _node.Line("PING");
        long left = _node.Store[0].Count;
        Assert.InRange(left, 60, 75);
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal((i * 37) % 100 >= 100 - left ? "(integer) 1" : "(integer) 0", _node.Line($"EXISTS key:{i}"));
        }
    }

    [Fact]
    public void All_databases_lose_keys()
    {
        for (int database = 0; database < 4; database++)
        {
            _node.Line($"SELECT {database}");
            Fill(200);
            _node.Advance(1000);
        }

        _node.Advance(10_000);
        LimitTo("allkeys-random");
        _node.Line($"CONFIG SET maxmemory {_node.Settings.MaxMemory - (200 * ValueLength)}");
        _node.Line("PING");
        Assert.All(Enumerable.Range(0, 4), database => Assert.InRange(_node.Store[database].Count, 140, 170));
        _node.Line("CONFIG SET maxmemory-policy allkeys-lru");
        _node.Line($"CONFIG SET maxmemory {_node.Settings.MaxMemory - (100 * ValueLength)}");
        _node.Line("PING");
        Assert.InRange(_node.Store[0].Count, 20, 90);
        Assert.InRange(_node.Store[3].Count, 135, 170);
    }

    [Theory]
    [InlineData("no", "DEL")]
    [InlineData("yes", "UNLINK")]
    public void An_eviction_is_propagated_before_the_command_by_itself(string lazy, string command)
    {
        _node.Line($"CONFIG SET lazyfree-lazy-eviction {lazy}");
        Fill(20);
        LimitTo("allkeys-lru", -1);
        _ = _node.Propagated;
        Set("new");
        string[] propagated = _node.Propagated;
        Assert.StartsWith("SET new xxx", propagated[^1]);
        Assert.NotEmpty(propagated[..^1]);
        Assert.All(propagated[..^1], line => Assert.StartsWith($"{command} key:", line));
        Assert.Equal(21 - (propagated.Length - 1), _node.Store[0].Count);
    }

    [Fact]
    public void Watchers_and_listeners_hear_of_an_eviction()
    {
        Fill(3);
        _node.Line("CONFIG SET notify-keyspace-events Ee");
        TestClient listener = _node.Connect();
        listener.DoMany("SUBSCRIBE", "__keyevent@0__:evicted");
        TestClient watcher = _node.Connect();
        watcher.Line("WATCH key:0 key:1 key:2");
        watcher.Line("MULTI");
        LimitTo("allkeys-lru", -1);
        _node.Line("PING");
        Assert.StartsWith("[\"message\", \"__keyevent@0__:evicted\", \"key:", Assert.Single(listener.ReceivedText()));
        Assert.Equal("(nil)", watcher.Line("EXEC"));
    }

    [Fact]
    public void A_replica_leaves_eviction_to_its_master_unless_told_otherwise()
    {
        Fill(50);
        _node.Replication.IsReplica = true;
        LimitTo("allkeys-lru", -10_000);
        _node.Line("PING");
        Assert.Equal(50, _node.Store[0].Count);
        Assert.Equal(0, InfoField("current_eviction_exceeded_time"));
        _node.Line("CONFIG SET replica-ignore-maxmemory no");
        _node.Line("PING");
        Assert.InRange(_node.Store[0].Count, 25, 35);
    }

    [Fact]
    public void What_one_command_has_no_time_for_is_evicted_between_commands()
    {
        Fill(2000);
        LimitTo("allkeys-random");
        _node.Server.NanosecondsPerLook = 2_000_000;
        int before = _node.Server.TurnsRequested;
        long limit = _node.Settings.MaxMemory - (1000 * ValueLength);
        _node.Settings.MaxMemory = limit;
        Assert.Equal("OK", Set("new"));
        Assert.InRange(_node.Engine.Statistics.EvictedKeys, 16, 500);
        Assert.True(_node.Engine.MemoryLimit.CurrentlyExceededMs > 0);
        for (int turns = 0; _node.Engine.MemoryLimit.CountedBytes > limit; turns++)
        {
            Assert.Equal(before + turns + 1, _node.Server.TurnsRequested);
            Assert.InRange(turns, 0, 200);
            _node.Engine.ContinueWork(_node.NowMs);
        }

        Assert.Equal(0, InfoField("current_eviction_exceeded_time"));
        Assert.True(InfoField("total_eviction_exceeded_time") > 0);
    }

    [Fact]
    public void With_the_highest_tenacity_one_command_evicts_all()
    {
        Fill(1000);
        _node.Line("CONFIG SET maxmemory-eviction-tenacity 100");
        LimitTo("allkeys-lru");
        _node.Server.NanosecondsPerLook = 1_000_000;
        _node.Settings.MaxMemory -= 500 * ValueLength;
        int turns = _node.Server.TurnsRequested;
        Assert.Equal("OK", Set("new"));
        Assert.True(_node.Engine.MemoryLimit.CountedBytes <= _node.Settings.MaxMemory + 1000);
        Assert.Equal(turns, _node.Server.TurnsRequested);
    }

    [Fact]
    public void A_value_that_exceeds_the_limit_by_itself_is_refused_before_it_is_stored()
    {
        Fill(50);
        LimitTo("allkeys-lru", 20_000);
        Assert.Equal(Oom, _node.Ask("SET", "huge", new string('x', 1_000_000)));
        Assert.Equal("(nil)", _node.Line("GET huge"));
        Assert.True(_node.Store.UsedMemory < 100_000);
    }

    [Fact]
    public void Evicting_allocates_nothing_on_the_managed_heap()
    {
        _node.Line("CONFIG SET maxmemory-policy allkeys-lru");
        Fill(4000);
        LimitTo("allkeys-lru");
        _node.Settings.MaxMemory -= 200 * ValueLength;
        _node.Line("PING");
        _node.Replication.DropPropagated();
        _node.Settings.MaxMemory -= 1000 * ValueLength;
        long evicted = _node.Engine.Statistics.EvictedKeys;
        long before = GC.GetAllocatedBytesForCurrentThread();
        _node.Engine.MemoryLimit.Keep(_node.NowMs);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.InRange(_node.Engine.Statistics.EvictedKeys - evicted, 800, 1100);
    }

    [Fact]
    public void The_policy_decides_which_questions_about_a_keys_use_are_answered()
    {
        const string adjust = "Please note that when switching between policies at runtime LRU and LFU data will take some time to adjust.";
        Set("a");
        _node.Advance(5000);
        Assert.Equal("(integer) 5", _node.Line("OBJECT IDLETIME a"));
        Assert.Equal(
            "(error) ERR An LFU maxmemory policy is not selected, access frequency not tracked. " + adjust, _node.Line("OBJECT FREQ a"));
        _node.Line("CONFIG SET maxmemory-policy volatile-lfu lfu-log-factor 0");
        Set("b");
        Assert.Equal("(integer) 5", _node.Line("OBJECT FREQ b"));
        _node.Line("GET b");
        _node.Line("SETRANGE b 0 y");
        Assert.Equal("(integer) 7", _node.Line("OBJECT FREQ b"));
        Set("b");
        Assert.Equal("(integer) 8", _node.Line("OBJECT FREQ b"));
        _node.Advance(120_000);
        Assert.Equal("(integer) 6", _node.Line("OBJECT FREQ b"));
        Assert.Equal(
            "(error) ERR An LFU maxmemory policy is selected, idle time not tracked. " + adjust, _node.Line("OBJECT IDLETIME b"));
        Assert.Equal("(nil)", _node.Line("OBJECT FREQ none"));
    }

    [Fact]
    public void Connections_with_much_unsent_output_make_keys_go()
    {
        Fill(200);
        LimitTo("allkeys-lru", 1000);
        TestClient slow = _node.Connect();
        slow.Session.Output.Write(new byte[50 * ValueLength]);
        _node.Advance(100);
        _node.Line("PING");
        Assert.InRange(_node.Store[0].Count, 100, 160);
    }
}
