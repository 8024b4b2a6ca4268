namespace AkkaKv.Benchmarks.SideBySide;

/// <summary>
/// One of redis-benchmark's tests: how it is asked for, and what the data set must hold before so that the test does what its name says. What is
/// popped must have been pushed: a pop of nothing would measure lookups.
/// </summary>
/// <param name="Name">What the table shows and <c>--tests</c> takes.</param>
/// <param name="Arguments">The arguments that make redis-benchmark run it.</param>
/// <param name="Prepare">Fills an empty data set for so many requests.</param>
/// <param name="Weight">How much longer than GET one of its requests takes; it runs with so much fewer of them.</param>
internal sealed record BenchmarkTest(string Name, string[] Arguments, Action<RespConnection, int> Prepare, int Weight = 1)
{
    /// <summary>Random keys and members are drawn from so many.</summary>
    public const int KeySpace = 100_000;

    /// <summary>Elements that one request of the preparation adds.</summary>
    private const int ElementsPerRequest = 100;

    private static readonly byte[] Value = Enumerable.Repeat((byte)'x', Dataset.ValueLength).ToArray();

    /// <summary>All tests, in the order in which the table shows them.</summary>
    public static IReadOnlyList<BenchmarkTest> All { get; } =
    [
        Standard("PING", "ping_mbulk", Nothing),
        Standard("SET", "set", Keys),
        Standard("GET", "get", Keys),
        Standard("INCR", "incr", Nothing),
        Standard("LPUSH", "lpush", Nothing),
        Standard("RPUSH", "rpush", Nothing),
        Standard("LPOP", "lpop", List),
        Standard("RPOP", "rpop", List),
        Standard("SADD", "sadd", Nothing),
        Standard("HSET", "hset", Nothing),
        Standard("SPOP", "spop", Set),
        Standard("ZADD", "zadd", Nothing),
        Standard("ZPOPMIN", "zpopmin", SortedSet),
        // redis-benchmark's own test pushes as many elements first, which would be counted.
        new("LRANGE_100", ["LRANGE", "mylist", "0", "99"], (connection, _) => List(connection, 100_000), Weight: 6),
        Standard("MSET", "mset", Keys, weight: 6),
    ];

    /// <summary>The command that the test sends.</summary>
    public string Command => Name.Split('_')[0];

    /// <summary>The test of that name, in any case.</summary>
    public static BenchmarkTest? Find(string name) => All.FirstOrDefault(test => test.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static BenchmarkTest Standard(string name, string test, Action<RespConnection, int> prepare, int weight = 1) =>
        new(name, ["-t", test], prepare, weight);

    private static void Nothing(RespConnection connection, int requests)
    {
    }

    private static void Keys(RespConnection connection, int requests) => connection.FillNumbered(KeySpace);

    private static void List(RespConnection connection, int requests) => connection.SendMany(Requests(requests), (request, _) =>
    {
        request.Add("RPUSH"u8).Add("mylist");
        for (var i = 0; i < ElementsPerRequest; i++)
            request.Add(Value);
    });

    private static void Set(RespConnection connection, int requests) => connection.SendMany(Requests(requests), (request, number) =>
    {
        request.Add("SADD"u8).Add("myset");
        for (var i = 0; i < ElementsPerRequest; i++)
            request.Add($"element:{(number * ElementsPerRequest) + i:D12}");
    });

    private static void SortedSet(RespConnection connection, int requests) => connection.SendMany(Requests(requests), (request, number) =>
    {
        request.Add("ZADD"u8).Add("myzset");
        for (var i = 0; i < ElementsPerRequest; i++)
        {
            var element = (number * ElementsPerRequest) + i;
            request.Add($"{element % KeySpace}").Add($"element:{element:D12}");
        }
    });

    private static int Requests(int elements) => (elements + ElementsPerRequest - 1) / ElementsPerRequest;
}
