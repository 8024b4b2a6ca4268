namespace AkkaKv.Persistence.Rdb;

/// <summary>The record kinds of an RDB file that are not a key with its value (rdb.h of Redis 7).</summary>
internal static class RdbOpcode
{
    public const byte SlotInfo = 244;
    public const byte Function2 = 245;
    public const byte FunctionPreGa = 246;
    public const byte ModuleAux = 247;
    public const byte Idle = 248;
    public const byte Frequency = 249;
    public const byte Aux = 250;
    public const byte ResizeDatabase = 251;
    public const byte ExpireTimeMs = 252;
    public const byte ExpireTime = 253;
    public const byte SelectDatabase = 254;
    public const byte EndOfFile = 255;
}

/// <summary>The value types of an RDB file. The numbers are Redis's and never change meaning.</summary>
internal static class RdbValueType
{
    public const byte String = 0;
    public const byte List = 1;
    public const byte Set = 2;
    public const byte SortedSet = 3;
    public const byte Hash = 4;
    public const byte SortedSet2 = 5;
    public const byte ModuleOld = 6;
    public const byte Module = 7;
    public const byte HashZipmap = 9;
    public const byte ListZiplist = 10;
    public const byte SetIntset = 11;
    public const byte SortedSetZiplist = 12;
    public const byte HashZiplist = 13;
    public const byte ListQuicklist = 14;
    public const byte StreamListpacks = 15;
    public const byte HashListpack = 16;
    public const byte SortedSetListpack = 17;
    public const byte ListQuicklist2 = 18;
    public const byte StreamListpacks2 = 19;
    public const byte SetListpack = 20;
    public const byte StreamListpacks3 = 21;
    public const byte HashMetadata = 24;
    public const byte HashListpackExpiry = 25;

    private static readonly string[] Names =
    [
        "string", "list", "set", "sorted set", "hash", "sorted set, binary scores", "module, old form", "module", "unassigned",
        "hash, zipmap", "list, ziplist", "set, intset", "sorted set, ziplist", "hash, ziplist", "list, quicklist", "stream, listpacks",
        "hash, listpack", "sorted set, listpack", "list, quicklist 2", "stream, listpacks 2", "set, listpack", "stream, listpacks 3",
        "hash, field expiry, old form", "hash, listpack with field expiry, old form", "hash, field expiry",
        "hash, listpack with field expiry",
    ];

    /// <summary>A name for messages, for example "list, quicklist 2".</summary>
    public static string NameOf(byte type) => type < Names.Length ? Names[type] : "unknown";
}

/// <summary>The special encodings of a string, in the low six bits of a length byte whose high bits are both set.</summary>
internal static class RdbStringEncoding
{
    public const byte Marker = 0b1100_0000;
    public const byte Int8 = 0;
    public const byte Int16 = 1;
    public const byte Int32 = 2;
    public const byte Lzf = 3;
}
