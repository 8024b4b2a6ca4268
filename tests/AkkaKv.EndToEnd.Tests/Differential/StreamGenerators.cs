using System.Globalization;

namespace AkkaKv.EndToEnd.Tests.Differential;

/// <summary>Draws commands on streams, and a few that give their keys other values. Nothing waits, and no id is taken from the clock.</summary>
internal static class StreamGenerators
{
    public static readonly Func<ArgumentPool, IEnumerable<byte[]>>[] All =
    [
        pool => [pool.Word("XADD"), Key(pool), NewId(pool), .. Fields(pool)],
        pool => [pool.Word("XADD"), Key(pool), NewId(pool), .. Fields(pool)],
        pool => [pool.Word("XADD"), Key(pool), NewId(pool), .. Fields(pool)],
        pool => [pool.Word("XADD"), Key(pool), NewId(pool), .. Fields(pool)],
        pool => [pool.Word("XADD"), Key(pool), NewId(pool), Text("f"), Text("v"), Text("g"), pool.Value()],
        pool => [pool.Word("XADD"), Key(pool), .. AddOptions(pool), NewId(pool), .. Fields(pool)],
        pool => [pool.Word("XADD"), Key(pool), .. pool.Chance(30) ? [OddId(pool)] : new[] { NewId(pool) }, .. Fields(pool)],
        pool => [pool.Word("XTRIM"), Key(pool), .. Trim(pool)],
        pool => [pool.Word("XDEL"), Key(pool), .. StringGenerators.Several(pool, () => Id(pool))],
        pool => [pool.Word("XDEL"), Key(pool), .. StringGenerators.Several(pool, () => Id(pool))],
        pool => [pool.Word("XLEN"), Key(pool)],
        pool => [pool.Word("XRANGE"), Key(pool), Start(pool), End(pool), .. Count(pool)],
        pool => [pool.Word("XREVRANGE"), Key(pool), End(pool), Start(pool), .. Count(pool)],
        pool => [pool.Word("XREAD"), .. Count(pool), .. Streams(pool, "$")],
        pool => [pool.Word("XREAD"), .. pool.Chance(20) ? [Text("NOACK")] : pool.Chance(20) ? [Text("BLOCK"), Text("-1")] : Array.Empty<byte[]>(), .. Streams(pool, "$")],
        pool => [pool.Word("XREADGROUP"), pool.Word("GROUP"), Group(pool), Consumer(pool), .. Count(pool), .. Streams(pool, ">")],
        pool => [pool.Word("XREADGROUP"), pool.Word("GROUP"), Group(pool), Consumer(pool), .. pool.Chance(30) ? [pool.Word("NOACK")] : Array.Empty<byte[]>(), .. OneStream(pool)],
        pool => [pool.Word("XREADGROUP"), pool.Word("GROUP"), Group(pool), Consumer(pool), .. Count(pool), .. OneStream(pool)],
        pool => [pool.Word("XREADGROUP"), pool.Word("GROUP"), Group(pool), Consumer(pool), .. Count(pool), .. OneStream(pool)],
        pool => [pool.Word("XACK"), Key(pool), Group(pool), .. StringGenerators.Several(pool, () => Id(pool))],
        pool => [pool.Word("XGROUP"), pool.Word("CREATE"), Key(pool), Group(pool), GroupStart(pool), .. GroupOptions(pool, "MKSTREAM")],
        pool => [pool.Word("XGROUP"), pool.Word("CREATE"), Key(pool), Group(pool), GroupStart(pool), .. GroupOptions(pool, "MKSTREAM")],
        pool => [pool.Word("XGROUP"), pool.Word("SETID"), Key(pool), Group(pool), GroupStart(pool), .. GroupOptions(pool, "bogus")],
        pool => [pool.Word("XGROUP"), pool.Word(pool.Chance(50) ? "DESTROY" : "bogus"), Key(pool), Group(pool)],
        pool => [pool.Word("XGROUP"), pool.Word(pool.Chance(60) ? "CREATECONSUMER" : "DELCONSUMER"), Key(pool), Group(pool), Consumer(pool)],
        pool => [pool.Word("XPENDING"), Key(pool), Group(pool), .. PendingOptions(pool)],
        pool => [pool.Word("XPENDING"), Key(pool), Group(pool), .. PendingOptions(pool)],
        pool => [pool.Word("XCLAIM"), Key(pool), Group(pool), Consumer(pool), Idle(pool), .. StringGenerators.Several(pool, () => Id(pool)), .. ClaimOptions(pool)],
        pool => [pool.Word("XCLAIM"), Key(pool), Group(pool), Consumer(pool), Idle(pool), .. StringGenerators.Several(pool, () => Id(pool)), .. ClaimOptions(pool)],
        pool => [pool.Word("XAUTOCLAIM"), Key(pool), Group(pool), Consumer(pool), Idle(pool), Start(pool), .. AutoClaimOptions(pool)],
        pool => [pool.Word("XINFO"), pool.Word("STREAM"), Key(pool), .. InfoOptions(pool)],
        pool => [pool.Word("XINFO"), pool.Word("GROUPS"), Key(pool)],
        pool => [pool.Word("XINFO"), pool.Word("CONSUMERS"), Key(pool), Group(pool)],
        pool => pool.Chance(50) ? [pool.Word("XSETID"), Key(pool), Id(pool), .. SetIdOptions(pool)] : [pool.Word("XLEN"), Key(pool)],
        pool => pool.Chance(20) ? [pool.Word("DEL"), Key(pool)] : [pool.Word("TYPE"), Key(pool)],
        pool => [pool.Word("COPY"), Key(pool), pool.Key(), .. pool.Chance(50) ? [pool.Word("REPLACE")] : Array.Empty<byte[]>()],
        pool => pool.Chance(20) ? [pool.Word("RENAME"), Key(pool), Key(pool)] : [pool.Word("OBJECT"), pool.Word("ENCODING"), Key(pool)],
        pool => pool.Chance(20) ? [pool.Word("SET"), pool.Key(), pool.Value()] : [pool.Word("EXPIRE"), pool.Key(), pool.Seconds()],
    ];

    private static byte[] Text(string text) => ArgumentPool.Bytes(text);

    private static byte[] Key(ArgumentPool pool) => pool.Chance(95) ? Text(pool.Pick<string>("a", "b", "c")) : pool.Key();

    private static byte[] Group(ArgumentPool pool) => Text(pool.Chance(95) ? pool.Pick<string>("g1", "g2") : pool.Pick<string>("g3", "", "g\0x", "a"));

    private static byte[] Consumer(ArgumentPool pool) => Text(pool.Chance(95) ? pool.Pick<string>("alice", "bob", "al") : pool.Pick<string>("", "z\0y"));

    private static byte[] NewId(ArgumentPool pool) => Text($"{pool.Ascending()}{pool.Pick("", "-*", "-*", "-*", "-1", "-7")}");

    private static byte[] OddId(ArgumentPool pool) => Text(pool.Pick<string>(
        "0-0", "0", "-", "+", "", "1-", "-1", "1-1-1", "abc", "1-abc", "+1-1", " 5-1", "01-01", "5--3", "5--03", "18446744073709551615-18446744073709551615",
        "18446744073709551616", "5-*x", "*-1", "1 -1", "5-5\0x", "9223372036854775808-5", "18446744073709551615-*", "0-*"));

    private static byte[] Id(ArgumentPool pool) => pool.Chance(4) ? OddId(pool)
        : Text($"{Math.Max(0, pool.LastAscending - pool.Random.Next(pool.Chance(70) ? 12 : 120))}{pool.Pick("-0", "-0", "-1", "-7", "")}");

    private static byte[] Start(ArgumentPool pool) => pool.Chance(40) ? Text("-") : Excluded(pool, Id(pool));

    private static byte[] End(ArgumentPool pool) => pool.Chance(40) ? Text("+") : Excluded(pool, Id(pool));

    private static byte[] Excluded(ArgumentPool pool, byte[] id) => pool.Chance(20) ? [(byte)'(', .. id] : id;

    private static IEnumerable<byte[]> Fields(ArgumentPool pool)
    {
        int count = pool.Chance(5) ? pool.Random.Next(0, 40) : pool.Pick(1, 1, 2, 3);
        bool usual = pool.Chance(60);
        for (int i = 0; i < count; i++)
        {
            yield return usual ? Text($"f{i}") : pool.Chance(10) ? pool.Value() : Text(pool.Pick<string>("f0", "f1", "12", "g"));
            yield return pool.Chance(25) ? pool.Letters(pool.Random.Next(1500)) : pool.Value();
        }
    }

    private static IEnumerable<byte[]> AddOptions(ArgumentPool pool) =>
        [.. pool.Chance(30) ? [pool.Word("NOMKSTREAM")] : Array.Empty<byte[]>(), .. pool.Chance(70) ? Trim(pool) : []];

    private static IEnumerable<byte[]> Trim(ArgumentPool pool)
    {
        bool byLength = pool.Chance(50);
        yield return pool.Word(pool.Chance(96) ? byLength ? "MAXLEN" : "MINID" : "bogus");
        string sign = pool.Pick<string>("", "=", "~", "~");
        if (sign.Length > 0)
        {
            yield return Text(sign);
        }

        yield return byLength ? pool.Number(-1, 80) : Id(pool);
        if (pool.Chance(sign == "~" ? 40 : 4))
        {
            yield return pool.Word("LIMIT");
            yield return pool.Number(-1, 30);
        }
    }

    private static IEnumerable<byte[]> Count(ArgumentPool pool)
    {
        if (pool.Chance(50))
        {
            yield return pool.Word("COUNT");
            yield return pool.Number(-1, 12);
        }
    }

    private static IEnumerable<byte[]> Streams(ArgumentPool pool, string newest)
    {
        int count = pool.Random.Next(1, 4);
        yield return pool.Word("STREAMS");
        for (int i = 0; i < count; i++)
        {
            yield return Key(pool);
        }

        for (int i = pool.Chance(97) ? 0 : 1; i < count; i++)
        {
            yield return pool.Chance(30) ? Text(newest) : pool.Chance(4) ? Text(pool.Pick<string>("$", ">")) : Id(pool);
        }
    }

    private static IEnumerable<byte[]> OneStream(ArgumentPool pool) => [pool.Word("STREAMS"), Key(pool), pool.Chance(70) ? Text(">") : Id(pool)];

    private static byte[] GroupStart(ArgumentPool pool) => pool.Chance(40) ? Text(pool.Pick<string>("0", "0", "$", "+", "-")) : Id(pool);

    private static IEnumerable<byte[]> GroupOptions(ArgumentPool pool, string word)
    {
        if (pool.Chance(word == "bogus" ? 4 : 60))
        {
            yield return pool.Word(word);
        }

        if (pool.Chance(20))
        {
            yield return pool.Word("ENTRIESREAD");
            yield return pool.Number(-2, 100);
        }
    }

    private static IEnumerable<byte[]> PendingOptions(ArgumentPool pool)
    {
        if (pool.Chance(30))
        {
            yield break;
        }

        if (pool.Chance(30))
        {
            yield return pool.Word("IDLE");
            yield return Idle(pool);
        }

        yield return Start(pool);
        yield return End(pool);
        yield return pool.Number(-1, 12);
        if (pool.Chance(40))
        {
            yield return Consumer(pool);
        }
    }

    /// <summary>Nothing here is ever a hundred seconds old, but for what IDLE and TIME made so.</summary>
    private static byte[] Idle(ArgumentPool pool) => Text(pool.Chance(90) ? pool.Pick<string>("0", "0", "-5", "100000", "1000000000") : pool.Pick<string>("abc", "1.5", ""));

    private static IEnumerable<byte[]> ClaimOptions(ArgumentPool pool)
    {
        foreach (string option in (string[])["IDLE", "TIME", "RETRYCOUNT", "FORCE", "JUSTID", "LASTID", "bogus"])
        {
            if (!pool.Chance(option == "bogus" ? 3 : option == "FORCE" ? 40 : 15))
            {
                continue;
            }

            yield return pool.Word(option);
            switch (option)
            {
                case "IDLE":
                    yield return Text(pool.Pick<string>("0", "1000000", "-5", "9223372036854775807", "abc"));
                    break;
                case "TIME":
                    yield return Text(pool.Pick<string>("1500000000000", "1600000000000", "-1", "9999999999999", "abc"));
                    break;
                case "RETRYCOUNT":
                    yield return pool.Number(-2, 20);
                    break;
                case "LASTID":
                    yield return Id(pool);
                    break;
            }
        }
    }

    private static IEnumerable<byte[]> AutoClaimOptions(ArgumentPool pool)
    {
        if (pool.Chance(50))
        {
            yield return pool.Word("COUNT");
            yield return pool.Number(-1, 12);
        }

        if (pool.Chance(40))
        {
            yield return pool.Word(pool.Chance(95) ? "JUSTID" : "bogus");
        }
    }

    private static IEnumerable<byte[]> InfoOptions(ArgumentPool pool)
    {
        if (pool.Chance(60))
        {
            yield return pool.Word(pool.Chance(96) ? "FULL" : "bogus");
            if (pool.Chance(50))
            {
                yield return pool.Word(pool.Chance(96) ? "COUNT" : "bogus");
                yield return pool.Number(-1, 12);
            }
        }
    }

    private static IEnumerable<byte[]> SetIdOptions(ArgumentPool pool)
    {
        if (pool.Chance(40))
        {
            yield return pool.Word("ENTRIESADDED");
            yield return Text(pool.Chance(80) ? pool.Random.Next(1000).ToString(CultureInfo.InvariantCulture) : pool.Pick<string>("-1", "abc"));
        }

        if (pool.Chance(40))
        {
            yield return pool.Word("MAXDELETEDID");
            yield return Id(pool);
        }
    }
}
