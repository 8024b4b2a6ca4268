using System.Text;
using AkkaKv.Persistence.Rdb;
using AkkaKv.Tests.Support;

namespace AkkaKv.Tests.Persistence;

public sealed class RdbInteropTests
{
    [RequiresProgram("redis-check-rdb")]
    public void Redis_finds_no_fault_in_our_file()
    {
        var folder = Directory.CreateTempSubdirectory("akkakv-rdb-");
        var path = Path.Combine(folder.FullName, "dump.rdb");
        File.WriteAllBytes(path, RdbSamples.EveryRecord());
        var (exitCode, output) = RedisServer.RunToEnd("redis-check-rdb", path);
        folder.Delete(recursive: true);
        Assert.True(exitCode == 0, output);
        Assert.Contains("Checksum OK", output);
        Assert.Contains("11 keys read", output);
    }

    [RequiresProgram("redis-server")]
    public void Redis_loads_our_file()
    {
        var folder = Directory.CreateTempSubdirectory("akkakv-rdb-").FullName;
        File.WriteAllBytes(Path.Combine(folder, "dump.rdb"), RdbSamples.EveryRecord());
        using var redis = RedisServer.Start(folder);
        Assert.Equal("value", redis.Cli("GET", "text"));
        Assert.Equal("-128", redis.Cli("GET", "int8"));
        Assert.Equal("32767", redis.Cli("GET", "int16"));
        Assert.Equal("-2147483648", redis.Cli("GET", "int32"));
        Assert.Equal("2147483648", redis.Cli("GET", "too wide"));
        Assert.Equal("007", redis.Cli("GET", "not canonical"));
        Assert.Equal("1900000000123", redis.Cli("PEXPIRETIME", "expiring"));
        Assert.Equal("300", redis.Cli("STRLEN", "fourteen bits"));
        Assert.Equal("", redis.Cli("GET", "long"));
        Assert.Equal("the key is an integer", redis.Cli("-n", "15", "GET", "42"));
    }

    [RequiresProgram("redis-server")]
    public void We_load_what_redis_saves()
    {
        using var redis = RedisServer.Start(null, "--rdbcompression", "yes");
        redis.Cli("SET", "text", "value");
        redis.Cli("SET", "int8", "-1");
        redis.Cli("SET", "int16", "-300");
        redis.Cli("SET", "int32", "123456789");
        redis.Cli("SET", "expiring", "soon", "PXAT", "1900000000123");
        redis.Cli("SETRANGE", "zeros", "99999", "x");
        redis.Cli("SET", "repeating", string.Concat(Enumerable.Repeat("compress me ", 500)));
        redis.Cli("-n", "9", "SET", "other", "database");
        redis.Cli("EVAL", "for i = 1, 1000 do redis.call('SET', 'key:' .. i, 'value:' .. i) end", "0");
        Assert.Equal("OK", redis.Cli("SAVE"));

        var sink = RdbSamples.Read(File.ReadAllBytes(Path.Combine(redis.Folder, "dump.rdb")));
        Assert.Equal("7.0.15", sink.Aux["redis-ver"]);
        Assert.Equal(1008, sink.Strings.Count);
        Assert.Equal("value", Text(sink, 0, "text"));
        Assert.Equal("-1", Text(sink, 0, "int8"));
        Assert.Equal("-300", Text(sink, 0, "int16"));
        Assert.Equal("123456789", Text(sink, 0, "int32"));
        Assert.Equal(1_900_000_000_123, sink.Strings[(0, "expiring")].ExpireAtMs);
        Assert.Equal(new string('\0', 99999) + "x", Text(sink, 0, "zeros"));
        Assert.Equal(string.Concat(Enumerable.Repeat("compress me ", 500)), Text(sink, 0, "repeating"));
        Assert.Equal("database", Text(sink, 9, "other"));
        Assert.Equal("value:777", Text(sink, 0, "key:777"));
    }

    private static string Text(RecordingSink sink, int database, string key) => Encoding.ASCII.GetString(sink.Strings[(database, key)].Value);
}
