namespace AkkaKv.Tests.Commands;

/// <summary>What a reply looks like: its form in RESP2 and RESP3.</summary>
internal enum ReplyShape
{
    /// <summary>None: the connection is handed over or ends.</summary>
    None,

    /// <summary>The simple string OK.</summary>
    Ok,

    /// <summary>Another simple string.</summary>
    Simple,

    /// <summary>An integer.</summary>
    Integer,

    /// <summary>A bulk string.</summary>
    Bulk,

    /// <summary>A bulk string in RESP2, verbatim text in RESP3.</summary>
    Text,

    /// <summary>A bulk string in RESP2, a double in RESP3.</summary>
    Double,

    /// <summary>Null.</summary>
    Null,

    /// <summary>An array.</summary>
    Array,

    /// <summary>An array of pairs in RESP2, a map in RESP3.</summary>
    Map,

    /// <summary>An array in RESP2, a set in RESP3.</summary>
    Set,

    /// <summary>An array in RESP2, a push in RESP3.</summary>
    Push,

    /// <summary>An error: all that this server can answer, because what the command is about is not there.</summary>
    Error,
}

/// <summary>One request that a served row must execute.</summary>
/// <param name="Row">The row's full name.</param>
/// <param name="Request">The request, its arguments divided by blanks.</param>
/// <param name="Shape">What it answers.</param>
/// <param name="Before">Requests that come first.</param>
internal sealed record CommandSample(string Row, string Request, ReplyShape Shape, params string[] Before);

/// <summary>
/// A sample for every served row. Beforehand <c>s</c> is "abc", <c>n</c> is "5", and <c>t</c> is "x" and expires in 100 seconds.
/// </summary>
internal static class ServedCommandSamples
{
    /// <summary>The digest of the script <c>return(1)</c>.</summary>
    private const string ReturnOne = "930269f31393d0be681588b6ab08dccee7d6bb67";

    /// <summary>Loads a library with the function f; tabs, because blanks divide arguments.</summary>
    private const string LoadLibrary =
        "FUNCTION LOAD #!lua\tname=lib\nredis.register_function{function_name='f',callback=function()return(1)end,flags={'no-writes'}}";

    public static readonly CommandSample[] All =
    [
        // Geo.
        new("geoadd", "GEOADD g 13.361389 38.115556 p", ReplyShape.Integer),
        new("geodist", "GEODIST g p c km", ReplyShape.Bulk, "GEOADD g 13.361389 38.115556 p 15.087269 37.502669 c"),
        new("geohash", "GEOHASH g p c", ReplyShape.Array, "GEOADD g 13.361389 38.115556 p 15.087269 37.502669 c"),
        new("geopos", "GEOPOS g p x", ReplyShape.Array, "GEOADD g 13.361389 38.115556 p 15.087269 37.502669 c"),
        new("georadius", "GEORADIUS g 15 37 200 km", ReplyShape.Array, "GEOADD g 13.361389 38.115556 p 15.087269 37.502669 c"),
        new("georadius_ro", "GEORADIUS_RO g 15 37 200 km WITHDIST", ReplyShape.Array, "GEOADD g 13.361389 38.115556 p 15.087269 37.502669 c"),
        new("georadiusbymember", "GEORADIUSBYMEMBER g p 200 km STORE x", ReplyShape.Integer, "GEOADD g 13.361389 38.115556 p 15.087269 37.502669 c"),
        new("georadiusbymember_ro", "GEORADIUSBYMEMBER_RO g p 200 km DESC", ReplyShape.Array, "GEOADD g 13.361389 38.115556 p 15.087269 37.502669 c"),
        new("geosearch", "GEOSEARCH g FROMLONLAT 15 37 BYBOX 400 400 km", ReplyShape.Array, "GEOADD g 13.361389 38.115556 p 15.087269 37.502669 c"),
        new("geosearchstore", "GEOSEARCHSTORE x g FROMMEMBER p BYRADIUS 200 km", ReplyShape.Integer, "GEOADD g 13.361389 38.115556 p 15.087269 37.502669 c"),

        // Sorted sets.
        new("bzmpop", "BZMPOP 1 1 z MIN", ReplyShape.Array, "ZADD z 1 a 2 b"),
        new("bzpopmax", "BZPOPMAX z 1", ReplyShape.Array, "ZADD z 1 a 2 b"),
        new("bzpopmin", "BZPOPMIN z 1", ReplyShape.Array, "ZADD z 1 a 2 b"),
        new("zadd", "ZADD z 1 a 2 b", ReplyShape.Integer),
        new("zcard", "ZCARD z", ReplyShape.Integer, "ZADD z 1 a 2 b"),
        new("zcount", "ZCOUNT z 1 (2", ReplyShape.Integer, "ZADD z 1 a 2 b"),
        new("zdiff", "ZDIFF 2 z y", ReplyShape.Array, "ZADD z 1 a 2 b"),
        new("zdiffstore", "ZDIFFSTORE x 2 z y", ReplyShape.Integer, "ZADD z 1 a 2 b"),
        new("zincrby", "ZINCRBY z 2.5 a", ReplyShape.Double, "ZADD z 1 a 2 b"),
        new("zinter", "ZINTER 2 z z WITHSCORES", ReplyShape.Array, "ZADD z 1 a 2 b"),
        new("zintercard", "ZINTERCARD 2 z z LIMIT 1", ReplyShape.Integer, "ZADD z 1 a 2 b"),
        new("zinterstore", "ZINTERSTORE x 2 z z WEIGHTS 1 2", ReplyShape.Integer, "ZADD z 1 a 2 b"),
        new("zlexcount", "ZLEXCOUNT z - +", ReplyShape.Integer, "ZADD z 1 a 1 b"),
        new("zmpop", "ZMPOP 2 y z MAX COUNT 2", ReplyShape.Array, "ZADD z 1 a 2 b"),
        new("zmscore", "ZMSCORE z a c", ReplyShape.Array, "ZADD z 1 a 2 b"),
        new("zpopmax", "ZPOPMAX z", ReplyShape.Array, "ZADD z 1 a 2 b"),
        new("zpopmin", "ZPOPMIN z 2", ReplyShape.Array, "ZADD z 1 a 2 b"),
        new("zrandmember", "ZRANDMEMBER z", ReplyShape.Bulk, "ZADD z 1 a 2 b"),
        new("zrange", "ZRANGE z 0 -1 WITHSCORES", ReplyShape.Array, "ZADD z 1 a 2 b"),
        new("zrangebylex", "ZRANGEBYLEX z [a +", ReplyShape.Array, "ZADD z 1 a 1 b"),
        new("zrangebyscore", "ZRANGEBYSCORE z -inf 1", ReplyShape.Array, "ZADD z 1 a 2 b"),
        new("zrangestore", "ZRANGESTORE x z 0 -1", ReplyShape.Integer, "ZADD z 1 a 2 b"),
        new("zrank", "ZRANK z b", ReplyShape.Integer, "ZADD z 1 a 2 b"),
        new("zrem", "ZREM z a c", ReplyShape.Integer, "ZADD z 1 a 2 b"),
        new("zremrangebylex", "ZREMRANGEBYLEX z - +", ReplyShape.Integer, "ZADD z 1 a 1 b"),
        new("zremrangebyrank", "ZREMRANGEBYRANK z 0 0", ReplyShape.Integer, "ZADD z 1 a 2 b"),
        new("zremrangebyscore", "ZREMRANGEBYSCORE z 1 +inf", ReplyShape.Integer, "ZADD z 1 a 2 b"),
        new("zrevrange", "ZREVRANGE z 0 0", ReplyShape.Array, "ZADD z 1 a 2 b"),
        new("zrevrangebylex", "ZREVRANGEBYLEX z + -", ReplyShape.Array, "ZADD z 1 a 1 b"),
        new("zrevrangebyscore", "ZREVRANGEBYSCORE z 5 0", ReplyShape.Array, "ZADD z 1 a 2 b"),
        new("zrevrank", "ZREVRANK z b", ReplyShape.Integer, "ZADD z 1 a 2 b"),
        new("zscan", "ZSCAN z 0", ReplyShape.Array, "ZADD z 1 a 2 b"),
        new("zscore", "ZSCORE z a", ReplyShape.Double, "ZADD z 1 a 2 b"),
        new("zunion", "ZUNION 2 z y AGGREGATE MAX", ReplyShape.Array, "ZADD z 1 a 2 b"),
        new("zunionstore", "ZUNIONSTORE x 2 z y", ReplyShape.Integer, "ZADD z 1 a 2 b"),

        // Hashes.
        new("hdel", "HDEL h a b", ReplyShape.Integer, "HSET h a 1"),
        new("hexists", "HEXISTS h a", ReplyShape.Integer, "HSET h a 1"),
        new("hget", "HGET h a", ReplyShape.Bulk, "HSET h a 1"),
        new("hgetall", "HGETALL h", ReplyShape.Map, "HSET h a 1"),
        new("hincrby", "HINCRBY h a 2", ReplyShape.Integer, "HSET h a 1"),
        new("hincrbyfloat", "HINCRBYFLOAT h a 2.5", ReplyShape.Bulk, "HSET h a 1"),
        new("hkeys", "HKEYS h", ReplyShape.Array, "HSET h a 1"),
        new("hlen", "HLEN h", ReplyShape.Integer, "HSET h a 1"),
        new("hmget", "HMGET h a b", ReplyShape.Array, "HSET h a 1"),
        new("hmset", "HMSET h a 1 b 2", ReplyShape.Ok),
        new("hrandfield", "HRANDFIELD h", ReplyShape.Bulk, "HSET h a 1"),
        new("hscan", "HSCAN h 0", ReplyShape.Array, "HSET h a 1"),
        new("hset", "HSET h a 1 b 2", ReplyShape.Integer),
        new("hsetnx", "HSETNX h a 1", ReplyShape.Integer),
        new("hstrlen", "HSTRLEN h a", ReplyShape.Integer, "HSET h a 1"),
        new("hvals", "HVALS h", ReplyShape.Array, "HSET h a 1"),

        // Lists.
        new("blmove", "BLMOVE l m LEFT RIGHT 0", ReplyShape.Bulk, "RPUSH l a b"),
        new("blmpop", "BLMPOP 0 2 m l LEFT", ReplyShape.Array, "RPUSH l a b"),
        new("blpop", "BLPOP m l 0", ReplyShape.Array, "RPUSH l a b"),
        new("brpop", "BRPOP m l 0", ReplyShape.Array, "RPUSH l a b"),
        new("brpoplpush", "BRPOPLPUSH l m 0", ReplyShape.Bulk, "RPUSH l a b"),
        new("lindex", "LINDEX l 1", ReplyShape.Bulk, "RPUSH l a b"),
        new("linsert", "LINSERT l BEFORE b x", ReplyShape.Integer, "RPUSH l a b"),
        new("llen", "LLEN l", ReplyShape.Integer, "RPUSH l a b"),
        new("lmove", "LMOVE l m LEFT RIGHT", ReplyShape.Bulk, "RPUSH l a b"),
        new("lmpop", "LMPOP 2 m l LEFT COUNT 2", ReplyShape.Array, "RPUSH l a b"),
        new("lpop", "LPOP l", ReplyShape.Bulk, "RPUSH l a b"),
        new("lpos", "LPOS l b", ReplyShape.Integer, "RPUSH l a b"),
        new("lpush", "LPUSH l a b", ReplyShape.Integer),
        new("lpushx", "LPUSHX l a b", ReplyShape.Integer, "RPUSH l a b"),
        new("lrange", "LRANGE l 0 -1", ReplyShape.Array, "RPUSH l a b"),
        new("lrem", "LREM l 0 a", ReplyShape.Integer, "RPUSH l a b"),
        new("lset", "LSET l 0 x", ReplyShape.Ok, "RPUSH l a b"),
        new("ltrim", "LTRIM l 1 -1", ReplyShape.Ok, "RPUSH l a b"),
        new("rpop", "RPOP l 2", ReplyShape.Array, "RPUSH l a b"),
        new("rpoplpush", "RPOPLPUSH l l", ReplyShape.Bulk, "RPUSH l a b"),
        new("rpush", "RPUSH l a b", ReplyShape.Integer),
        new("rpushx", "RPUSHX l a b", ReplyShape.Integer, "RPUSH l a b"),

        // Streams.
        new("xack", "XACK x g 1-1", ReplyShape.Integer, "XGROUP CREATE x g $ MKSTREAM"),
        new("xadd", "XADD x 1-1 f v", ReplyShape.Bulk),
        new("xautoclaim", "XAUTOCLAIM x g c 0 -", ReplyShape.Array, "XGROUP CREATE x g $ MKSTREAM"),
        new("xclaim", "XCLAIM x g c 0 1-1", ReplyShape.Array, "XGROUP CREATE x g $ MKSTREAM"),
        new("xdel", "XDEL x 1-1", ReplyShape.Integer, "XADD x 1-1 f v"),
        new("xgroup|create", "XGROUP CREATE x g $ MKSTREAM", ReplyShape.Ok),
        new("xgroup|createconsumer", "XGROUP CREATECONSUMER x g c", ReplyShape.Integer, "XGROUP CREATE x g $ MKSTREAM"),
        new("xgroup|delconsumer", "XGROUP DELCONSUMER x g c", ReplyShape.Integer, "XGROUP CREATE x g $ MKSTREAM"),
        new("xgroup|destroy", "XGROUP DESTROY x g", ReplyShape.Integer, "XGROUP CREATE x g $ MKSTREAM"),
        new("xgroup|help", "XGROUP HELP", ReplyShape.Array),
        new("xgroup|setid", "XGROUP SETID x g 5-5", ReplyShape.Ok, "XGROUP CREATE x g $ MKSTREAM"),
        new("xinfo|consumers", "XINFO CONSUMERS x g", ReplyShape.Array, "XGROUP CREATE x g $ MKSTREAM"),
        new("xinfo|groups", "XINFO GROUPS x", ReplyShape.Array, "XGROUP CREATE x g $ MKSTREAM"),
        new("xinfo|help", "XINFO HELP", ReplyShape.Array),
        new("xinfo|stream", "XINFO STREAM x FULL", ReplyShape.Map, "XGROUP CREATE x g $ MKSTREAM"),
        new("xlen", "XLEN x", ReplyShape.Integer, "XADD x 1-1 f v"),
        new("xpending", "XPENDING x g", ReplyShape.Array, "XGROUP CREATE x g $ MKSTREAM"),
        new("xrange", "XRANGE x - +", ReplyShape.Array, "XADD x 1-1 f v"),
        new("xread", "XREAD STREAMS x y 0 0", ReplyShape.Map, "XADD x 1-1 f v", "XADD y 1-1 f v"),
        new("xreadgroup", "XREADGROUP GROUP g c STREAMS x y > 0", ReplyShape.Map, "XGROUP CREATE x g $ MKSTREAM", "XGROUP CREATE y g $ MKSTREAM", "XADD x 1-1 f v"),
        new("xrevrange", "XREVRANGE x + -", ReplyShape.Array, "XADD x 1-1 f v"),
        new("xsetid", "XSETID x 5-5", ReplyShape.Ok, "XADD x 1-1 f v"),
        new("xtrim", "XTRIM x MAXLEN 0", ReplyShape.Integer, "XADD x 1-1 f v"),

        // Strings.
        new("append", "APPEND s d", ReplyShape.Integer),
        new("decr", "DECR n", ReplyShape.Integer),
        new("decrby", "DECRBY n 2", ReplyShape.Integer),
        new("get", "GET s", ReplyShape.Bulk),
        new("getdel", "GETDEL s", ReplyShape.Bulk),
        new("getex", "GETEX s EX 10", ReplyShape.Bulk),
        new("getrange", "GETRANGE s 0 1", ReplyShape.Bulk),
        new("getset", "GETSET s v", ReplyShape.Bulk),
        new("incr", "INCR n", ReplyShape.Integer),
        new("incrby", "INCRBY n 2", ReplyShape.Integer),
        new("incrbyfloat", "INCRBYFLOAT n 0.5", ReplyShape.Bulk),
        new("lcs", "LCS s t", ReplyShape.Bulk),
        new("mget", "MGET s none", ReplyShape.Array),
        new("mset", "MSET a 1 b 2", ReplyShape.Ok),
        new("msetnx", "MSETNX a 1 b 2", ReplyShape.Integer),
        new("psetex", "PSETEX s 1000 v", ReplyShape.Ok),
        new("set", "SET s v", ReplyShape.Ok),
        new("setex", "SETEX s 10 v", ReplyShape.Ok),
        new("setnx", "SETNX a 1", ReplyShape.Integer),
        new("setrange", "SETRANGE s 1 z", ReplyShape.Integer),
        new("strlen", "STRLEN s", ReplyShape.Integer),
        new("substr", "SUBSTR s 0 1", ReplyShape.Bulk),

        // Bits.
        new("bitcount", "BITCOUNT s", ReplyShape.Integer),
        new("bitfield", "BITFIELD s GET u8 0", ReplyShape.Array),
        new("bitfield_ro", "BITFIELD_RO s GET u8 0", ReplyShape.Array),
        new("bitop", "BITOP AND a s t", ReplyShape.Integer),
        new("bitpos", "BITPOS s 1", ReplyShape.Integer),
        new("getbit", "GETBIT s 0", ReplyShape.Integer),
        new("setbit", "SETBIT s 0 1", ReplyShape.Integer),

        // Sets.
        new("sadd", "SADD m a b", ReplyShape.Integer),
        new("scard", "SCARD m", ReplyShape.Integer, "SADD m a b"),
        new("sdiff", "SDIFF m o", ReplyShape.Set, "SADD m a b", "SADD o b"),
        new("sdiffstore", "SDIFFSTORE r m o", ReplyShape.Integer, "SADD m a b", "SADD o b"),
        new("sinter", "SINTER m o", ReplyShape.Set, "SADD m a b", "SADD o b"),
        new("sintercard", "SINTERCARD 2 m o LIMIT 1", ReplyShape.Integer, "SADD m a b", "SADD o b"),
        new("sinterstore", "SINTERSTORE r m o", ReplyShape.Integer, "SADD m a b", "SADD o b"),
        new("sismember", "SISMEMBER m a", ReplyShape.Integer, "SADD m a b"),
        new("smembers", "SMEMBERS m", ReplyShape.Set, "SADD m a b"),
        new("smismember", "SMISMEMBER m a c", ReplyShape.Array, "SADD m a b"),
        new("smove", "SMOVE m o a", ReplyShape.Integer, "SADD m a b"),
        new("spop", "SPOP m", ReplyShape.Bulk, "SADD m a b"),
        new("srandmember", "SRANDMEMBER m", ReplyShape.Bulk, "SADD m a b"),
        new("srem", "SREM m a", ReplyShape.Integer, "SADD m a b"),
        new("sscan", "SSCAN m 0", ReplyShape.Array, "SADD m a b"),
        new("sunion", "SUNION m o", ReplyShape.Set, "SADD m a b", "SADD o b"),
        new("sunionstore", "SUNIONSTORE r m o", ReplyShape.Integer, "SADD m a b", "SADD o b"),

        // HyperLogLogs.
        new("pfadd", "PFADD h a b c", ReplyShape.Integer),
        new("pfcount", "PFCOUNT h", ReplyShape.Integer, "PFADD h a b c"),
        new("pfdebug", "PFDEBUG ENCODING h", ReplyShape.Simple, "PFADD h a b c"),
        new("pfmerge", "PFMERGE g h", ReplyShape.Ok, "PFADD h a b c"),
        new("pfselftest", "PFSELFTEST", ReplyShape.Ok),

        // Keys.
        new("copy", "COPY s a", ReplyShape.Integer),
        new("del", "DEL s none", ReplyShape.Integer),
        new("exists", "EXISTS s none", ReplyShape.Integer),
        new("expire", "EXPIRE s 10", ReplyShape.Integer),
        new("expireat", "EXPIREAT s 2000000000", ReplyShape.Integer),
        new("expiretime", "EXPIRETIME t", ReplyShape.Integer),
        new("keys", "KEYS *", ReplyShape.Array),
        new("move", "MOVE s 1", ReplyShape.Integer),
        new("dump", "DUMP s", ReplyShape.Bulk),
        new("object|encoding", "OBJECT ENCODING s", ReplyShape.Bulk),
        new("object|freq", "OBJECT FREQ s", ReplyShape.Error),
        new("object|help", "OBJECT HELP", ReplyShape.Array),
        new("object|idletime", "OBJECT IDLETIME s", ReplyShape.Integer),
        new("object|refcount", "OBJECT REFCOUNT s", ReplyShape.Integer),
        new("restore", "RESTORE new 0 damaged", ReplyShape.Error),
        new("persist", "PERSIST t", ReplyShape.Integer),
        new("pexpire", "PEXPIRE s 1000", ReplyShape.Integer),
        new("pexpireat", "PEXPIREAT s 2000000000000", ReplyShape.Integer),
        new("pexpiretime", "PEXPIRETIME t", ReplyShape.Integer),
        new("pttl", "PTTL t", ReplyShape.Integer),
        new("randomkey", "RANDOMKEY", ReplyShape.Bulk),
        new("rename", "RENAME s a", ReplyShape.Ok),
        new("renamenx", "RENAMENX s a", ReplyShape.Integer),
        new("scan", "SCAN 0", ReplyShape.Array),
        new("sort", "SORT l BY nosort GET # STORE m", ReplyShape.Integer, "RPUSH l a b"),
        new("sort_ro", "SORT_RO l ALPHA DESC", ReplyShape.Array, "RPUSH l a b"),
        new("touch", "TOUCH s", ReplyShape.Integer),
        new("ttl", "TTL t", ReplyShape.Integer),
        new("type", "TYPE s", ReplyShape.Simple),
        new("unlink", "UNLINK s", ReplyShape.Integer),

        // Scripts and functions.
        new("eval", "EVAL return{1,KEYS[1]} 1 s", ReplyShape.Array),
        new("eval_ro", "EVAL_RO return(redis.call('get',KEYS[1])) 1 s", ReplyShape.Bulk),
        new("evalsha", $"EVALSHA {ReturnOne} 0", ReplyShape.Integer, "SCRIPT LOAD return(1)"),
        new("evalsha_ro", $"EVALSHA_RO {ReturnOne} 0", ReplyShape.Integer, "SCRIPT LOAD return(1)"),
        new("fcall", "FCALL f 0", ReplyShape.Integer, LoadLibrary),
        new("fcall_ro", "FCALL_RO f 0", ReplyShape.Integer, LoadLibrary),
        new("function|delete", "FUNCTION DELETE lib", ReplyShape.Ok, LoadLibrary),
        new("function|dump", "FUNCTION DUMP", ReplyShape.Bulk, LoadLibrary),
        new("function|flush", "FUNCTION FLUSH", ReplyShape.Ok, LoadLibrary),
        new("function|help", "FUNCTION HELP", ReplyShape.Array),
        new("function|kill", "FUNCTION KILL", ReplyShape.Error),
        new("function|list", "FUNCTION LIST", ReplyShape.Array, LoadLibrary),
        new("function|load", LoadLibrary, ReplyShape.Bulk),
        new("function|restore", "FUNCTION RESTORE nonsense", ReplyShape.Error),
        new("function|stats", "FUNCTION STATS", ReplyShape.Map),
        new("script|debug", "SCRIPT DEBUG NO", ReplyShape.Ok),
        new("script|exists", $"SCRIPT EXISTS {ReturnOne}", ReplyShape.Array),
        new("script|flush", "SCRIPT FLUSH", ReplyShape.Ok),
        new("script|help", "SCRIPT HELP", ReplyShape.Array),
        new("script|kill", "SCRIPT KILL", ReplyShape.Error),
        new("script|load", "SCRIPT LOAD return(1)", ReplyShape.Bulk),

        // Data sets.
        new("dbsize", "DBSIZE", ReplyShape.Integer),
        new("flushall", "FLUSHALL", ReplyShape.Ok),
        new("flushdb", "FLUSHDB ASYNC", ReplyShape.Ok),
        new("swapdb", "SWAPDB 0 1", ReplyShape.Ok),

        // Connections.
        new("auth", "AUTH default secret", ReplyShape.Ok),
        new("client|caching", "CLIENT CACHING YES", ReplyShape.Error),
        new("client|getname", "CLIENT GETNAME", ReplyShape.Null),
        new("client|getredir", "CLIENT GETREDIR", ReplyShape.Integer),
        new("client|help", "CLIENT HELP", ReplyShape.Array),
        new("client|id", "CLIENT ID", ReplyShape.Integer),
        new("client|info", "CLIENT INFO", ReplyShape.Text),
        new("client|kill", "CLIENT KILL ID 999", ReplyShape.Integer),
        new("client|list", "CLIENT LIST", ReplyShape.Text),
        new("client|no-evict", "CLIENT NO-EVICT ON", ReplyShape.Ok),
        new("client|no-touch", "CLIENT NO-TOUCH ON", ReplyShape.Ok),
        new("client|pause", "CLIENT PAUSE 10", ReplyShape.Ok),
        new("client|reply", "CLIENT REPLY ON", ReplyShape.Ok),
        new("client|setinfo", "CLIENT SETINFO LIB-NAME sample", ReplyShape.Ok),
        new("client|setname", "CLIENT SETNAME sample", ReplyShape.Ok),
        new("client|tracking", "CLIENT TRACKING ON", ReplyShape.Ok),
        new("client|trackinginfo", "CLIENT TRACKINGINFO", ReplyShape.Map),
        new("client|unblock", "CLIENT UNBLOCK 999", ReplyShape.Integer),
        new("client|unpause", "CLIENT UNPAUSE", ReplyShape.Ok),
        new("echo", "ECHO hello", ReplyShape.Bulk),
        new("hello", "HELLO", ReplyShape.Map),
        new("ping", "PING", ReplyShape.Simple),
        new("quit", "QUIT", ReplyShape.Ok),
        new("reset", "RESET", ReplyShape.Simple),
        new("select", "SELECT 1", ReplyShape.Ok),

        // Transactions.
        new("discard", "DISCARD", ReplyShape.Ok, "MULTI"),
        new("exec", "EXEC", ReplyShape.Array, "MULTI", "GET s"),
        new("multi", "MULTI", ReplyShape.Ok),
        new("unwatch", "UNWATCH", ReplyShape.Ok),
        new("watch", "WATCH s", ReplyShape.Ok),

        // Channels.
        new("psubscribe", "PSUBSCRIBE a*", ReplyShape.Push),
        new("publish", "PUBLISH a hello", ReplyShape.Integer),
        new("pubsub|channels", "PUBSUB CHANNELS", ReplyShape.Array),
        new("pubsub|help", "PUBSUB HELP", ReplyShape.Array),
        new("pubsub|numpat", "PUBSUB NUMPAT", ReplyShape.Integer),
        new("pubsub|numsub", "PUBSUB NUMSUB a", ReplyShape.Array),
        new("pubsub|shardchannels", "PUBSUB SHARDCHANNELS", ReplyShape.Array),
        new("pubsub|shardnumsub", "PUBSUB SHARDNUMSUB a", ReplyShape.Array),
        new("punsubscribe", "PUNSUBSCRIBE", ReplyShape.Push),
        new("spublish", "SPUBLISH a hello", ReplyShape.Integer),
        new("ssubscribe", "SSUBSCRIBE a", ReplyShape.Push),
        new("subscribe", "SUBSCRIBE a", ReplyShape.Push),
        new("sunsubscribe", "SUNSUBSCRIBE", ReplyShape.Push),
        new("unsubscribe", "UNSUBSCRIBE", ReplyShape.Push),

        // The server.
        new("acl|cat", "ACL CAT", ReplyShape.Array),
        new("acl|deluser", "ACL DELUSER u", ReplyShape.Integer, "ACL SETUSER u"),
        new("acl|dryrun", "ACL DRYRUN default GET s", ReplyShape.Ok),
        new("acl|genpass", "ACL GENPASS", ReplyShape.Bulk),
        new("acl|getuser", "ACL GETUSER default", ReplyShape.Map),
        new("acl|help", "ACL HELP", ReplyShape.Array),
        new("acl|list", "ACL LIST", ReplyShape.Array),
        new("acl|load", "ACL LOAD", ReplyShape.Error),
        new("acl|log", "ACL LOG", ReplyShape.Array),
        new("acl|save", "ACL SAVE", ReplyShape.Error),
        new("acl|setuser", "ACL SETUSER u on >p ~k* +@read", ReplyShape.Ok),
        new("acl|users", "ACL USERS", ReplyShape.Array),
        new("acl|whoami", "ACL WHOAMI", ReplyShape.Bulk),
        new("bgsave", "BGSAVE", ReplyShape.Simple),
        new("command", "COMMAND", ReplyShape.Array),
        new("command|count", "COMMAND COUNT", ReplyShape.Integer),
        new("command|docs", "COMMAND DOCS get", ReplyShape.Map),
        new("command|getkeys", "COMMAND GETKEYS GET s", ReplyShape.Array),
        new("command|getkeysandflags", "COMMAND GETKEYSANDFLAGS GET s", ReplyShape.Array),
        new("command|help", "COMMAND HELP", ReplyShape.Array),
        new("command|info", "COMMAND INFO get none", ReplyShape.Array),
        new("command|list", "COMMAND LIST", ReplyShape.Set),
        new("config|get", "CONFIG GET max*", ReplyShape.Map),
        new("config|help", "CONFIG HELP", ReplyShape.Array),
        new("config|resetstat", "CONFIG RESETSTAT", ReplyShape.Ok),
        new("config|rewrite", "CONFIG REWRITE", ReplyShape.Ok),
        new("config|set", "CONFIG SET timeout 7", ReplyShape.Ok),
        new("debug", "DEBUG OBJECT s", ReplyShape.Simple),
        new("info", "INFO everything", ReplyShape.Text),
        new("lastsave", "LASTSAVE", ReplyShape.Integer),
        new("latency|doctor", "LATENCY DOCTOR", ReplyShape.Text),
        new("latency|graph", "LATENCY GRAPH command", ReplyShape.Error),
        new("latency|help", "LATENCY HELP", ReplyShape.Array),
        new("latency|histogram", "LATENCY HISTOGRAM get", ReplyShape.Map),
        new("latency|history", "LATENCY HISTORY command", ReplyShape.Array),
        new("latency|latest", "LATENCY LATEST", ReplyShape.Array),
        new("latency|reset", "LATENCY RESET", ReplyShape.Integer),
        new("lolwut", "LOLWUT", ReplyShape.Text),
        new("memory|doctor", "MEMORY DOCTOR", ReplyShape.Text),
        new("memory|help", "MEMORY HELP", ReplyShape.Array),
        new("memory|malloc-stats", "MEMORY MALLOC-STATS", ReplyShape.Text),
        new("memory|purge", "MEMORY PURGE", ReplyShape.Ok),
        new("memory|stats", "MEMORY STATS", ReplyShape.Map),
        new("memory|usage", "MEMORY USAGE s", ReplyShape.Integer),
        new("module|help", "MODULE HELP", ReplyShape.Array),
        new("module|list", "MODULE LIST", ReplyShape.Array),
        new("monitor", "MONITOR", ReplyShape.Ok),
        new("save", "SAVE", ReplyShape.Ok),
        new("shutdown", "SHUTDOWN NOSAVE", ReplyShape.None),
        new("slowlog|get", "SLOWLOG GET", ReplyShape.Array),
        new("slowlog|help", "SLOWLOG HELP", ReplyShape.Array),
        new("slowlog|len", "SLOWLOG LEN", ReplyShape.Integer),
        new("slowlog|reset", "SLOWLOG RESET", ReplyShape.Ok),
        new("time", "TIME", ReplyShape.Array),

        // Replication.
        new("psync", "PSYNC ? -1", ReplyShape.None),
        new("replconf", "REPLCONF listening-port 7002", ReplyShape.Ok),
        new("replicaof", "REPLICAOF NO ONE", ReplyShape.Ok),
        new("role", "ROLE", ReplyShape.Array),
        new("slaveof", "SLAVEOF 127.0.0.1 7002", ReplyShape.Ok),
        new("sync", "SYNC", ReplyShape.None),
        new("wait", "WAIT 0 0", ReplyShape.Integer),

        // Redis Cluster, which is off.
        new("asking", "ASKING", ReplyShape.Error),
        new("cluster|addslots", "CLUSTER ADDSLOTS 1", ReplyShape.Error),
        new("cluster|addslotsrange", "CLUSTER ADDSLOTSRANGE 1 2", ReplyShape.Error),
        new("cluster|bumpepoch", "CLUSTER BUMPEPOCH", ReplyShape.Error),
        new("cluster|count-failure-reports", "CLUSTER COUNT-FAILURE-REPORTS id", ReplyShape.Error),
        new("cluster|countkeysinslot", "CLUSTER COUNTKEYSINSLOT 1", ReplyShape.Error),
        new("cluster|delslots", "CLUSTER DELSLOTS 1", ReplyShape.Error),
        new("cluster|delslotsrange", "CLUSTER DELSLOTSRANGE 1 2", ReplyShape.Error),
        new("cluster|failover", "CLUSTER FAILOVER", ReplyShape.Error),
        new("cluster|flushslots", "CLUSTER FLUSHSLOTS", ReplyShape.Error),
        new("cluster|forget", "CLUSTER FORGET id", ReplyShape.Error),
        new("cluster|getkeysinslot", "CLUSTER GETKEYSINSLOT 1 1", ReplyShape.Error),
        new("cluster|help", "CLUSTER HELP", ReplyShape.Error),
        new("cluster|info", "CLUSTER INFO", ReplyShape.Error),
        new("cluster|keyslot", "CLUSTER KEYSLOT a", ReplyShape.Error),
        new("cluster|links", "CLUSTER LINKS", ReplyShape.Error),
        new("cluster|meet", "CLUSTER MEET 127.0.0.1 7002", ReplyShape.Error),
        new("cluster|myid", "CLUSTER MYID", ReplyShape.Error),
        new("cluster|nodes", "CLUSTER NODES", ReplyShape.Error),
        new("cluster|replicas", "CLUSTER REPLICAS id", ReplyShape.Error),
        new("cluster|replicate", "CLUSTER REPLICATE id", ReplyShape.Error),
        new("cluster|reset", "CLUSTER RESET", ReplyShape.Error),
        new("cluster|saveconfig", "CLUSTER SAVECONFIG", ReplyShape.Error),
        new("cluster|set-config-epoch", "CLUSTER SET-CONFIG-EPOCH 1", ReplyShape.Error),
        new("cluster|setslot", "CLUSTER SETSLOT 1 STABLE", ReplyShape.Error),
        new("cluster|shards", "CLUSTER SHARDS", ReplyShape.Error),
        new("cluster|slaves", "CLUSTER SLAVES id", ReplyShape.Error),
        new("cluster|slots", "CLUSTER SLOTS", ReplyShape.Error),
        new("readonly", "READONLY", ReplyShape.Error),
        new("readwrite", "READWRITE", ReplyShape.Error),
    ];
}
