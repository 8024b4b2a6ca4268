namespace AkkaKv.Benchmarks.Engine;

/// <summary>
/// Commands that must not allocate, with the data that they work on. Those that add and those that take away stand together, so that the data stays as large as it is.
/// </summary>
/// <param name="Name">What the table shows.</param>
/// <param name="Prepare">Commands that fill an empty data set, executed many times; none: the data set of numbered strings.</param>
/// <param name="Commands">What is measured; one operation is one of them.</param>
internal sealed record Workload(string Name, string[] Prepare, string[] Commands)
{
    private const string Key = PipelinedRequests.RandomKey;
    private const string Value = PipelinedRequests.Value;

    /// <summary>On the large data set of strings.</summary>
    public static IReadOnlyList<Workload> Strings { get; } =
    [
        new("GET", [], [$"GET {Key}"]),
        new("overwrite SET", [], [$"SET {Key} {Value}"]),
        new("MGET of 10", [], [$"MGET {Repeat(Key)}"]),
        new("MSET of 10", [], [$"MSET {Repeat($"{Key} {Value}")}"]),
        new("EXISTS, STRLEN, TTL", [], [$"EXISTS {Key}", $"STRLEN {Key}", $"TTL {Key}"]),
    ];

    /// <summary>On one collection each.</summary>
    public static IReadOnlyList<Workload> Collections { get; } =
    [
        new("INCR", [], ["INCR counter"]),
        new("LPUSH and RPOP", [$"RPUSH list {Repeat(Value)}"], [$"LPUSH list {Value}", "RPOP list"]),
        new("RPUSH and LPOP", [$"RPUSH list {Repeat(Value)}"], [$"RPUSH list {Value}", "LPOP list"]),
        new("LRANGE of 100", [$"RPUSH list {Repeat(Value)}"], ["LRANGE list 0 99"]),
        new("HSET and HGET, small", ["HSET hash field2 b"], [$"HSET hash field1 {Value}", "HGET hash field1"]),
        new("HSET and HGET, large", [$"HSET hash {Key} {Value}"], [$"HSET hash {Key} {Value}", $"HGET hash {Key}"]),
        new("SADD and SPOP, large", [$"SADD set {Key}"], [$"SADD set {Key}", "SPOP set"]),
        new("SADD and SISMEMBER, integers", ["SADD set 1 2 3"], ["SADD set 2", "SISMEMBER set 3"]),
        new("ZADD and ZPOPMIN, large", [$"ZADD zset 1 {Key}"], [$"ZADD zset 1 {Key}", "ZPOPMIN zset"]),
        new("ZADD and ZSCORE, small", ["ZADD zset 1 a 2 b 3 c"], ["ZADD zset 2 a", "ZSCORE zset b"]),
        new("ZRANGE of 10, large", [$"ZADD zset 1 {Key}"], ["ZRANGE zset 0 9", "ZRANGE zset -10 -1 REV"]),
    ];

    private static string Repeat(string words) => string.Join(' ', Enumerable.Repeat(words, 10));
}
