namespace AkkaKv.EndToEnd.Tests.Differential;

/// <summary>Draws DUMP and RESTORE with payloads of every type, good and damaged ones, and all options.</summary>
internal static class SerializationGenerators
{
    /// <summary>The generators over payloads that a real Redis has made.</summary>
    /// <param name="payloads">What DUMP answered.</param>
    public static Func<ArgumentPool, IEnumerable<byte[]>>[] All(byte[][] payloads) =>
    [
        pool => [pool.Word("RESTORE"), pool.Key(), Ttl(pool), Payload(pool, payloads), .. Options(pool)],
        pool => [pool.Word("RESTORE"), pool.Key(), ArgumentPool.Bytes("0"), Payload(pool, payloads), pool.Word("REPLACE")],
        pool => [pool.Word("RESTORE"), pool.Key(), ArgumentPool.Bytes("0"), Payload(pool, payloads), pool.Word("REPLACE")],
        pool => [pool.Word("RESTORE"), pool.Key(), pool.UnixMilliseconds(), Payload(pool, payloads), pool.Word("REPLACE"), pool.Word("ABSTTL")],
        pool => [pool.Word("RESTORE"), pool.Key(), pool.UnixMilliseconds(), Payload(pool, payloads), pool.Word("ABSTTL"), pool.Word("REPLACE")],
        pool => [pool.Word("DEL"), pool.Key()],
        pool => [pool.Word("DEBUG"), pool.Word("DIGEST-VALUE"), pool.Key(), pool.Key(), pool.Key()],
        pool => [pool.Word("DEBUG"), pool.Word("DIGEST")],
        pool => [pool.Word("OBJECT"), pool.Word("ENCODING"), pool.Key()],
        pool => pool.Chance(20) ? [pool.Word("SET"), pool.Key(), pool.Value()] : [pool.Word("PERSIST"), pool.Key()],
        pool => [pool.Word("RENAME"), pool.Key(), pool.Key()],
    ];

    private static byte[] Ttl(ArgumentPool pool) => ArgumentPool.Bytes(pool.Chance(70) ? "0" : pool.Pick<string>("-1", "abc", "", "1.5", "99999999999999999999"));

    private static byte[] Payload(ArgumentPool pool, byte[][] payloads)
    {
        byte[] payload = [.. pool.Pick<byte[]>(payloads)];
        switch (pool.Random.Next(12))
        {
            case 0:
                payload[pool.Random.Next(payload.Length)] ^= 1;
                break;
            case 1:
                payload = payload[..pool.Random.Next(payload.Length)];
                break;
        }

        return payload;
    }

    private static IEnumerable<byte[]> Options(ArgumentPool pool)
    {
        for (int count = pool.Random.Next(4); count > 0; count--)
        {
            switch (pool.Random.Next(5))
            {
                case 0:
                    yield return pool.Word("IDLETIME");
                    yield return pool.Number(-3, 100_000);
                    break;
                case 1:
                    yield return pool.Word("FREQ");
                    yield return pool.Number(-3, 300);
                    break;
                default:
                    yield return pool.Word(pool.Pick<string>("REPLACE", "REPLACE", "bogus", "IDLETIME", "FREQ"));
                    break;
            }
        }
    }
}
