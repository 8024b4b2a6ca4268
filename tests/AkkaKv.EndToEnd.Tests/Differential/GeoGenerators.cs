using System.Globalization;

namespace AkkaKv.EndToEnd.Tests.Differential;

/// <summary>Draws commands on positions, and a few that give their keys other values.</summary>
internal static class GeoGenerators
{
    private static readonly string[] Corners = ["0", "180", "-180", "90", "-90", "85.05112878", "-85.05112878", "85", "-85", "179.9999", "-179.9999", "66.5", "80.5"];

    private static readonly string[] Wrong = ["181", "-181", "86", "inf", "nan", "abc", "", "1e400", "0x10"];

    public static readonly Func<ArgumentPool, IEnumerable<byte[]>>[] All =
    [
        pool => [pool.Word("GEOADD"), pool.Key(), .. AddWords(pool), .. Positions(pool, pool.Random.Next(1, 6))],
        pool => [pool.Word("GEOADD"), pool.Key(), .. AddWords(pool), .. Positions(pool, pool.Random.Next(1, 6))],
        pool => [pool.Word("GEOADD"), pool.Key(), .. Positions(pool, pool.Chance(20) ? 150 : 20)],
        pool => [pool.Word("GEODIST"), pool.Key(), Member(pool), Member(pool), .. pool.Chance(60) ? [Unit(pool)] : Array.Empty<byte[]>()],
        pool => [pool.Word("GEOHASH"), pool.Key(), .. StringGenerators.Several(pool, () => Member(pool))],
        pool => [pool.Word("GEOPOS"), pool.Key(), .. StringGenerators.Several(pool, () => Member(pool))],
        pool => [pool.Word("GEORADIUS"), pool.Key(), .. Point(pool), .. Circle(pool), .. Words(pool, mayStore: true)],
        pool => [pool.Word("GEORADIUS_RO"), pool.Key(), .. Point(pool), .. Circle(pool), .. Words(pool, mayStore: pool.Chance(5))],
        pool => [pool.Word("GEORADIUSBYMEMBER"), pool.Key(), Member(pool), .. Circle(pool), .. Words(pool, mayStore: true)],
        pool => [pool.Word("GEORADIUSBYMEMBER_RO"), pool.Key(), Member(pool), .. Circle(pool), .. Words(pool, mayStore: pool.Chance(5))],
        pool => [pool.Word("GEOSEARCH"), pool.Key(), .. From(pool), .. By(pool), .. Words(pool, mayStore: pool.Chance(3))],
        pool => [pool.Word("GEOSEARCH"), pool.Key(), .. From(pool), .. By(pool), .. Words(pool, mayStore: false)],
        pool => [pool.Word("GEOSEARCH"), pool.Key(), .. By(pool), .. Words(pool, mayStore: false), .. From(pool)],
        pool => [pool.Word("GEOSEARCHSTORE"), pool.Key(), pool.Key(), .. From(pool), .. By(pool), .. StoreWords(pool)],
        pool => [pool.Word("ZREM"), pool.Key(), .. StringGenerators.Several(pool, () => Member(pool))],
        pool => [pool.Word("ZADD"), pool.Key(), pool.Number(-10, 1000), Member(pool)],
        pool => [pool.Word("ZADD"), pool.Key(), ArgumentPool.Bytes(pool.Pick<string>("3479099956230698", "4503599627370495", "9007199254740992", "-1", "1e18")), Member(pool)],
        pool => pool.Chance(30) ? [pool.Word("SET"), pool.Key(), pool.Value()] : [pool.Word("DEL"), pool.Key()],
    ];

    private static byte[] Degrees(ArgumentPool pool, double limit) => ArgumentPool.Bytes(pool.Random.Next(20) switch
    {
        0 => pool.Chance(30) ? pool.Pick<string>(Wrong) : pool.Pick<string>(Corners),
        1 or 2 => pool.Pick<string>(Corners) is var corner && double.Parse(corner, CultureInfo.InvariantCulture) <= limit ? corner : "0",
        < 12 => (pool.Random.NextDouble() * 4 + 10).ToString("R", CultureInfo.InvariantCulture),
        _ => ((pool.Random.NextDouble() * 2 - 1) * limit).ToString("R", CultureInfo.InvariantCulture),
    });

    private static IEnumerable<byte[]> Point(ArgumentPool pool) => [Degrees(pool, 180), Degrees(pool, 85.05)];

    private static byte[] Member(ArgumentPool pool) =>
        pool.Chance(97) ? ArgumentPool.Bytes("m" + pool.Random.Next(40).ToString(CultureInfo.InvariantCulture)) : pool.Value();

    private static IEnumerable<byte[]> Positions(ArgumentPool pool, int count)
    {
        for (; count > 0; count--)
        {
            yield return count > 5 ? ArgumentPool.Bytes((pool.Random.NextDouble() * 360 - 180).ToString("R", CultureInfo.InvariantCulture)) : Degrees(pool, 180);
            yield return count > 5 ? ArgumentPool.Bytes((pool.Random.NextDouble() * 170 - 85).ToString("R", CultureInfo.InvariantCulture)) : Degrees(pool, 85.05);
            yield return count > 20 ? ArgumentPool.Bytes("m" + count.ToString(CultureInfo.InvariantCulture)) : Member(pool);
        }
    }

    private static IEnumerable<byte[]> AddWords(ArgumentPool pool)
    {
        for (int left = pool.Random.Next(4) - 1; left > 0; left--)
        {
            yield return pool.Word(pool.Pick<string>("NX", "XX", "CH", "CH", "GT"));
        }
    }

    private static byte[] Unit(ArgumentPool pool) => pool.Word(pool.Chance(97) ? pool.Pick<string>("m", "km", "km", "ft", "mi") : "yd");

    private static byte[] Length(ArgumentPool pool) => ArgumentPool.Bytes(pool.Random.Next(10) switch
    {
        0 => pool.Pick<string>("0", "-1", "abc", "inf", "1e400", "0.001"),
        1 => pool.Random.Next(30000).ToString(CultureInfo.InvariantCulture),
        2 => "1e7",
        < 6 => (pool.Random.NextDouble() * 300).ToString("R", CultureInfo.InvariantCulture),
        _ => pool.Random.Next(5000).ToString(CultureInfo.InvariantCulture),
    });

    private static IEnumerable<byte[]> Circle(ArgumentPool pool) => [Length(pool), Unit(pool)];

    private static IEnumerable<byte[]> From(ArgumentPool pool)
    {
        if (pool.Chance(48))
        {
            return [pool.Word("FROMMEMBER"), Member(pool)];
        }

        return pool.Chance(97) ? [pool.Word("FROMLONLAT"), .. Point(pool)] : [];
    }

    private static IEnumerable<byte[]> By(ArgumentPool pool)
    {
        if (pool.Chance(48))
        {
            return [pool.Word("BYRADIUS"), .. Circle(pool)];
        }

        return pool.Chance(97) ? [pool.Word("BYBOX"), Length(pool), Length(pool), Unit(pool)] : [];
    }

    private static IEnumerable<byte[]> Words(ArgumentPool pool, bool mayStore)
    {
        for (int left = pool.Random.Next(4); left > 0; left--)
        {
            yield return pool.Word(pool.Pick<string>("WITHDIST", "WITHCOORD", "WITHHASH", "ASC", "DESC", "WITHDIST"));
        }

        foreach (byte[] word in CountWords(pool))
        {
            yield return word;
        }

        if (mayStore && pool.Chance(30))
        {
            yield return pool.Word(pool.Pick<string>("STORE", "STOREDIST"));
            yield return pool.Key();
        }
    }

    private static IEnumerable<byte[]> StoreWords(ArgumentPool pool) =>
        [.. CountWords(pool), .. pool.Chance(40) ? [pool.Word(pool.Chance(90) ? "STOREDIST" : "WITHDIST")] : Array.Empty<byte[]>()];

    private static IEnumerable<byte[]> CountWords(ArgumentPool pool)
    {
        if (pool.Chance(40))
        {
            yield return pool.Word("COUNT");
            yield return pool.Number(0, 20);
        }

        if (pool.Chance(20))
        {
            yield return pool.Word("ANY");
        }
    }
}
