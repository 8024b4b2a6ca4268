using System.Globalization;

namespace AkkaKv.EndToEnd.Tests.Differential;

/// <summary>
/// Draws commands on sets, and a few that give their keys other values. Members are taken at random only where there is one or all are taken: otherwise both
/// sides would go on with different sets.
/// </summary>
internal static class SetGenerators
{
    private const string SingleKey = "single";

    public static readonly Func<ArgumentPool, IEnumerable<byte[]>>[] All =
    [
        pool => [pool.Word("SADD"), pool.Key(), .. StringGenerators.Several(pool, () => Member(pool))],
        pool => [pool.Word("SADD"), pool.Key(), .. StringGenerators.Several(pool, () => Member(pool))],
        pool => [pool.Word("SADD"), pool.Key(), .. StringGenerators.Several(pool, () => Integer(pool))],
        pool => [pool.Word("SADD"), pool.Key(), .. StringGenerators.Several(pool, () => Integer(pool))],
        pool => [pool.Word("SADD"), pool.Key(), .. StringGenerators.Several(pool, () => Integer(pool))],
        pool => [pool.Word("SADD"), pool.Key(), .. pool.Chance(20) ? Many(pool) : []],
        pool => [pool.Word("SREM"), pool.Key(), .. StringGenerators.Several(pool, () => Member(pool))],
        pool => [pool.Word("SREM"), pool.Key(), .. StringGenerators.Several(pool, () => Integer(pool))],
        pool => [pool.Word("SREM"), pool.Key(), .. pool.Chance(30) ? Many(pool) : []],
        pool => [pool.Word("SISMEMBER"), pool.Key(), Member(pool)],
        pool => [pool.Word("SMISMEMBER"), pool.Key(), .. StringGenerators.Several(pool, () => Member(pool))],
        pool => [pool.Word("SCARD"), pool.Key()],
        pool => [pool.Word("SMEMBERS"), pool.Key()],
        pool => [pool.Word("SMOVE"), pool.Key(), pool.Key(), Member(pool)],
        pool => [pool.Word("SMOVE"), pool.Key(), pool.Key(), Integer(pool)],
        pool => [pool.Word("SPOP"), pool.Key(), PopCount(pool)],
        pool => [pool.Word("SPOP"), ArgumentPool.Bytes(SingleKey)],
        pool => [pool.Word("SPOP"), ArgumentPool.Bytes(SingleKey), pool.Number(0, 3)],
        pool => [pool.Word("SRANDMEMBER"), ArgumentPool.Bytes(SingleKey), .. pool.Chance(70) ? [DrawCount(pool, 5)] : Array.Empty<byte[]>()],
        pool => [pool.Word("SADD"), ArgumentPool.Bytes(SingleKey), ArgumentPool.Bytes("only")],
        pool => [pool.Word("SRANDMEMBER"), pool.Key()],
        pool => [pool.Word("SRANDMEMBER"), pool.Key(), DrawCount(pool, 20)],
        pool => [pool.Word("SINTER"), .. StringGenerators.Several(pool, pool.Key)],
        pool => [pool.Word("SUNION"), .. StringGenerators.Several(pool, pool.Key)],
        pool => [pool.Word("SDIFF"), .. StringGenerators.Several(pool, pool.Key)],
        pool => [pool.Word("SINTERSTORE"), pool.Key(), .. StringGenerators.Several(pool, pool.Key)],
        pool => [pool.Word("SUNIONSTORE"), pool.Key(), .. StringGenerators.Several(pool, pool.Key)],
        pool => [pool.Word("SDIFFSTORE"), pool.Key(), .. StringGenerators.Several(pool, pool.Key)],
        pool => [pool.Word("SDIFFSTORE"), pool.Key(), pool.Key()],
        pool => [pool.Word("SINTERCARD"), .. Counted(pool), .. Limit(pool)],
        pool => [pool.Word("SSCAN"), pool.Key(), .. ScanOptions(pool)],
        pool => [pool.Word("OBJECT"), pool.Word("ENCODING"), pool.Key()],
        pool => [pool.Word("TYPE"), pool.Key()],
        pool => [pool.Word("DEL"), pool.Key()],
        pool => [pool.Word("COPY"), pool.Key(), pool.Key(), .. pool.Chance(50) ? [pool.Word("REPLACE")] : Array.Empty<byte[]>()],
        pool => pool.Chance(50) ? [pool.Word("RENAME"), pool.Key(), pool.Key()] : [pool.Word("MOVE"), pool.Key(), pool.Number(0, 4)],
        pool => pool.Chance(20) ? [pool.Word("SET"), pool.Key(), pool.Value()] : [pool.Word("EXPIRE"), pool.Key(), pool.Seconds()],
    ];

    /// <summary>Whether the command, with other arguments, could make the two sides differ by chance.</summary>
    public static bool IsFragile(List<byte[]> arguments)
    {
        Request request = new([.. arguments]);
        return request.Name is "SPOP" or "SRANDMEMBER" || (arguments.Count > 1 && arguments[1].AsSpan().SequenceEqual(ArgumentPool.Bytes(SingleKey)));
    }

    private static byte[] Member(ArgumentPool pool) => pool.Random.Next(20) switch
    {
        0 => pool.Value(),
        1 => pool.OddNumber(),
        2 => pool.Letters(pool.Random.Next(60, 70)),
        < 12 => Integer(pool),
        _ => ArgumentPool.Bytes($"m{pool.Random.Next(20)}"),
    };

    private static byte[] Integer(ArgumentPool pool) => ArgumentPool.Bytes((pool.Random.Next(20) switch
    {
        0 => pool.Random.NextInt64(),
        < 3 => pool.Random.Next(60_000, 60_010),
        _ => pool.Random.Next(-5, 20),
    }).ToString(CultureInfo.InvariantCulture));

    private static IEnumerable<byte[]> Many(ArgumentPool pool)
    {
        int first = pool.Random.Next(-300, 300);
        string prefix = pool.Chance(70) ? "" : "m";
        return Enumerable.Range(first, pool.Pick(60, 130, 200, 400)).Select(number => ArgumentPool.Bytes($"{prefix}{number}"));
    }

    private static byte[] PopCount(ArgumentPool pool) => pool.Random.Next(10) switch
    {
        0 => Refused(pool),
        < 6 => ArgumentPool.Bytes("0"),
        _ => ArgumentPool.Bytes("100000"),
    };

    /// <summary>No large negative one, with which Redis would be busy for ever.</summary>
    private static byte[] DrawCount(ArgumentPool pool, int bound) =>
        pool.Chance(85) ? ArgumentPool.Bytes($"{pool.Random.Next(-bound, bound)}") : Refused(pool);

    private static byte[] Refused(ArgumentPool pool) =>
        ArgumentPool.Bytes(pool.Pick<string>("", "abc", "1.5", "01", " 1", "-9223372036854775808", "9223372036854775808"));

    private static IEnumerable<byte[]> Counted(ArgumentPool pool)
    {
        List<byte[]> keys = [.. StringGenerators.Several(pool, pool.Key)];
        return [pool.Chance(90) ? ArgumentPool.Bytes($"{keys.Count}") : pool.Number(-1, 4), .. keys];
    }

    private static IEnumerable<byte[]> Limit(ArgumentPool pool) =>
        pool.Chance(50) ? [pool.Word("LIMIT"), pool.Number(-1, 5)] : pool.Chance(10) ? [pool.Word("LIMIT")] : [];

    private static IEnumerable<byte[]> ScanOptions(ArgumentPool pool)
    {
        // One call visits everything, so that the order of the table does not show.
        yield return ArgumentPool.Bytes(pool.Chance(90) ? "0" : pool.Pick<string>("", "abc", "99999999999999999999"));
        yield return pool.Word("COUNT");
        yield return ArgumentPool.Bytes(pool.Chance(95) ? "10000" : pool.Pick<string>("0", "-1", "x"));
        if (pool.Chance(40))
        {
            yield return pool.Word("MATCH");
            yield return pool.Chance(50) ? pool.Pattern() : ArgumentPool.Bytes(pool.Pick<string>("m*", "*1*", "-*", "[0-9]"));
        }
    }
}
