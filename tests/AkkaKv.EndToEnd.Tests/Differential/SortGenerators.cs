using System.Globalization;

namespace AkkaKv.EndToEnd.Tests.Differential;

/// <summary>
/// Draws SORT in all forms, and what fills the keys that it sorts and looks up. What Redis leaves to an unstable sort is not drawn: equal weights of texts. Nor a number that a double cannot hold: Redis 7.0 then refuses the next SORT too, because it forgets to clear errno.
/// </summary>
internal static class SortGenerators
{
    public static readonly Func<ArgumentPool, IEnumerable<byte[]>>[] All =
    [
        pool => [pool.Word("RPUSH"), Source(pool, "l"), .. Elements(pool)],
        pool => [pool.Word("LPUSH"), Source(pool, "l"), .. Elements(pool)],
        pool => [pool.Word("SADD"), Source(pool, "s"), .. Elements(pool)],
        pool => [pool.Word("SADD"), Source(pool, "i"), .. StringGenerators.Several(pool, () => pool.Number(-20, 20))],
        pool => [pool.Word("ZADD"), Source(pool, "z"), pool.Number(-9, 9), Long(pool), pool.Number(-9, 9), Long(pool), .. StringGenerators.Several(pool, () => pool.Number(-9, 9), () => Element(pool))],
        pool => [pool.Word("SET"), Weight(pool), pool.Chance(97) ? pool.Number(-1000, 1000) : pool.Chance(90) ? Float(pool) : ArgumentPool.Bytes("5\05")],
        pool => [pool.Word("SET"), Weight(pool), pool.Chance(97) ? Text(pool) : pool.OddNumber()],
        pool => [pool.Word("MSET"), .. Weights()],
        pool => [pool.Word("HSET"), Hash(pool), ArgumentPool.Bytes(pool.Pick<string>("f", "g", "f->g")), pool.Number(-1000, 1000)],
        pool => [pool.Word("DEL"), pool.Chance(50) ? Source(pool, pool.Pick<string>("l", "s", "z")) : Weight(pool)],
        pool => [pool.Word("EXPIRE"), Weight(pool), pool.Seconds()],
        pool => [pool.Word("SORT"), AnySource(pool), .. Options(pool)],
        pool => [pool.Word("SORT"), AnySource(pool), .. Options(pool)],
        pool => [pool.Word("SORT"), AnySource(pool), .. Options(pool)],
        pool => [pool.Word("SORT"), AnySource(pool), .. Options(pool), pool.Word("STORE"), Target(pool)],
        pool => [pool.Word("SORT"), AnySource(pool), .. Options(pool), pool.Word("STORE"), Target(pool)],
        pool => [pool.Word("SORT_RO"), AnySource(pool), .. Options(pool)],
        pool => [pool.Word("SORT"), AnySource(pool), pool.Word("BY"), pool.Word("nosort"), .. Options(pool, by: false)],
        pool => [pool.Word("SORT"), AnySource(pool), pool.Word("BY"), pool.Word("nosort"), .. Options(pool, by: false), pool.Word("STORE"), Target(pool)],
        pool => [pool.Word("COMMAND"), pool.Word("GETKEYS"), pool.Word("SORT"), AnySource(pool), .. Options(pool), pool.Word("STORE"), Target(pool)],
        pool => [pool.Word("LRANGE"), Target(pool), pool.Number(0, 1), pool.Number(-2, 0)],
    ];

    private static byte[] Source(ArgumentPool pool, string type) => ArgumentPool.Bytes($"{type}{pool.Random.Next(2)}");

    private static byte[] AnySource(ArgumentPool pool) => pool.Chance(95)
        ? Source(pool, pool.Pick<string>("l", "l", "s", "i", "z"))
        : pool.Chance(50) ? Weight(pool) : Hash(pool);

    private static byte[] Target(ArgumentPool pool) => pool.Chance(70) ? ArgumentPool.Bytes("target") : pool.Chance(50) ? Source(pool, "l") : Weight(pool);

    private static byte[] Element(ArgumentPool pool) => pool.Chance(94) ? pool.Number(-20, 20)
        : pool.Chance(50) ? Text(pool) : pool.Chance(50) ? Float(pool) : pool.OddNumber();

    /// <summary>A number too long for a compact sorted set: Redis makes a large one of each that it sorts, we do not.</summary>
    private static byte[] Long(ArgumentPool pool) => ArgumentPool.Bytes(new string('0', 70) + pool.Random.Next(20).ToString(CultureInfo.InvariantCulture));

    private static byte[] Float(ArgumentPool pool) => ArgumentPool.Bytes(
        pool.Pick<string>("1.5", "-3.25", "0.1", "1e3", "-1E-2", "inf", "-infinity", "nan", "abc", "", " 1", "1 ", "0x1p4", ".5", "+7", "1e"));

    private static byte[] Text(ArgumentPool pool) => pool.Letters(pool.Random.Next(1, 6));

    private static IEnumerable<byte[]> Elements(ArgumentPool pool) =>
        Enumerable.Range(0, pool.Random.Next(1, 6)).Select(_ => Element(pool));

    private static byte[] Weight(ArgumentPool pool) => ArgumentPool.Bytes($"w_{pool.Random.Next(-20, 20).ToString(CultureInfo.InvariantCulture)}");

    private static byte[] Hash(ArgumentPool pool) => ArgumentPool.Bytes($"h_{pool.Random.Next(-20, 20).ToString(CultureInfo.InvariantCulture)}");

    /// <summary>A different weight for every number, in an order of its own as number and as text.</summary>
    private static IEnumerable<byte[]> Weights()
    {
        for (int number = -20; number <= 20; number++)
        {
            yield return ArgumentPool.Bytes($"u_{number.ToString(CultureInfo.InvariantCulture)}");
            yield return ArgumentPool.Bytes($"{((number + 20) * 17 % 41).ToString(CultureInfo.InvariantCulture)}.{number + 20}");
        }
    }

    private static IEnumerable<byte[]> Options(ArgumentPool pool, bool by = true)
    {
        // Texts are compared by what differs for certain: by themselves, in what holds each only once.
        bool alphabetic = pool.Chance(30);
        if (alphabetic)
        {
            yield return pool.Word("ALPHA");
        }
        else if (by && pool.Chance(50))
        {
            yield return pool.Word("BY");
            yield return ArgumentPool.Bytes(pool.Pick<string>("w_*", "w_*", "u_*", "u_*", "h_*->f", "h_*->g", "h_*->f->g", "h_*->", "w_*->f", "*"));
        }

        if (pool.Chance(40))
        {
            yield return pool.Word(pool.Chance(70) ? "DESC" : "ASC");
        }

        if (pool.Chance(40))
        {
            yield return pool.Word("LIMIT");
            yield return pool.Chance(95) ? pool.Number(-2, 8) : pool.OddNumber();
            yield return pool.Chance(95) ? pool.Number(-2, 8) : pool.OddNumber();
        }

        for (int left = pool.Chance(40) ? pool.Random.Next(1, 4) : 0; left > 0; left--)
        {
            yield return pool.Word("GET");
            yield return ArgumentPool.Bytes(pool.Pick<string>("#", "#", "w_*", "u_*", "h_*->f", "h_*->g", "h_*", "nothing", "*", "w_*->f", "##"));
        }

        if (pool.Chance(3))
        {
            yield return pool.Word(pool.Pick<string>("BY", "GET", "LIMIT", "STORE", "bogus"));
        }
    }
}
