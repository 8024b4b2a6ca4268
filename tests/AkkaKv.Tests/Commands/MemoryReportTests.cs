using System.Globalization;
using AkkaKv.Commands.Hosting;
using AkkaKv.Commands.Sessions;
using AkkaKv.Keyspace;
using AkkaKv.Protocol;
using AkkaKv.Tests.Commands.Harness;
using AkkaKv.Tests.Protocol;

namespace AkkaKv.Tests.Commands;

/// <summary>What INFO, MEMORY STATS and CLIENT LIST say about memory, and the freeing of it in the background.</summary>
[Collection(AllocationCollection.Name)]
public sealed class MemoryReportTests : IDisposable
{
    private const int LargeLength = 1024 * 1024;

    private readonly TestNode _node = new();

    public void Dispose() => _node.Dispose();

    private long InfoField(string name) => long.Parse(InfoText(name), CultureInfo.InvariantCulture);

    private string InfoText(string name) =>
        _node.Do("INFO", "everything").Text.Split("\r\n").Single(line => line.StartsWith(name + ":", StringComparison.Ordinal))[(name.Length + 1)..];

    private void PutLarge(string key) => _node.Do("SET", key, new string('x', LargeLength));

    private Dictionary<string, RespValue> Stats()
    {
        RespValue[] items = [.. _node.Do("MEMORY", "STATS").Items];
        return Enumerable.Range(0, items.Length / 2).ToDictionary(i => items[i * 2].Text, i => items[(i * 2) + 1]);
    }

    [Fact]
    public void The_memory_in_use_is_the_data_the_connections_and_the_replication_buffer()
    {
        long client = InfoField("mem_clients_normal");
        Assert.Equal(InfoField("used_memory_startup") + client, InfoField("used_memory"));
        Assert.Equal(0, InfoField("used_memory_dataset"));
        PutLarge("a");
        Assert.InRange(InfoField("used_memory_dataset"), LargeLength, LargeLength + 64 * 1024);
        Assert.Equal(_node.Store.UsedMemory + client, InfoField("used_memory"));
        Assert.Equal(_node.Store.UsedMemory, InfoField("allocator_allocated"));
        _node.Replication.Facts = _node.Replication.Facts with { BacklogActive = true, BacklogSize = 1000, BufferBytes = 900 };
        Assert.Equal(_node.Store.UsedMemory + client + 900, InfoField("used_memory"));
        Assert.Equal(0, InfoField("mem_not_counted_for_evict"));
    }

    [Fact]
    public void The_peak_is_remembered_with_its_time()
    {
        PutLarge("a");
        long peak = InfoField("used_memory");
        Assert.Equal(peak, InfoField("used_memory_peak"));
        Assert.Equal("100.00%", InfoText("used_memory_peak_perc"));
        _node.Line("DEL a");
        Assert.Equal(peak, InfoField("used_memory_peak"));
        Assert.Equal(1_700_000_000, InfoField("used_memory_peak_time"));
        _node.Line("CONFIG RESETSTAT");
        Assert.Equal(InfoField("used_memory"), InfoField("used_memory_peak"));
    }

    [Fact]
    public void Old_values_that_a_snapshot_keeps_are_used_but_not_counted_for_eviction()
    {
        PutLarge("a");
        using AkkaKv.Keyspace.Snapshots.StoreSnapshot snapshot = _node.Store.TryBeginSnapshot()!;
        _node.Line("SET a small");
        Assert.InRange(InfoField("used_memory_snapshots"), LargeLength, LargeLength + 128 * 1024);
        Assert.Equal(InfoField("used_memory_snapshots"), InfoField("mem_not_counted_for_evict"));
        Assert.True(InfoField("used_memory") > LargeLength);
    }

    [Fact]
    public void MEMORY_STATS_has_the_fields_of_Redis_and_agrees_with_INFO()
    {
        for (int i = 0; i < 1000; i++)
        {
            _node.Line($"SET key:{i} value EX 100");
        }

        _node.Line("SELECT 3");
        _node.Line("SET other value");
        Dictionary<string, RespValue> stats = Stats();
        Assert.Equal(InfoField("used_memory"), stats["total.allocated"].Integer);
        Assert.Equal(InfoField("used_memory_dataset"), stats["dataset.bytes"].Integer);
        Assert.Equal(InfoField("used_memory_overhead"), stats["overhead.total"].Integer);
        Assert.Equal(1001, stats["keys.count"].Integer);
        Assert.InRange(stats["keys.bytes-per-key"].Integer, 30, 150);
        RespValue[] first = [.. stats["db.0"].Items];
        Assert.Equal("overhead.hashtable.main", first[0].Text);
        Assert.InRange(first[1].Integer, 1000 * 7, 1000 * 30);
        Assert.InRange(first[3].Integer, 1000 * 16, 1000 * 40);
        Assert.Contains("db.3", stats.Keys);
        Assert.Contains("allocator-fragmentation.ratio", stats.Keys);
        Assert.True(stats["allocator.active"].Integer >= stats["allocator.allocated"].Integer);
        Assert.True(stats["allocator.resident"].Integer >= stats["allocator.active"].Integer);
    }

    [Fact]
    public void MEMORY_PURGE_gives_free_pages_back_and_they_go_by_themselves_in_time()
    {
        for (int round = 0; round < 2; round++)
        {
            for (int i = 0; i < 20_000; i++)
            {
                _node.Store[0].SetString(System.Text.Encoding.ASCII.GetBytes($"key{i}"), new byte[300], Database.NoExpiry);
            }

            for (int i = 0; i < 20_000; i++)
            {
                // A key in each chunk stays, so that no chunk goes back as a whole.
                if (i % 5000 != 0)
                {
                    _node.Store[0].Remove(System.Text.Encoding.ASCII.GetBytes($"key{i}"));
                }
            }

            long idle = InfoField("allocator_rss_bytes");
            Assert.True(idle > 2_000_000);
            if (round == 0)
            {
                Assert.Equal("OK", _node.Line("MEMORY PURGE"));
                Assert.Equal(0, InfoField("allocator_rss_bytes"));
            }
            else
            {
                _node.Advance(100);
                Assert.InRange(InfoField("allocator_rss_bytes"), idle / 2, idle - 1);
                for (int i = 0; i < 100; i++)
                {
                    _node.Advance(100);
                }

                Assert.InRange(InfoField("allocator_rss_bytes"), 0, 16 * 64 * 1024);
            }
        }
    }

    [Fact]
    public void MEMORY_MALLOC_STATS_shows_the_blocks_of_each_size()
    {
        _node.Line("SET a 12345678901234567890");
        string[] lines = _node.Do("MEMORY", "MALLOC-STATS").Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith($"used {_node.Store.UsedMemory}, active ", lines[0]);
        Assert.Contains(lines[2..], line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["40", "1", _, "1", _]);
    }

    [Fact]
    public void MEMORY_DOCTOR_says_what_is_wrong()
    {
        Assert.Contains("No problem found", _node.Do("MEMORY", "DOCTOR").Text);
        PutLarge("a");
        _node.Line("CONFIG SET maxmemory 1mb");
        _node.Line("PING");
        Assert.Contains("* Writes are refused: memory is above maxmemory and the policy is noeviction.", _node.Do("MEMORY", "DOCTOR").Text);
        _node.Line("CONFIG SET maxmemory 1080000");
        Assert.Contains("of maxmemory; beyond it writes are refused", _node.Do("MEMORY", "DOCTOR").Text);
        _node.Line("CONFIG SET maxmemory 0");
        for (int i = 0; i < 20; i++)
        {
            PutLarge($"b{i}");
        }

        _ = InfoField("used_memory");
        for (int i = 0; i < 13; i++)
        {
            _node.Line($"DEL b{i}");
        }

        Assert.Contains("Memory was at 21.0", _node.Do("MEMORY", "DOCTOR").Text);
        _node.Replication.Facts = _node.Replication.Facts with { BacklogActive = true, BacklogSize = 1000, BufferBytes = 30_000_000, Replicas = [new ReplicaFacts("h", 1, "online", 0, 9)] };
        Assert.Contains("wait for replicas that lag", _node.Do("MEMORY", "DOCTOR").Text);
    }

    [Fact]
    public void Connections_count_with_their_buffers_clients_and_replicas_apart()
    {
        long one = InfoField("mem_clients_normal");
        Assert.True(one > 0);
        Assert.Equal(0, InfoField("mem_clients_slaves"));
        _node.Connect().Session.Kind = SessionKind.Replica;
        Assert.InRange(InfoField("mem_clients_slaves"), 1, one);
        _node.Connect();
        Assert.True(InfoField("mem_clients_normal") > one);
    }

    [Theory]
    [InlineData(0, 3000, 3000, 0)]
    [InlineData(1, 3000, 1000, 2000)]
    [InlineData(1, 700, 700, 0)]
    public void The_backlog_has_its_size_of_the_replication_buffer_and_lagging_replicas_the_rest(int replicas, long buffer, long backlog, long excess)
    {
        _node.Replication.Facts = new ReplicationFacts
        {
            ReplicationId = new string('c', 40),
            Replicas = [.. Enumerable.Repeat(new ReplicaFacts("10.0.0.2", 7002, "online", 0, 1), replicas)],
            BacklogActive = true,
            BacklogSize = 1000,
            BufferBytes = buffer,
        };
        Assert.Equal(buffer, InfoField("mem_total_replication_buffers"));
        Assert.Equal(backlog, InfoField("mem_replication_backlog"));
        Assert.Equal(excess, InfoField("mem_clients_slaves"));
    }

    [Fact]
    public void The_fixed_cost_of_a_connection_in_CLIENT_LIST_is_what_the_heap_gives_for_a_session()
    {
        const int count = 1000;
        TestClient host = _node.Connect();
        _node.Engine.Disconnect(_node.Engine.Connect(host, "address", "address", _node.NowMs));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < count; i++)
        {
            _node.Engine.Disconnect(_node.Engine.Connect(host, "address", "address", _node.NowMs));
        }

        long measured = (GC.GetAllocatedBytesForCurrentThread() - before) / count;
        string line = _node.Do("CLIENT", "LIST").Text.Split('\n')[0];
        long shown = long.Parse(line.Split("tot-mem=")[1].Split(' ')[0], CultureInfo.InvariantCulture);
        ConnectionBuffers buffers = host.Buffers;
        long fixedCost = shown - buffers.Received - buffers.ReceiveFree - buffers.Unsent;
        Assert.InRange(measured, fixedCost / 2, fixedCost);
    }

    [Fact]
    public void UNLINK_leaves_a_large_value_to_the_background_and_DEL_does_not()
    {
        PutLarge("a");
        PutLarge("b");
        _node.Do("SET", "small", "x");
        Assert.Equal(1, _node.Do("DEL", "a").Integer);
        Assert.Equal(1, _node.Do("UNLINK", "small").Integer);
        Assert.Empty(_node.Server.Freeing);
        Assert.Equal(1, _node.Do("UNLINK", "b").Integer);
        Assert.Equal("(nil)", _node.Line("GET b"));
        IDisposable waiting = Assert.Single(_node.Server.Freeing);
        Assert.Equal((1, 0), (InfoField("lazyfree_pending_objects"), InfoField("lazyfreed_objects")));
        waiting.Dispose();
        Assert.Equal((0, 1), (InfoField("lazyfree_pending_objects"), InfoField("lazyfreed_objects")));
        _node.Line("CONFIG RESETSTAT");
        Assert.Equal(0, InfoField("lazyfreed_objects"));
    }

    [Fact]
    public void DEL_and_expiry_free_in_the_background_where_the_settings_say_so()
    {
        _node.Line("CONFIG SET lazyfree-lazy-user-del yes lazyfree-lazy-expire yes");
        PutLarge("a");
        _node.Line("DEL a");
        Assert.Single(_node.Server.Freeing);
        PutLarge("b");
        _node.Line("PEXPIRE b 10");
        _node.Advance(11);
        Assert.Equal(2, _node.Server.Freeing.Count);
        Assert.Equal("UNLINK b", _node.Propagated[^1]);
        _node.Server.Freeing.ForEach(memory => memory.Dispose());
        Assert.Equal(2, InfoField("lazyfreed_objects"));
    }

    [Fact]
    public void A_flush_in_the_background_counts_its_keys()
    {
        _node.Line("MSET a 1 b 2 c 3");
        _node.Line("FLUSHALL ASYNC");
        Assert.Equal(3, InfoField("lazyfree_pending_objects"));
        Assert.Single(_node.Server.Freeing).Dispose();
        Assert.Equal(3, InfoField("lazyfreed_objects"));
        _node.Line("FLUSHDB ASYNC");
        Assert.Single(_node.Server.Freeing);
    }

    [Fact]
    public void Stale_keys_are_those_past_their_expiry_that_are_still_there()
    {
        Assert.Equal("0.00", InfoText("expired_stale_perc"));
        _node.Line("DEBUG SET-ACTIVE-EXPIRE 0");
        _node.Line("SET a 1 PX 10");
        _node.Advance(11);
        Assert.Equal("100.00", InfoText("expired_stale_perc"));
        _node.Line("DEBUG SET-ACTIVE-EXPIRE 1");
        _node.Advance(100);
        Assert.Equal("0.00", InfoText("expired_stale_perc"));
    }

    [Fact]
    public void A_search_for_expired_keys_that_finds_more_than_its_quota_is_counted()
    {
        for (int i = 0; i < 6000; i++)
        {
            _node.Store[0].SetString(System.Text.Encoding.ASCII.GetBytes($"key{i}"), "v"u8, _node.NowMs + 1);
        }

        _node.Advance(2);
        Assert.Equal((5000, 1), (InfoField("expired_keys"), InfoField("expired_time_cap_reached_count")));
        _node.Advance(2);
        Assert.Equal((6000, 1), (InfoField("expired_keys"), InfoField("expired_time_cap_reached_count")));
    }
}
