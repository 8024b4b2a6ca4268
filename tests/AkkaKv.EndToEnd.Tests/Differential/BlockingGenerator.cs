namespace AkkaKv.EndToEnd.Tests.Differential;

/// <summary>Draws what several connections do with a few lists and sorted sets: additions, pops that wait, transactions, and what else makes keys come and go.</summary>
internal sealed class BlockingGenerator(Random random)
{
    /// <summary>The requests of one connection that stand together: one, or a transaction.</summary>
    /// <param name="mayWait">Whether the connection may be left waiting.</param>
    public string[] Step(bool mayWait)
    {
        int kind = random.Next(100);
        if (kind < 12)
        {
            // Inside a transaction nothing waits.
            return ["MULTI", .. Enumerable.Range(0, random.Next(1, 7)).Select(_ => random.Next(4) == 0 ? Waiting() : Plain()), "EXEC"];
        }

        return [mayWait && kind < 60 ? Waiting() : Plain()];
    }

    private string Plain() => random.Next(30) switch
    {
        < 5 => $"LPUSH {Key()} {Elements()}",
        < 10 => $"RPUSH {Key()} {Elements()}",
        10 => $"LMOVE {Key()} {Key()} {End()} {End()}",
        11 => $"RPOPLPUSH {Key()} {Key()}",
        12 => $"RENAME {Key()} {Key()}",
        13 => $"COPY {Key()} {Key()}",
        14 => $"DEL {Key()}",
        15 => $"SET {Key()} string",
        16 => $"MOVE {Key()} {random.Next(2)}",
        17 => $"SELECT {random.Next(2)}",
        18 => $"LPOP {Key()} 2",
        19 => $"LRANGE {Key()} 0 -1",
        20 => $"PEXPIRE {Key()} -1",
        21 => $"LPUSHX {Key()} {Elements()}",
        22 => $"ZREM {Key()} m1 m2",
        23 => $"ZUNIONSTORE {Key()} 2 {Key()} {Key()}",
        24 => $"ZRANGE {Key()} 0 -1 WITHSCORES",
        _ => $"ZADD {Key()} {random.Next(5)} m{random.Next(9)} {random.Next(5)} m{random.Next(9)}",
    };

    private string Waiting() => random.Next(10) switch
    {
        0 => $"BLPOP {Keys()} {Timeout()}",
        1 => $"BRPOP {Keys()} {Timeout()}",
        2 => $"BLMOVE {Key()} {Key()} {End()} {End()} {Timeout()}",
        3 => $"BRPOPLPUSH {Key()} {Key()} {Timeout()}",
        4 => $"BLMPOP {Timeout()} 2 {Key()} {Key()} {End()} COUNT {random.Next(1, 4)}",
        5 => $"BZPOPMIN {Keys()} {Timeout()}",
        6 => $"BZPOPMAX {Keys()} {Timeout()}",
        7 => $"BZMPOP {Timeout()} 2 {Key()} {Key()} MIN COUNT {random.Next(1, 4)}",
        8 => $"BZMPOP {Timeout()} 1 {Key()} MAX",
        _ => $"BLMPOP {Timeout()} 1 {Key()} {End()}",
    };

    private string Key() => $"k{random.Next(5)}";

    private string Keys() => string.Join(' ', Enumerable.Range(0, random.Next(1, 4)).Select(_ => Key()));

    private string Elements() => string.Join(' ', Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(1000)));

    private string End() => random.Next(2) == 0 ? "LEFT" : "RIGHT";

    private string Timeout() => random.Next(12) switch
    {
        0 => "-1",
        1 => "abc",
        2 => "100.5",
        3 => "1e2",
        _ => "0",
    };
}
