namespace AkkaKv.Persistence.Rdb;

/// <summary>Bounds on what an RDB may make the reader do. They are checked on the declared length, before memory is taken for it.</summary>
/// <param name="StringLengthMax">Longest key or value, in bytes, after decompression (Redis: proto-max-bulk-len, 512 MB).</param>
/// <param name="VerifyChecksum">False ignores a wrong checksum (Redis: rdbchecksum no). A checksum of zero means "not computed" in any case.</param>
public sealed record RdbLimits(int StringLengthMax = 512 * 1024 * 1024, bool VerifyChecksum = true)
{
    public static RdbLimits Default { get; } = new();
}
