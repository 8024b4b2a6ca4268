namespace AkkaKv.EndToEnd.Tests.Differential;

/// <summary>Draws string and counter commands.</summary>
internal static class StringGenerators
{
    public static readonly Func<ArgumentPool, IEnumerable<byte[]>>[] All =
    [
        pool => [pool.Word("SET"), pool.Key(), pool.Value()],
        pool => [pool.Word("SET"), pool.Key(), pool.Value(), .. SetOptions(pool)],
        pool => [pool.Word("SET"), pool.Key(), pool.Value(), .. SetOptions(pool)],
        pool => [pool.Word("GET"), pool.Key()],
        pool => [pool.Word("SETNX"), pool.Key(), pool.Value()],
        pool => [pool.Word("SETEX"), pool.Key(), pool.Seconds(), pool.Value()],
        pool => [pool.Word("PSETEX"), pool.Key(), pool.Milliseconds(), pool.Value()],
        pool => [pool.Word("GETSET"), pool.Key(), pool.Value()],
        pool => [pool.Word("GETDEL"), pool.Key()],
        pool => [pool.Word("GETEX"), pool.Key(), .. Expiry(pool, "PERSIST")],
        pool => [pool.Word("MGET"), .. Several(pool, pool.Key)],
        pool => [pool.Word("MSET"), .. Several(pool, pool.Key, pool.Value)],
        pool => [pool.Word("MSETNX"), .. Several(pool, pool.Key, pool.Value)],
        pool => [pool.Word("APPEND"), pool.Key(), pool.Value()],
        pool => [pool.Word("STRLEN"), pool.Key()],
        pool => [pool.Word("GETRANGE"), pool.Key(), pool.Number(-12, 12), pool.Number(-12, 60)],
        pool => [pool.Word("SUBSTR"), pool.Key(), pool.Number(-12, 12), pool.Number(-12, 60)],
        pool => [pool.Word("SETRANGE"), pool.Key(), pool.Number(-2, 300), pool.Value()],
        pool => [pool.Word("INCR"), pool.Key()],
        pool => [pool.Word("DECR"), pool.Key()],
        pool => [pool.Word("INCRBY"), pool.Key(), pool.Number(-100, 100)],
        pool => [pool.Word("DECRBY"), pool.Key(), pool.Number(-100, 100)],
        pool => [pool.Word("INCRBYFLOAT"), pool.Key(), pool.Float()],
        pool => [pool.Word("INCRBYFLOAT"), pool.Key(), pool.Number(-1000, 1000)],
        pool => [pool.Word("SET"), pool.Key(), pool.Number(-100, 20000)],
        pool => [pool.Word("SET"), pool.Key(), pool.Letters(pool.Random.Next(30))],
        pool => [pool.Word("LCS"), pool.Key(), pool.Key(), .. LcsOptions(pool)],
    ];

    public static IEnumerable<byte[]> Several(ArgumentPool pool, params Func<byte[]>[] parts)
    {
        for (int left = pool.Random.Next(1, 5); left > 0; left--)
        {
            foreach (Func<byte[]> part in parts)
            {
                yield return part();
            }
        }
    }

    private static IEnumerable<byte[]> SetOptions(ArgumentPool pool)
    {
        List<byte[]> options = [];
        if (pool.Chance(30))
        {
            options.Add(pool.Word(pool.Pick<string>("NX", "XX")));
        }

        if (pool.Chance(30))
        {
            options.Add(pool.Word("GET"));
        }

        if (pool.Chance(60))
        {
            options.InsertRange(pool.Random.Next(options.Count + 1), Expiry(pool, "KEEPTTL"));
        }

        if (pool.Chance(8))
        {
            options.Add(pool.Word(pool.Pick<string>("NX", "XX", "GET", "KEEPTTL", "PERSIST", "EX", "bogus")));
        }

        return options;
    }

    private static IEnumerable<byte[]> Expiry(ArgumentPool pool, string without) => pool.Random.Next(7) switch
    {
        0 => [pool.Word("EX"), pool.Seconds()],
        1 => [pool.Word("PX"), pool.Milliseconds()],
        2 => [pool.Word("EXAT"), pool.UnixSeconds()],
        3 => [pool.Word("PXAT"), pool.UnixMilliseconds()],
        4 or 5 => [pool.Word(without)],
        _ => [],
    };

    private static IEnumerable<byte[]> LcsOptions(ArgumentPool pool)
    {
        if (pool.Chance(60))
        {
            yield return pool.Word(pool.Pick<string>("IDX", "IDX", "LEN"));
        }

        if (pool.Chance(40))
        {
            yield return pool.Word("MINMATCHLEN");
            yield return pool.Number(-1, 5);
        }

        if (pool.Chance(40))
        {
            yield return pool.Word(pool.Pick<string>("WITHMATCHLEN", "WITHMATCHLEN", "LEN", "bogus"));
        }
    }
}
