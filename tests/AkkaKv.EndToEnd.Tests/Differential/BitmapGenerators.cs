namespace AkkaKv.EndToEnd.Tests.Differential;

/// <summary>Draws commands on bits.</summary>
internal static class BitmapGenerators
{
    public static readonly Func<ArgumentPool, IEnumerable<byte[]>>[] All =
    [
        pool => [pool.Word("SETBIT"), pool.Key(), pool.BitOffset(), Bit(pool)],
        pool => [pool.Word("SETBIT"), pool.Key(), pool.BitOffset(), Bit(pool)],
        pool => [pool.Word("GETBIT"), pool.Key(), pool.BitOffset()],
        pool => [pool.Word("BITCOUNT"), pool.Key(), .. Range(pool)],
        pool => [pool.Word("BITPOS"), pool.Key(), Bit(pool), .. Range(pool)],
        pool => [pool.Word("BITPOS"), pool.Key(), Bit(pool), pool.Number(-10, 10)],
        pool => [pool.Word("BITOP"), pool.Word(pool.Pick<string>("AND", "OR", "XOR", "NOT", "NAND")), pool.Key(), .. StringGenerators.Several(pool, pool.Key)],
        pool => [pool.Word("BITOP"), pool.Word("NOT"), pool.Key(), pool.Key()],
        pool => [pool.Word("BITFIELD"), pool.Key(), .. Operations(pool, readOnly: false)],
        pool => [pool.Word("BITFIELD"), pool.Key(), .. Operations(pool, readOnly: false)],
        pool => [pool.Word("BITFIELD_RO"), pool.Key(), .. Operations(pool, readOnly: pool.Chance(80))],
    ];

    private static byte[] Bit(ArgumentPool pool) =>
        ArgumentPool.Bytes(pool.Chance(95) ? pool.Pick<string>("0", "1") : pool.Pick<string>("2", "-1", "x", ""));

    private static IEnumerable<byte[]> Range(ArgumentPool pool)
    {
        if (pool.Chance(75))
        {
            yield return pool.Number(-80, 80);
            yield return pool.Number(-80, 80);
            if (pool.Chance(65))
            {
                yield return pool.Word(pool.Pick<string>("BIT", "BIT", "BYTE", "BITE"));
            }
        }
    }

    private static IEnumerable<byte[]> Operations(ArgumentPool pool, bool readOnly)
    {
        bool mayFail = !readOnly && pool.Chance(30);
        if (mayFail)
        {
            // Redis makes the value long enough and then does not propagate that when every operation fails; ours does. So one has to succeed.
            foreach (string word in (string[])["SET", "u1", "9199", "1", "SET", "u1", "9199", "0"])
            {
                yield return ArgumentPool.Bytes(word);
            }
        }

        for (int left = pool.Random.Next(5); left > 0; left--)
        {
            switch (readOnly ? 0 : pool.Random.Next(5))
            {
                case 0:
                    yield return pool.Word("GET");
                    yield return Type(pool);
                    yield return pool.BitOffset();
                    break;
                case 1 or 2:
                    yield return pool.Word("SET");
                    yield return Type(pool);
                    yield return pool.BitOffset();
                    yield return pool.Chance(85) ? pool.Number(-300, 300) : pool.OddNumber();
                    break;
                case 3:
                    yield return pool.Word("INCRBY");
                    yield return Type(pool);
                    yield return pool.BitOffset();
                    yield return pool.Chance(85) ? pool.Number(-300, 300) : pool.OddNumber();
                    break;
                default:
                    yield return pool.Word("OVERFLOW");
                    yield return pool.Word(pool.Chance(97) ? pool.Pick<string>("WRAP", "SAT", mayFail ? "FAIL" : "SAT") : "NONE");
                    break;
            }
        }
    }

    private static byte[] Type(ArgumentPool pool) => ArgumentPool.Bytes(pool.Chance(96)
        ? pool.Pick<string>("u", "i") + pool.Random.Next(1, 64)
        : pool.Pick<string>("i64", "i64", "u64", "i65", "u0", "8", "I8", "u", ""));
}
