using AkkaKv.Tests.Support;

namespace AkkaKv.Tests.Persistence;

/// <summary>Encodings of collections against a real Redis, in both directions.</summary>
public sealed class RdbRedisEncodingTests
{
    [RequiresProgram("redis-server")]
    public void Redis_reads_our_hand_made_collections_as_we_do()
    {
        var folder = Directory.CreateTempSubdirectory("akkakv-rdb-").FullName;
        File.WriteAllBytes(Path.Combine(folder, "dump.rdb"), RdbSamples.Framed([.. RdbCollections.KnownToRedis70.SelectMany(value => value.Bytes)]));
        using var redis = RedisServer.Start(folder);
        Assert.Equal($"{RdbCollections.KnownToRedis70.Count}", redis.Cli("DBSIZE"));
        foreach (var (_, key, expected) in RdbCollections.KnownToRedis70)
        {
            if (expected.StartsWith("list", StringComparison.Ordinal))
                Assert.Equal(expected, $"list: {string.Join(", ", redis.Cli("LRANGE", key, "0", "-1").Split('\n'))}");
        }

        Assert.Equal("one\ntwo", string.Join('\n', redis.Cli("SMEMBERS", "set").Split('\n').Order()));
        Assert.Equal("f\n1\n2\nv", redis.Cli("HGETALL", "hash ziplist"));
        Assert.Equal("3", redis.Cli("HLEN", "zipmap"));
        Assert.Equal("c\n-inf\na\n1.5\nd\n1.0000000000000001e+300\nb\ninf", redis.Cli("ZRANGE", "zset text", "0", "-1", "WITHSCORES"));
        Assert.Equal("a\n-1\nb\n2.5\nc\ninf", redis.Cli("ZRANGE", "zset ziplist", "0", "-1", "WITHSCORES"));
        Assert.Equal("1000-0\nname\nvalue\n1000-2\na\n1\nb\n2", redis.Cli("XRANGE", "stream 2", "-", "+"));
    }

    [RequiresProgram("redis-server")]
    public void We_read_what_redis_saves_in_every_encoding()
    {
        // Small values stay packed under the defaults; with limits of zero the same values are large structures.
        foreach (var limit in new[] { "128", "0" })
        {
            using var redis = RedisServer.Start(
                null, "--hash-max-listpack-entries", limit, "--zset-max-listpack-entries", limit, "--set-max-intset-entries", limit,
                "--list-max-listpack-size", limit == "0" ? "1" : "-2", "--rdbcompression", limit == "0" ? "no" : "yes");
            redis.Cli("RPUSH", "list", "a", "-7", new string('x', 100), "");
            redis.Cli("SADD", "integers", "3", "-70000", "5000000000");
            redis.Cli("SADD", "set", "one", "2");
            redis.Cli("HSET", "hash", "f", "1", "g", new string('y', 60));
            redis.Cli("ZADD", "zset", "1.5", "a", "-inf", "b", "3", "c");
            redis.Cli("XADD", "stream", "5-1", "f", "v");
            redis.Cli("XADD", "stream", "5-2", "f", "v");
            redis.Cli("XDEL", "stream", "5-1");
            redis.Cli("XGROUP", "CREATE", "stream", "g", "0");
            redis.Cli("XREADGROUP", "GROUP", "g", "c", "STREAMS", "stream", ">");
            redis.Cli("FUNCTION", "LOAD", "#!lua name=l\nredis.register_function('f', function() return 1 end)");
            Assert.Equal("OK", redis.Cli("SAVE"));

            var sink = RdbSamples.Read(File.ReadAllBytes(Path.Combine(redis.Folder, "dump.rdb")));
            Assert.Equal($"list: a, -7, {new string('x', 100)}, ", sink.Collections["list"]);
            Assert.Equal("-70000, 3, 5000000000", Sorted(sink.Collections["integers"]));
            Assert.Equal("2, one", Sorted(sink.Collections["set"]));
            Assert.Equal($"f=1, g={new string('y', 60)}", Sorted(sink.Collections["hash"]));
            Assert.Equal("a=1.5, b=-Infinity, c=3", Sorted(sink.Collections["zset"]));
            Assert.StartsWith("stream: node 5-1 has 1, length 1 last 5-2 first 5-2 deleted 5-1 added 2, group g last 5-2 read 2, pending 5-2 at ", sink.Collections["stream"]);
            Assert.EndsWith(" active , owns 5-2", sink.Collections["stream"]);
            Assert.Contains(sink.Records, record => record.StartsWith("functions #!lua name=l", StringComparison.Ordinal));
            var expected = limit == "0" ? ("EEEE", "mmm", "ff", "zzz") : ("E", "I", "F", "Z");
            Assert.Equal(expected, (sink.Calls["list"], sink.Calls["integers"], sink.Calls["hash"], sink.Calls["zset"]));
        }
    }

    private static string Sorted(string collection) =>
        string.Join(", ", collection[(collection.IndexOf(':') + 2)..].Split(", ").Order(StringComparer.Ordinal));
}
