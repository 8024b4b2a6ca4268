namespace AkkaKv.Keyspace.Values.Streams;

/// <summary>How a stream is trimmed.</summary>
/// <param name="MaxLength">How many entries stay, or null if <paramref name="MinId"/> decides.</param>
/// <param name="MinId">Entries with smaller ids go.</param>
/// <param name="IsApproximate">Only whole nodes go.</param>
/// <param name="Limit">About how many entries go at most; 0: no limit.</param>
public readonly record struct StreamTrim(long? MaxLength, StreamId MinId, bool IsApproximate, long Limit);
