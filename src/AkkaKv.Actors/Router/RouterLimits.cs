namespace AkkaKv.Actors.Router;

/// <summary>Bounds on what a router keeps for one client while there is no master.</summary>
/// <param name="ParkTimeoutMs">How long a request waits for a master before it is answered with an error.</param>
/// <param name="ParkBytesMax">How many bytes of requests wait; beyond that nothing more is read from the client.</param>
/// <param name="DrainTimeoutMs">How long a master that was replaced may take to answer what it was sent before.</param>
public sealed record RouterLimits(long ParkTimeoutMs, long ParkBytesMax, long DrainTimeoutMs)
{
    /// <summary>5 s, 1 MiB and 1 s.</summary>
    public static RouterLimits Default { get; } = new(5_000, 1024 * 1024, 1_000);
}
