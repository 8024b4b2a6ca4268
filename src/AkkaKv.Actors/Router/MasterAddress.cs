namespace AkkaKv.Actors.Router;

/// <summary>Where the router forwards to; another epoch is another target even if the address is the same.</summary>
/// <param name="Host">Name or address of the master.</param>
/// <param name="Port">Its client port.</param>
/// <param name="ConfigEpoch">The epoch of the failover that made it the master; the larger one is the newer.</param>
internal sealed record MasterAddress(string Host, int Port, long ConfigEpoch);
