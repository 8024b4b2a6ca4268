namespace AkkaKv.EndToEnd.Tests.Differential;

/// <summary>Draws commands on lists, and a few that give their keys other values. What would wait is not among them.</summary>
internal static class ListGenerators
{
    public static readonly Func<ArgumentPool, IEnumerable<byte[]>>[] All =
    [
        pool => [pool.Word("LPUSH"), pool.Key(), .. Elements(pool)],
        pool => [pool.Word("RPUSH"), pool.Key(), .. Elements(pool)],
        pool => [pool.Word("LPUSH"), pool.Key(), .. Elements(pool)],
        pool => [pool.Word("RPUSH"), pool.Key(), .. Elements(pool)],
        pool => [pool.Word("RPUSH"), pool.Key(), .. pool.Chance(10) ? Many(pool) : [Element(pool)]],
        pool => [pool.Word("LPUSH"), pool.Key(), .. pool.Chance(10) ? Many(pool) : [Element(pool)]],
        pool => [pool.Word("LPUSHX"), pool.Key(), .. Elements(pool)],
        pool => [pool.Word("RPUSHX"), pool.Key(), .. Elements(pool)],
        pool => [pool.Word("LPOP"), pool.Key(), .. Count(pool)],
        pool => [pool.Word("RPOP"), pool.Key(), .. Count(pool)],
        pool => [pool.Word("LLEN"), pool.Key()],
        pool => [pool.Word("LRANGE"), pool.Key(), Index(pool), Index(pool)],
        pool => [pool.Word("LRANGE"), pool.Key(), Index(pool), Index(pool)],
        pool => [pool.Word("LINDEX"), pool.Key(), Index(pool)],
        pool => [pool.Word("LINDEX"), pool.Key(), Index(pool)],
        pool => [pool.Word("LSET"), pool.Key(), Index(pool), Element(pool)],
        pool => [pool.Word("LSET"), pool.Key(), Index(pool), Element(pool)],
        pool => [pool.Word("LINSERT"), pool.Key(), pool.Word(pool.Chance(95) ? pool.Pick<string>("BEFORE", "AFTER") : "bogus"), Element(pool), Element(pool)],
        pool => [pool.Word("LINSERT"), pool.Key(), pool.Word(pool.Pick<string>("BEFORE", "AFTER")), Element(pool), Element(pool)],
        pool => [pool.Word("LREM"), pool.Key(), pool.Chance(90) ? pool.Number(-3, 4) : pool.OddNumber(), Element(pool)],
        pool => [pool.Word("LREM"), pool.Key(), pool.Number(-3, 4), Element(pool)],
        pool => [pool.Word("LTRIM"), pool.Key(), Index(pool), Index(pool)],
        pool => [pool.Word("LPOS"), pool.Key(), Element(pool), .. PositionOptions(pool)],
        pool => [pool.Word("LPOS"), pool.Key(), Element(pool), .. PositionOptions(pool)],
        pool => [pool.Word("LMOVE"), pool.Key(), pool.Key(), End(pool), End(pool)],
        pool => [pool.Word("LMOVE"), pool.Key(), pool.Key(), End(pool), End(pool)],
        pool => [pool.Word("RPOPLPUSH"), pool.Key(), pool.Key()],
        pool => [pool.Word("LMPOP"), .. ManyPops(pool)],
        pool => [pool.Word("LMPOP"), .. ManyPops(pool)],
        pool => [pool.Word("OBJECT"), pool.Word("ENCODING"), pool.Key()],
        pool => [pool.Word("TYPE"), pool.Key()],
        pool => pool.Chance(50) ? [pool.Word("DEL"), pool.Key()] : [pool.Word("UNLINK"), pool.Key(), pool.Key()],
        pool => [pool.Word("COPY"), pool.Key(), pool.Key(), .. pool.Chance(50) ? [pool.Word("REPLACE")] : Array.Empty<byte[]>()],
        pool => pool.Chance(50) ? [pool.Word("RENAME"), pool.Key(), pool.Key()] : [pool.Word("MOVE"), pool.Key(), pool.Number(0, 4)],
        pool => pool.Chance(30) ? [pool.Word("SET"), pool.Key(), pool.Value()] : [pool.Word("EXPIRE"), pool.Key(), pool.Seconds()],
    ];

    /// <summary>An element; few different ones, so that searches find something.</summary>
    public static byte[] Element(ArgumentPool pool) => pool.Random.Next(40) switch
    {
        0 => pool.Value(),
        1 => pool.OddNumber(),
        2 => pool.Letters(pool.Random.Next(60, 70)),
        3 => pool.Letters(pool.Random.Next(4090, 4100)),
        4 when pool.Chance(20) => pool.Letters(pool.Random.Next(8000, 20_000)),
        < 20 => pool.Number(-5, 200),
        _ => pool.Letters(pool.Random.Next(1, 3)),
    };

    private static IEnumerable<byte[]> Elements(ArgumentPool pool) => StringGenerators.Several(pool, () => Element(pool));

    private static IEnumerable<byte[]> Many(ArgumentPool pool) =>
        Enumerable.Range(0, pool.Random.Next(100, 1500)).Select(_ => pool.Chance(50) ? pool.Number(-5, 20_000) : pool.Letters(pool.Random.Next(1, 10)));

    private static byte[] Index(ArgumentPool pool) => pool.Random.Next(20) switch
    {
        0 => pool.OddNumber(),
        < 3 => pool.Number(-2000, 2000),
        _ => pool.Number(-8, 8),
    };

    private static byte[] End(ArgumentPool pool) => pool.Word(pool.Chance(97) ? pool.Pick<string>("LEFT", "RIGHT") : "MIDDLE");

    private static IEnumerable<byte[]> Count(ArgumentPool pool)
    {
        if (pool.Chance(50))
        {
            yield return pool.Random.Next(10) switch
            {
                0 => pool.OddNumber(),
                1 => pool.Number(0, 2000),
                _ => pool.Number(0, 6),
            };
        }
    }

    private static IEnumerable<byte[]> PositionOptions(ArgumentPool pool)
    {
        for (int left = pool.Random.Next(4); left > 0; left--)
        {
            yield return pool.Word(pool.Chance(97) ? pool.Pick<string>("RANK", "COUNT", "MAXLEN") : "bogus");
            if (pool.Chance(97))
            {
                yield return pool.Chance(90) ? pool.Number(-3, 5) : pool.OddNumber();
            }
        }
    }

    private static IEnumerable<byte[]> ManyPops(ArgumentPool pool)
    {
        int count = pool.Random.Next(1, 4);
        yield return pool.Chance(90) ? ArgumentPool.Bytes($"{count}") : pool.Chance(50) ? pool.Number(-1, 5) : pool.OddNumber();
        for (; count > 0; count--)
        {
            yield return pool.Key();
        }

        yield return End(pool);
        if (pool.Chance(50))
        {
            yield return pool.Word(pool.Chance(95) ? "COUNT" : "bogus");
            yield return pool.Chance(90) ? pool.Number(0, 8) : pool.OddNumber();
            if (pool.Chance(5))
            {
                yield return pool.Word("COUNT");
                yield return pool.Number(1, 3);
            }
        }
    }
}
