namespace AkkaKv.Persistence.Rdb;

/// <summary>The bytes are not an RDB file that can be loaded. Nothing after <see cref="Offset"/> was given to the sink.</summary>
public sealed class RdbFormatException(string problem, long offset)
    : Exception($"RDB: {problem} at offset {offset}")
{
    /// <summary>Where, in bytes from the beginning of the RDB, the record starts that could not be read.</summary>
    public long Offset { get; } = offset;

    /// <summary>What is wrong, without the offset.</summary>
    public string Problem { get; } = problem;
}
