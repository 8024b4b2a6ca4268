using System.Globalization;
using AkkaKv.Keyspace.Values.Packed;
using AkkaKv.Tests.Support;
using static AkkaKv.Tests.Keyspace.Keys;

namespace AkkaKv.Tests.Keyspace.Values;

/// <summary>The same elements in a hash of a real redis-server, whose DUMP shows its listpack.</summary>
public sealed class ListpackInteropTests
{
    private const string DumpAsHex =
        "return (redis.call('DUMP', KEYS[1]):gsub('.', function(c) return string.format('%02X', string.byte(c)) end))";

    // Behind the value: the RDB version and a checksum.
    private const int DumpFooterSize = 10;

    [RequiresProgram("redis-server")]
    public void Our_bytes_are_those_of_redis()
    {
        using var redis = RedisServer.Start(null, "--rdbcompression", "no", "--hash-max-listpack-value", "100000");
        string[] elements =
        [
            .. Enumerable.Range(0, 63).SelectMany(bits => new[] { (1L << bits) - 1, 1L << bits, -(1L << bits), -(1L << bits) - 1 })
                .Append(long.MinValue).Distinct().Select(value => value.ToString(CultureInfo.InvariantCulture)),
            "9223372036854775808", "-9223372036854775809", "-0", "01", "+1", "1.5", "",
            .. new[] { 1, 62, 63, 64, 125, 126, 4094, 4095, 4096, 16_377, 16_378, 16_379, 70_000 }.Select(length => new string('x', length)),
        ];
        foreach (var chunk in elements.Chunk(80))
        {
            string[] pairs = [.. chunk.SelectMany((element, index) => new[] { $"field{index}", element })];
            redis.Cli("DEL", "hash");
            redis.Cli(["HSET", "hash", .. pairs]);
            Assert.Equal("listpack", redis.Cli("OBJECT", "ENCODING", "hash"));
            var ours = ListpackModel.PackOf([.. pairs.Select(Of)]);
            var theirs = Convert.FromHexString(redis.Cli("EVAL", DumpAsHex, "1", "hash"));
            var pack = theirs[^(ours.Length + DumpFooterSize)..^DumpFooterSize];
            Assert.Equal(Convert.ToHexString(ours), Convert.ToHexString(pack));
            Assert.True(Listpack.Validate(pack, deep: true));
        }
    }
}
