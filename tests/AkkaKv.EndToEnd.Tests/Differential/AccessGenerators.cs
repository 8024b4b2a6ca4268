namespace AkkaKv.EndToEnd.Tests.Differential;

/// <summary>Draws users, their rules, and commands that may be refused to them.</summary>
internal static class AccessGenerators
{
    public static readonly string[] Users = ["alice", "bob", "carol"];

    private static readonly string[] Commands =
    [
        "GET x1", "GET y", "SET x1 v", "SET y v GET", "MGET x1 y x2", "DEL x1", "RENAME x1 x2", "COPY x1 y", "APPEND x1 a", "BITFIELD x1 GET u8 0", "BITFIELD x1 SET u8 0 1",
        "SADD x3 a", "SUNIONSTORE x3 x4 y1", "SINTERCARD 2 x3 x4", "SINTERCARD 9 x3", "HSET x5 f v", "HGETALL y5", "EXISTS y", "TYPE x1", "OBJECT ENCODING x1", "PUBLISH c1 m",
        "PUBLISH d m", "SELECT 0", "SELECT 1", "CONFIG GET maxmemory", "CONFIG SET maxmemory 0", "PING", "ECHO hi", "DBSIZE", "ACL WHOAMI", "ACL USERS", "CLIENT REPLY ON", "CLIENT GETNAME",
        "PFADD x6 a", "PFCOUNT x6", "PFMERGE x7 x6", "EXPIRE x1 100", "TTL x1", "KEYS nosuch", "SCAN 0 MATCH nosuch COUNT 1000", "COMMAND GETKEYS GET x", "SMOVE x3 x4 a", "LCS x1 x2", "GETEX x1", "PFCOUNT x6 y",
    ];

    private static readonly string[] Rules =
    [
        "on", "on", "on", "off", "nopass", "resetpass", ">pw", ">other", "<pw", "<missing", "#30c952fab122c3f9759f02a6d95c3758b246b4fee239957b2d4fee46e26170c4", "#abc", "!abc",
        "~*", "allkeys", "resetkeys", "~x*", "~y?", "%R~x*", "%W~y*", "%RW~z*", "%r~w", "%X~a", "%~a", "%R", "~with space", "&*", "allchannels", "resetchannels", "&c*", "&d",
        "+@all", "-@all", "allcommands", "nocommands", "+@read", "-@read", "+@write", "-@write", "+@fast", "-@slow", "-@dangerous", "+@string", "-@string", "+@set", "+@hash",
        "+@admin", "-@admin", "+@connection", "-@connection", "+@keyspace", "+@pubsub", "+@scripting", "+@nosuch", "+@hyperloglog", "-@hyperloglog", "+@bitmap", "+@transaction",
        "+get", "-get", "+set", "-set", "+config", "-config", "+config|get", "-config|set", "+client|id", "-client", "+acl|whoami", "+select|0", "+select|1", "-select", "+object|encoding",
        "+publish", "-publish", "+subscribe", "+nosuch", "-nosuch", "+get|x", "+config|nosuch", "+config|get|x", "+get|", "reset", "clearselectors", "sanitize-payload",
        "skip-sanitize-payload", "bogus", "", "(~x* +get)", "(+@all ~y*", "%R~x* +@read)", "(%W~x* +set -get)", "()", "(+nosuch)", "(~q",
    ];

    /// <summary>One step: rules, questions, or a login with what the user then tries.</summary>
    public static List<Request> Step(ArgumentPool pool)
    {
        string user = pool.Pick<string>(Users);
        switch (pool.Random.Next(12))
        {
            case < 5:
                return [new Request([.. Request.Of("ACL", "SETUSER", user).Arguments, .. Enumerable.Range(0, pool.Random.Next(5)).Select(_ => Rule(pool))])];
            case 5:
                return [Request.Of("ACL", "GETUSER", user)];
            case 6:
                return [Request.Of("ACL", "LIST")];
            case 7 when pool.Chance(30):
                return [Request.Of("ACL", "DELUSER", user)];
            case < 10:
                return [new Request([.. Request.Of("ACL", "DRYRUN", user).Arguments, .. Command(pool).Arguments])];
            default:
                return [Request.Of("AUTH", user, pool.Pick<string>("pw", "pw", "other", "wrong")), .. Attempts(pool), Request.Of("RESET"), Request.Of("HELLO", "3")];
        }
    }

    private static IEnumerable<Request> Attempts(ArgumentPool pool)
    {
        if (pool.Chance(20))
        {
            return [Request.Of("MULTI"), Command(pool), Command(pool), Request.Of(pool.Pick<string>("EXEC", "EXEC", "DISCARD"))];
        }

        return Enumerable.Range(0, pool.Random.Next(1, 5)).Select(_ => Command(pool));
    }

    private static byte[] Rule(ArgumentPool pool) => ArgumentPool.Bytes(pool.Pick<string>(Rules));

    private static Request Command(ArgumentPool pool) => Request.Of(pool.Pick<string>(Commands).Split(' '));
}
