using System.Globalization;

namespace AkkaKv.EndToEnd.Tests.Differential;

/// <summary>Draws commands on hashes, and a few that give their keys other values.</summary>
internal static class HashGenerators
{
    public static readonly Func<ArgumentPool, IEnumerable<byte[]>>[] All =
    [
        pool => [pool.Word("HSET"), pool.Key(), .. StringGenerators.Several(pool, () => Field(pool), pool.Value)],
        pool => [pool.Word("HSET"), pool.Key(), .. StringGenerators.Several(pool, () => Field(pool), pool.Value)],
        pool => [pool.Word("HSET"), pool.Key(), .. StringGenerators.Several(pool, () => Field(pool), () => pool.Letters(5))],
        pool => [pool.Word("HSET"), pool.Key(), .. StringGenerators.Several(pool, () => Field(pool), () => pool.Letters(5))],
        pool => [pool.Word("HSET"), pool.Key(), .. pool.Chance(10) ? Many(pool) : []],
        pool => [pool.Word("HMSET"), pool.Key(), .. StringGenerators.Several(pool, () => Field(pool), pool.Value)],
        pool => [pool.Word("HSETNX"), pool.Key(), Field(pool), pool.Value()],
        pool => [pool.Word("HGET"), pool.Key(), Field(pool)],
        pool => [pool.Word("HMGET"), pool.Key(), .. StringGenerators.Several(pool, () => Field(pool))],
        pool => [pool.Word("HGETALL"), pool.Key()],
        pool => [pool.Word("HKEYS"), pool.Key()],
        pool => [pool.Word("HVALS"), pool.Key()],
        pool => [pool.Word("HLEN"), pool.Key()],
        pool => [pool.Word("HDEL"), pool.Key(), .. StringGenerators.Several(pool, () => Field(pool))],
        pool => [pool.Word("HDEL"), pool.Key(), .. pool.Chance(30) ? Enumerable.Range(0, 30).Select(Name) : [Field(pool)]],
        pool => [pool.Word("HEXISTS"), pool.Key(), Field(pool)],
        pool => [pool.Word("HSTRLEN"), pool.Key(), Field(pool)],
        pool => [pool.Word("HINCRBY"), pool.Key(), Field(pool), pool.Number(-100, 100)],
        pool => [pool.Word("HINCRBY"), pool.Key(), Field(pool), pool.OddNumber()],
        pool => [pool.Word("HINCRBYFLOAT"), pool.Key(), Field(pool), pool.Float()],
        pool => [pool.Word("HINCRBYFLOAT"), pool.Key(), Field(pool), pool.Number(-100, 100)],
        pool => [pool.Word("HRANDFIELD"), pool.Key(), .. RandomOptions(pool)],
        pool => [pool.Word("HSCAN"), pool.Key(), .. ScanOptions(pool)],
        pool => [pool.Word("OBJECT"), pool.Word("ENCODING"), pool.Key()],
        pool => [pool.Word("TYPE"), pool.Key()],
        pool => [pool.Word("DEL"), pool.Key()],
        pool => [pool.Word("COPY"), pool.Key(), pool.Key(), .. pool.Chance(50) ? [pool.Word("REPLACE")] : Array.Empty<byte[]>()],
        pool => pool.Chance(50) ? [pool.Word("RENAME"), pool.Key(), pool.Key()] : [pool.Word("MOVE"), pool.Key(), pool.Number(0, 4)],
        pool => pool.Chance(30) ? [pool.Word("SET"), pool.Key(), pool.Value()] : [pool.Word("EXPIRE"), pool.Key(), pool.Seconds()],
    ];

    private static byte[] Field(ArgumentPool pool) => pool.Random.Next(20) switch
    {
        0 => pool.Value(),
        1 => pool.OddNumber(),
        2 => pool.Letters(pool.Random.Next(60, 70)),
        _ => Name(pool.Random.Next(30)),
    };

    private static byte[] Name(int number) => ArgumentPool.Bytes(number % 2 == 0 ? $"f{number}" : number.ToString(CultureInfo.InvariantCulture));

    /// <summary>So many fields that the hash is about to become a table.</summary>
    private static IEnumerable<byte[]> Many(ArgumentPool pool)
    {
        int first = pool.Random.Next(20);
        for (int i = first + pool.Random.Next(480, 515); i >= first; i--)
        {
            yield return Name(i);
            yield return pool.Letters(2);
        }
    }

    private static IEnumerable<byte[]> RandomOptions(ArgumentPool pool)
    {
        if (pool.Chance(80))
        {
            yield return pool.Chance(90) ? ArgumentPool.Bytes(pool.Random.Next(-20, 40).ToString(CultureInfo.InvariantCulture)) : pool.OddCount();
            if (pool.Chance(60))
            {
                yield return pool.Word(pool.Chance(90) ? "WITHVALUES" : "bogus");
            }
        }
    }

    private static IEnumerable<byte[]> ScanOptions(ArgumentPool pool)
    {
        yield return ArgumentPool.Bytes(pool.Chance(95) ? "0" : pool.Pick<string>("", "abc", " 0", "99999999999999999999"));

        // One call visits everything, so that the order of the table does not show.
        yield return pool.Word("COUNT");
        yield return ArgumentPool.Bytes(pool.Chance(95) ? "10000" : pool.Pick<string>("0", "-1", "abc"));
        if (pool.Chance(50))
        {
            yield return pool.Word("MATCH");
            yield return pool.Chance(50) ? ArgumentPool.Bytes(pool.Pick<string>("f*", "*1*", "[0-9]*", "f?")) : pool.Pattern();
        }

        if (pool.Chance(10))
        {
            yield return pool.Word(pool.Pick<string>("COUNT", "MATCH", "NOVALUES", "TYPE"));
        }
    }
}
