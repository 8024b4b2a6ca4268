using System.Globalization;

namespace AkkaKv.EndToEnd.Tests.Differential;

/// <summary>Draws commands on sorted sets, and a few that give their keys other values.</summary>
internal static class SortedSetGenerators
{
    private static readonly string[] Scores =
    [
        "0", "1", "-1", "1.5", "-2.25", "3", "3", "10", "1e3", "-1E-2", "0.1", "inf", "-inf", "+inf", "infinity", "-0", "5.", ".5", "0x1p4", "0x.8p1", "1e300", "1e17",
        "4503599627370497", "4611686018427387904", "9e18", "-9.1e18", "123456789.123456789", "1e-5", "1e-320", "3.0000000000000004",
    ];

    private static readonly string[] WrongScores = ["nan", "", " 1", "1 ", "1e400", "-1e400", "1e-400", "abc", "0x", "+", "--1", "1e", "infinit", "(1", "1_0", "nan(1)"];

    private static readonly string[] Limits =
    [
        "-inf", "+inf", "inf", "(1", "(3", "(-inf", "(inf", "0", "1", "3", "10", "(10", "-2.25", "(1.5", "1e400", "-1e400", " 1", "(", "", "0x10", "( 1", "1000",
        "-1000", "nan", "(nan", "1 ", "1a", "((1",
    ];

    private static readonly string[] MemberLimits =
        ["-", "+", "[a", "(a", "[m3", "(m3", "[m5", "[m7", "(m9", "[", "(", "[5", "(12", "a", "", "-x", "+x", "[z", "(m"];

    public static readonly Func<ArgumentPool, IEnumerable<byte[]>>[] All =
    [
        pool => [pool.Word("ZADD"), pool.Key(), .. AddWords(pool), .. Elements(pool)],
        pool => [pool.Word("ZADD"), pool.Key(), .. AddWords(pool), .. Elements(pool)],
        pool => [pool.Word("ZADD"), pool.Key(), .. Elements(pool)],
        pool => [pool.Word("ZADD"), pool.Key(), .. Elements(pool)],
        pool => [pool.Word("ZADD"), pool.Key(), .. Elements(pool)],
        pool => [pool.Word("ZADD"), pool.Key(), .. pool.Chance(20) ? Many(pool) : Elements(pool)],
        pool => [pool.Word("ZADD"), LexKey(pool), .. StringGenerators.Several(pool, () => ArgumentPool.Bytes("0"), () => Name(pool))],
        pool => [pool.Word("ZADD"), LexKey(pool), .. pool.Chance(5) ? ManyOfOneScore() : StringGenerators.Several(pool, () => ArgumentPool.Bytes("0"), () => Name(pool))],
        pool => [pool.Word("ZINCRBY"), pool.Key(), Score(pool), Member(pool)],
        pool => [pool.Word("ZREM"), pool.Key(), .. StringGenerators.Several(pool, () => Member(pool))],
        pool => [pool.Word("ZSCORE"), pool.Key(), Member(pool)],
        pool => [pool.Word("ZMSCORE"), pool.Key(), .. StringGenerators.Several(pool, () => Member(pool))],
        pool => [pool.Word("ZCARD"), pool.Key()],
        pool => [pool.Word("ZCOUNT"), pool.Key(), Limit(pool), Limit(pool)],
        pool => [pool.Word("ZLEXCOUNT"), LexKey(pool), MemberLimit(pool), MemberLimit(pool)],
        pool => [pool.Word(pool.Pick<string>("ZRANK", "ZREVRANK")), pool.Key(), Member(pool)],
        pool => [pool.Word("ZRANGE"), pool.Key(), .. Range(pool, mayWithScores: true)],
        pool => [pool.Word("ZRANGE"), pool.Key(), .. Range(pool, mayWithScores: true)],
        pool => [pool.Word("ZRANGE"), LexKey(pool), MemberLimit(pool), MemberLimit(pool), pool.Word("BYLEX"), .. LexWords(pool)],
        pool => [pool.Word("ZRANGESTORE"), pool.Key(), pool.Key(), .. Range(pool, mayWithScores: pool.Chance(5))],
        pool => [pool.Word("ZRANGESTORE"), LexKey(pool), LexKey(pool), MemberLimit(pool), MemberLimit(pool), pool.Word("BYLEX"), .. LexWords(pool)],
        pool => [pool.Word("ZREVRANGE"), pool.Key(), pool.Number(-20, 20), pool.Number(-20, 20), .. WithScores(pool)],
        pool => [pool.Word(pool.Pick<string>("ZRANGEBYSCORE", "ZREVRANGEBYSCORE")), pool.Key(), Limit(pool), Limit(pool), .. WithScores(pool), .. Page(pool)],
        pool => [pool.Word(pool.Pick<string>("ZRANGEBYLEX", "ZREVRANGEBYLEX")), LexKey(pool), MemberLimit(pool), MemberLimit(pool), .. Page(pool)],
        pool => [pool.Word("ZREMRANGEBYRANK"), pool.Key(), pool.Number(-12, 12), pool.Number(-12, 12)],
        pool => [pool.Word("ZREMRANGEBYSCORE"), pool.Key(), Limit(pool), Limit(pool)],
        pool => [pool.Word("ZREMRANGEBYLEX"), LexKey(pool), MemberLimit(pool), MemberLimit(pool)],
        pool => [pool.Word(pool.Pick<string>("ZPOPMIN", "ZPOPMAX")), pool.Key(), .. pool.Chance(60) ? [pool.Number(-2, 20)] : Array.Empty<byte[]>()],
        pool => [pool.Word("ZMPOP"), .. Keys(pool), .. PopWords(pool)],
        pool => [pool.Word(pool.Pick<string>("ZUNION", "ZINTER")), .. Keys(pool), .. AggregateWords(pool, pool.Chance(50))],
        pool => [pool.Word(pool.Pick<string>("ZUNION", "ZINTER")), .. Keys(pool), .. AggregateWords(pool, pool.Chance(50))],
        pool => [pool.Word(pool.Pick<string>("ZUNIONSTORE", "ZINTERSTORE")), pool.Key(), .. Keys(pool), .. AggregateWords(pool, pool.Chance(5))],
        pool => [pool.Word("ZDIFF"), .. Keys(pool), .. WithScores(pool)],
        pool => [pool.Word("ZDIFFSTORE"), pool.Key(), .. Keys(pool)],
        pool => [pool.Word("ZINTERCARD"), .. Keys(pool), .. pool.Chance(50) ? [pool.Word("LIMIT"), pool.Number(-2, 10)] : Array.Empty<byte[]>()],
        pool => [pool.Word("ZRANDMEMBER"), pool.Key(), .. RandomWords(pool)],
        pool => [pool.Word("ZSCAN"), pool.Key(), .. ScanWords(pool)],
        pool => [pool.Word("OBJECT"), pool.Word("ENCODING"), pool.Key()],
        pool => pool.Chance(30) ? [pool.Word("SET"), pool.Key(), pool.Value()] : [pool.Word("EXPIRE"), pool.Key(), pool.Seconds()],
        pool => pool.Chance(50) ? [pool.Word("DEL"), pool.Key()] : [pool.Word("COPY"), pool.Key(), pool.Key(), pool.Word("REPLACE")],
        pool => [pool.Word("SADD"), pool.Key(), .. StringGenerators.Several(pool, () => Name(pool))],
        pool => pool.Chance(50) ? [pool.Word("RENAME"), pool.Key(), pool.Key()] : [pool.Word("MOVE"), pool.Key(), pool.Number(0, 4)],
    ];

    /// <summary>Whether a command fills one of the keys whose members have one score: with several Redis answers ranges of members by chance.</summary>
    public static bool MustKeepOneScore(List<byte[]> arguments) => arguments.Count > 1 && arguments[1].AsSpan().StartsWith("lex"u8);

    private static byte[] Score(ArgumentPool pool) => ArgumentPool.Bytes(pool.Random.Next(20) switch
    {
        0 => pool.Pick<string>(WrongScores),
        < 8 => pool.Pick<string>(Scores),
        _ => pool.Random.Next(-5, 15).ToString(CultureInfo.InvariantCulture),
    });

    private static byte[] Limit(ArgumentPool pool) =>
        pool.Chance(70) ? ArgumentPool.Bytes(pool.Pick<string>(Limits)) : pool.Number(-5, 15);

    private static byte[] MemberLimit(ArgumentPool pool) => ArgumentPool.Bytes(pool.Pick<string>(MemberLimits));

    /// <summary>Keys whose members all have one score: only there has a range of members one answer.</summary>
    private static byte[] LexKey(ArgumentPool pool) => ArgumentPool.Bytes(pool.Pick<string>("lex1", "lex2", "lex3"));

    private static byte[] Name(ArgumentPool pool) => ArgumentPool.Bytes(pool.Chance(70)
        ? "m" + pool.Random.Next(30).ToString(CultureInfo.InvariantCulture)
        : pool.Random.Next(-5, 20).ToString(CultureInfo.InvariantCulture));

    private static byte[] Member(ArgumentPool pool) => pool.Random.Next(25) switch
    {
        0 => pool.Value(),
        1 => pool.OddNumber(),
        2 => pool.Chance(20) ? pool.Letters(pool.Random.Next(60, 70)) : pool.Letters(2),
        _ => Name(pool),
    };

    private static IEnumerable<byte[]> Elements(ArgumentPool pool) => StringGenerators.Several(pool, () => Score(pool), () => Member(pool));

    private static IEnumerable<byte[]> Many(ArgumentPool pool)
    {
        for (int left = pool.Random.Next(100, 160); left > 0; left--)
        {
            yield return pool.Number(-50, 50) is var score && score.Length < 4 ? score : ArgumentPool.Bytes("1");
            yield return ArgumentPool.Bytes("m" + left.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static IEnumerable<byte[]> ManyOfOneScore()
    {
        for (int i = 0; i < 140; i++)
        {
            yield return ArgumentPool.Bytes("0");
            yield return ArgumentPool.Bytes("m" + i.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static IEnumerable<byte[]> AddWords(ArgumentPool pool)
    {
        for (int left = pool.Random.Next(3); left > 0; left--)
        {
            yield return pool.Word(pool.Pick<string>("NX", "XX", "GT", "LT", "CH", "CH", "INCR"));
        }
    }

    private static IEnumerable<byte[]> Range(ArgumentPool pool, bool mayWithScores)
    {
        bool byScore = pool.Chance(60);
        yield return byScore ? Limit(pool) : pool.Number(-20, 20);
        yield return byScore ? Limit(pool) : pool.Number(-20, 20);
        if (byScore)
        {
            yield return pool.Word("BYSCORE");
        }

        if (pool.Chance(40))
        {
            yield return pool.Word("REV");
        }

        if (mayWithScores && pool.Chance(50))
        {
            yield return pool.Word("WITHSCORES");
        }

        if (byScore || pool.Chance(3))
        {
            foreach (byte[] word in Page(pool))
            {
                yield return word;
            }
        }
    }

    private static IEnumerable<byte[]> LexWords(ArgumentPool pool)
    {
        if (pool.Chance(40))
        {
            yield return pool.Word("REV");
        }

        foreach (byte[] word in Page(pool))
        {
            yield return word;
        }

        if (pool.Chance(3))
        {
            yield return pool.Word("WITHSCORES");
        }
    }

    private static IEnumerable<byte[]> Page(ArgumentPool pool) =>
        pool.Chance(40) ? [pool.Word("LIMIT"), pool.Number(-1, 6), pool.Number(-2, 8)] : [];

    private static IEnumerable<byte[]> WithScores(ArgumentPool pool) => pool.Chance(50) ? [pool.Word("WITHSCORES")] : [];

    private static IEnumerable<byte[]> Keys(ArgumentPool pool)
    {
        int count = pool.Random.Next(1, 4);
        yield return ArgumentPool.Bytes((pool.Chance(95) ? count : pool.Random.Next(-1, 5)).ToString(CultureInfo.InvariantCulture));
        for (; count > 0; count--)
        {
            yield return pool.Chance(80) ? pool.Key() : LexKey(pool);
        }
    }

    private static IEnumerable<byte[]> PopWords(ArgumentPool pool)
    {
        yield return pool.Word(pool.Chance(95) ? pool.Pick<string>("MIN", "MAX") : "MID");
        if (pool.Chance(60))
        {
            yield return pool.Word("COUNT");
            yield return pool.Number(0, 10);
        }
    }

    private static IEnumerable<byte[]> AggregateWords(ArgumentPool pool, bool withScores)
    {
        if (pool.Chance(40))
        {
            yield return pool.Word("WEIGHTS");
            for (int left = pool.Random.Next(1, 4); left > 0; left--)
            {
                yield return Score(pool);
            }
        }

        if (pool.Chance(50))
        {
            yield return pool.Word("AGGREGATE");
            yield return pool.Word(pool.Chance(95) ? pool.Pick<string>("SUM", "MIN", "MAX") : "AVG");
        }

        if (withScores)
        {
            yield return pool.Word("WITHSCORES");
        }
    }

    private static IEnumerable<byte[]> RandomWords(ArgumentPool pool)
    {
        if (pool.Chance(80))
        {
            yield return pool.Chance(90) ? ArgumentPool.Bytes(pool.Random.Next(-20, 40).ToString(CultureInfo.InvariantCulture)) : pool.OddCount();
            if (pool.Chance(60))
            {
                yield return pool.Word(pool.Chance(90) ? "WITHSCORES" : "bogus");
            }
        }
    }

    private static IEnumerable<byte[]> ScanWords(ArgumentPool pool)
    {
        yield return ArgumentPool.Bytes(pool.Chance(95) ? "0" : pool.Pick<string>("", "abc", " 0", "99999999999999999999"));

        // One call visits everything, so that the order of the table does not show.
        yield return pool.Word("COUNT");
        yield return ArgumentPool.Bytes(pool.Chance(95) ? "10000" : pool.Pick<string>("0", "-1", "abc"));
        if (pool.Chance(50))
        {
            yield return pool.Word("MATCH");
            yield return pool.Chance(50) ? ArgumentPool.Bytes(pool.Pick<string>("m*", "*1*", "[0-9]*", "m?")) : pool.Pattern();
        }
    }
}
