using System.Globalization;
using System.Text;
using AkkaKv.EndToEnd.Tests.Harness;

namespace AkkaKv.EndToEnd.Tests.Differential;

/// <summary>DUMP and RESTORE against a real redis-server: options and errors, and values of every type in both directions.</summary>
public sealed class SerializationDifferentialTests
{
    private const int CommandsPerSeed = 800;
    private const int ValuesPerSeed = 60;

    public static TheoryData<int, int> Seeds => DifferentialTest.Seeds;

    [RequiresProgramTheory("redis-server")]
    [MemberData(nameof(Seeds))]
    public void Replies_propagation_and_data_are_those_of_redis_server(int seed, int respVersion)
    {
        byte[][] payloads;
        using (RealRedis redis = new())
        {
            using RawConnection connection = redis.Connect();
            payloads = [.. RandomValues(new Random(seed), 12).SelectMany(value => Dump(connection, value))];
        }

        DifferentialTest.Run(seed, respVersion, CommandsPerSeed, SerializationGenerators.All(payloads), ["TYPE"]);
    }

    [RequiresProgramTheory("redis-server")]
    [MemberData(nameof(Seeds))]
    public void Values_of_every_type_go_to_ours_and_back_unchanged(int seed, int respVersion)
    {
        using RealRedis redis = new();
        using RawConnection connection = redis.Connect();
        using EngineUnderTest engine = new();
        engine.Execute(Request.Of("HELLO", respVersion.ToString(CultureInfo.InvariantCulture)));
        foreach (Request[] value in RandomValues(new Random(seed), ValuesPerSeed))
        {
            byte[] payload = Dump(connection, value)[0];
            string expected = Text(connection.Execute([Request.Of("DEBUG", "DIGEST-VALUE", "key")])[0]);
            Assert.Equal("+OK\r\n", Text(engine.Execute(new Request([.. Request.Of("RESTORE", "key", "0").Arguments, payload, .. Request.Of("REPLACE").Arguments]))));
            Assert.Equal(expected, Text(engine.Execute(Request.Of("DEBUG", "DIGEST-VALUE", "key"))));
            Assert.Equal(
                Text(connection.Execute([Request.Of("OBJECT", "ENCODING", "key")])[0]), Text(engine.Execute(Request.Of("OBJECT", "ENCODING", "key"))));

            byte[] back = Content(engine.Execute(Request.Of("DUMP", "key")));
            Assert.Equal("+OK\r\n", Text(connection.Execute([new Request([.. Request.Of("RESTORE", "back", "0").Arguments, back, .. Request.Of("REPLACE").Arguments])])[0]));
            Assert.Equal(expected, Text(connection.Execute([Request.Of("DEBUG", "DIGEST-VALUE", "back")])[0]));
        }
    }

    /// <summary>Commands that give the key "key" a value of any type and size.</summary>
    private static IEnumerable<Request[]> RandomValues(Random random, int count)
    {
        for (int number = 0; number < count; number++)
        {
            int size = random.Next(4) == 0 ? random.Next(1, 700) : random.Next(1, 20);
            string[] texts = [.. Enumerable.Range(0, size).Select(_ => Value(random))];
            yield return (number % 7) switch
            {
                0 => [Request.Of("SET", "key", texts[0])],
                1 => [Request.Of(["RPUSH", "key", .. texts])],
                2 => [Request.Of(["SADD", "key", .. texts])],
                3 => [Request.Of(["SADD", "key", .. texts.Select(_ => $"{random.NextInt64(-1L << random.Next(1, 62), 1L << 62)}")])],
                4 => [Request.Of(["HSET", "key", .. texts.SelectMany(text => new[] { Value(random), text })])],
                5 => [Request.Of(["ZADD", "key", .. texts.SelectMany(text => new[] { Score(random), text })])],
                _ =>
                [
                    .. texts.Select((text, index) => Request.Of("XADD", "key", $"{index + 1}-{random.Next(9)}", index % 9 == 0 ? text : "name", Value(random))),
                    Request.Of("XDEL", "key", "1-0", "2-1", "3-3"),
                    Request.Of("XGROUP", "CREATE", "key", "group", "0"),
                    Request.Of("XREADGROUP", "GROUP", "group", "consumer", "COUNT", $"{random.Next(1, 9)}", "STREAMS", "key", ">"),
                    Request.Of("XREADGROUP", "GROUP", "group", "other", "COUNT", $"{random.Next(1, 9)}", "STREAMS", "key", ">"),
                ],
            };
        }
    }

    private static byte[][] Dump(RawConnection connection, Request[] value)
    {
        List<byte[]> replies = connection.Execute([Request.Of("DEL", "key"), .. value, Request.Of("DUMP", "key")]);
        Assert.DoesNotContain(replies.Take(replies.Count - 1), reply => reply[0] == '-' && !Text(reply).Contains("smaller", StringComparison.Ordinal));
        return [Content(replies[^1])];
    }

    private static string Value(Random random) => random.Next(6) switch
    {
        0 => random.Next(-300, 300).ToString(CultureInfo.InvariantCulture),
        1 => random.NextInt64().ToString(CultureInfo.InvariantCulture),
        2 => new string((char)('a' + random.Next(26)), random.Next(100)),
        3 => Encoding.Latin1.GetString([.. Enumerable.Range(0, random.Next(20)).Select(_ => (byte)random.Next(256))]),
        _ => $"element:{random.Next(1000)}",
    };

    private static string Score(Random random) => random.Next(6) switch
    {
        0 => "inf",
        1 => "-inf",
        2 => random.Next(-100, 100).ToString(CultureInfo.InvariantCulture),
        3 => random.NextInt64().ToString(CultureInfo.InvariantCulture),
        _ => (random.NextDouble() * Math.Pow(10, random.Next(-20, 20))).ToString("R", CultureInfo.InvariantCulture),
    };

    /// <summary>The content of a bulk reply.</summary>
    private static byte[] Content(byte[] reply)
    {
        Assert.Equal((byte)'$', reply[0]);
        return reply[(Array.IndexOf(reply, (byte)'\n') + 1)..^2];
    }

    private static string Text(byte[] reply) => Encoding.Latin1.GetString(reply);
}
