namespace AkkaKv.EndToEnd.Tests.Differential;

/// <summary>
/// Draws commands on keys and their expiry. Not RANDOMKEY: which expired keys it comes upon, removes and propagates is chance on both sides.
/// </summary>
internal static class KeyGenerators
{
    public static readonly Func<ArgumentPool, IEnumerable<byte[]>>[] All =
    [
        pool => [pool.Word("DEL"), .. StringGenerators.Several(pool, pool.Key)],
        pool => [pool.Word("UNLINK"), .. StringGenerators.Several(pool, pool.Key)],
        pool => [pool.Word("EXISTS"), .. StringGenerators.Several(pool, pool.Key)],
        pool => [pool.Word("TOUCH"), .. StringGenerators.Several(pool, pool.Key)],
        pool => [pool.Word("TYPE"), pool.Key()],
        pool => [pool.Word("KEYS"), pool.Pattern()],
        pool => [pool.Word("SCAN"), Cursor(pool), .. ScanOptions(pool)],
        pool => [pool.Word("RENAME"), pool.Key(), pool.Key()],
        pool => [pool.Word("RENAMENX"), pool.Key(), pool.Key()],
        pool => [pool.Word("COPY"), pool.Key(), pool.Key(), .. CopyOptions(pool)],
        pool => [pool.Word("MOVE"), pool.Key(), pool.Chance(95) ? pool.Number(0, 4) : ArgumentPool.Bytes("16")],
        pool => [pool.Word("EXPIRE"), pool.Key(), pool.Seconds(), .. Conditions(pool)],
        pool => [pool.Word("PEXPIRE"), pool.Key(), pool.Milliseconds(), .. Conditions(pool)],
        pool => [pool.Word("EXPIREAT"), pool.Key(), pool.UnixSeconds(), .. Conditions(pool)],
        pool => [pool.Word("PEXPIREAT"), pool.Key(), pool.UnixMilliseconds(), .. Conditions(pool)],
        pool => [pool.Word("PERSIST"), pool.Key()],
        pool => [pool.Word("TTL"), pool.Key()],
        pool => [pool.Word("PTTL"), pool.Key()],
        pool => [pool.Word("EXPIRETIME"), pool.Key()],
        pool => [pool.Word("PEXPIRETIME"), pool.Key()],
        pool => [pool.Word("OBJECT"), pool.Word(pool.Pick<string>("ENCODING", "ENCODING", "ENCODING", "REFCOUNT", "IDLETIME", "FREQ")), pool.Key()],
        pool => [pool.Word("OBJECT"), pool.Word(pool.Pick<string>("ENCODING", "bogus"))],
    ];

    private static byte[] Cursor(ArgumentPool pool) =>
        ArgumentPool.Bytes(pool.Chance(90) ? "0" : pool.Pick<string>("", "abc", " 0", "0 ", "99999999999999999999", "-", "00", "+0", "-0"));

    private static IEnumerable<byte[]> ScanOptions(ArgumentPool pool)
    {
        // One call visits everything, so that the order of the table does not show.
        yield return pool.Word("COUNT");
        yield return ArgumentPool.Bytes("10000");
        if (pool.Chance(50))
        {
            yield return pool.Word("MATCH");
            yield return pool.Pattern();
        }

        if (pool.Chance(30))
        {
            yield return pool.Word("TYPE");
            yield return pool.Word(pool.Pick<string>("string", "hash", "bogus"));
        }

        if (pool.Chance(10))
        {
            yield return pool.Word(pool.Pick<string>("COUNT", "MATCH", "bogus"));
        }
    }

    private static IEnumerable<byte[]> CopyOptions(ArgumentPool pool)
    {
        if (pool.Chance(40))
        {
            yield return pool.Word("DB");
            yield return pool.Chance(95) ? pool.Number(0, 4) : ArgumentPool.Bytes("16");
        }

        if (pool.Chance(40))
        {
            yield return pool.Word(pool.Pick<string>("REPLACE", "REPLACE", "REPLACE", "DB", "bogus"));
        }
    }

    private static IEnumerable<byte[]> Conditions(ArgumentPool pool)
    {
        if (pool.Chance(40))
        {
            yield return pool.Word(pool.Pick<string>("NX", "XX", "GT", "LT"));
        }

        if (pool.Chance(10))
        {
            yield return pool.Word(pool.Pick<string>("NX", "XX", "GT", "LT", "bogus"));
        }
    }
}
