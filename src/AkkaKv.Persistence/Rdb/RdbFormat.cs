namespace AkkaKv.Persistence.Rdb;

/// <summary>How an RDB is written.</summary>
/// <param name="Compress">Long strings are compressed where that makes them shorter (<c>rdbcompression</c>): costs time, saves bytes.</param>
/// <param name="Checksum">The file ends in the checksum of its content (<c>rdbchecksum</c>).</param>
public sealed record RdbFormat(bool Compress, bool Checksum)
{
    /// <summary>For a replica: the bytes go once over the network.</summary>
    public static RdbFormat Stream { get; } = new(Compress: false, Checksum: true);
}
