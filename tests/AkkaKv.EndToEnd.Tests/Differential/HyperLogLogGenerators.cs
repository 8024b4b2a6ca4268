using System.Globalization;

namespace AkkaKv.EndToEnd.Tests.Differential;

/// <summary>Draws commands on HyperLogLogs, and a few that damage their values.</summary>
internal static class HyperLogLogGenerators
{
    public static readonly Func<ArgumentPool, IEnumerable<byte[]>>[] All =
    [
        pool => [pool.Word("PFADD"), pool.Key(), .. Elements(pool, 6)],
        pool => [pool.Word("PFADD"), pool.Key(), .. Elements(pool, 6)],
        pool => [pool.Word("PFADD"), pool.Key(), .. Elements(pool, 600)],
        pool => [pool.Word("PFADD"), pool.Key(), .. Elements(pool, 3000)],
        pool => [pool.Word("PFCOUNT"), pool.Key()],
        pool => [pool.Word("PFCOUNT"), pool.Key()],
        pool => [pool.Word("PFCOUNT"), .. StringGenerators.Several(pool, pool.Key)],
        pool => [pool.Word("PFMERGE"), pool.Key(), .. StringGenerators.Several(pool, pool.Key)],
        pool => [pool.Word("PFMERGE"), pool.Key()],
        pool => [pool.Word("PFDEBUG"), pool.Word(pool.Pick<string>("DECODE", "ENCODING", "GETREG", "NONE")), pool.Key()],
        pool => [pool.Word("PFDEBUG"), pool.Word(pool.Chance(20) ? "TODENSE" : "ENCODING"), pool.Key()],
        pool => [pool.Word("GET"), pool.Key()],
        pool => [pool.Word("OBJECT"), pool.Word("ENCODING"), pool.Key()],
        pool => [pool.Word("DEL"), pool.Key()],
        pool => pool.Chance(50) ? [pool.Word("SET"), pool.Key(), pool.Value()] : [pool.Word("COPY"), pool.Key(), pool.Key()],
        pool => [pool.Word("SET"), pool.Key(), Imitation(pool)],
        pool => pool.Chance(30) ? [pool.Word("SETRANGE"), pool.Key(), pool.Number(0, 16), pool.Binary(1)] : [pool.Word("DEL"), pool.Key()],
    ];

    private static IEnumerable<byte[]> Elements(ArgumentPool pool, int most)
    {
        int variety = pool.Pick(10, 1000, 1_000_000);
        for (int left = pool.Random.Next(most); left > 0; left--)
        {
            yield return pool.Chance(90) ? ArgumentPool.Bytes(pool.Random.Next(variety).ToString(CultureInfo.InvariantCulture)) : pool.Value();
        }
    }

    /// <summary>A sparse value of random runs, which seldom cover the registers exactly; but no run is cut off, because Redis then reads beyond the value.</summary>
    private static byte[] Imitation(ArgumentPool pool)
    {
        byte[] header = ArgumentPool.Bytes("HYLL\x01\0\0\0\0\0\0\0\0\0\0\x80");
        header[4] = (byte)(pool.Chance(90) ? 1 : pool.Random.Next(4));
        return pool.Random.Next(4) switch
        {
            0 => [.. header, 0x7F, 0xFF],
            1 => [.. header, 0x84, 0x7F, 0xFE],
            2 => [.. header, .. Runs(pool, 12)],
            _ => [.. header, 0x7F, 0xFF, .. Runs(pool, 3)],
        };
    }

    private static IEnumerable<byte> Runs(ArgumentPool pool, int most)
    {
        for (int left = pool.Random.Next(most); left > 0; left--)
        {
            byte first = pool.Binary(1)[0];
            yield return first;
            if ((first & 0xC0) == 0x40)
            {
                yield return pool.Binary(1)[0];
            }
        }
    }
}
