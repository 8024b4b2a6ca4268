using System.Text;

namespace AkkaKv.Persistence.Rdb;

/// <summary>What stands at the beginning of an RDB about the server that writes it, in the order in which Redis writes it.</summary>
/// <param name="ServerVersion">redis-ver: the version of Redis whose format and commands this server has.</param>
/// <param name="CreatedAtSeconds">ctime: Unix time in seconds.</param>
/// <param name="UsedMemory">used-mem: memory taken by the data, in bytes.</param>
/// <param name="Replication">Where in which replication history the data stand, or null if that means nothing.</param>
public sealed record RdbPreamble(string ServerVersion, long CreatedAtSeconds, long UsedMemory, RdbReplicationFacts? Replication)
{
    /// <summary>The version of Redis whose RDB format is written.</summary>
    public const string CompatibleVersion = "7.0.15";

    /// <summary>The texts of the server's libraries of functions.</summary>
    public IReadOnlyList<byte[]> FunctionLibraries { get; init; } = [];

    internal void WriteTo(RdbWriter writer)
    {
        writer.Header();
        writer.Aux("redis-ver"u8, Encoding.ASCII.GetBytes(ServerVersion));
        writer.Aux("redis-bits"u8, 64);
        writer.Aux("ctime"u8, CreatedAtSeconds);
        writer.Aux("used-mem"u8, UsedMemory);
        if (Replication is { } replication)
        {
            writer.Aux("repl-stream-db"u8, replication.StreamDatabase);
            writer.Aux("repl-id"u8, Encoding.ASCII.GetBytes(replication.Id));
            writer.Aux("repl-offset"u8, replication.Offset);
        }

        writer.Aux("aof-base"u8, 0);
        foreach (var library in FunctionLibraries)
            writer.FunctionLibrary(library);
    }
}

/// <summary>Where in which replication history the data of an RDB stand.</summary>
/// <param name="StreamDatabase">The database that the stream has selected at this point.</param>
/// <param name="Id">The replication id, 40 hexadecimal digits.</param>
/// <param name="Offset">The replication offset.</param>
public sealed record RdbReplicationFacts(int StreamDatabase, string Id, long Offset);
