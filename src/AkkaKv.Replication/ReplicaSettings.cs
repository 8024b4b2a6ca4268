namespace AkkaKv.Replication;

/// <summary>A master's rules for the links of its replicas. Times in milliseconds, sizes in bytes.</summary>
/// <param name="TimeoutMs">repl-timeout: a replica that says nothing for so long is disconnected.</param>
/// <param name="KeepAliveMs">How often a replica that waits for its snapshot gets a newline, so that it does not give up.</param>
/// <param name="LagHardMax">client-output-buffer-limit replica, hard: behind by more, it is disconnected at once. 0 for no limit.</param>
/// <param name="LagSoftMax">client-output-buffer-limit replica, soft: behind by more for <paramref name="LagSoftMs"/>, it is disconnected. 0 for no limit.</param>
/// <param name="LagSoftMs">See <paramref name="LagSoftMax"/>.</param>
public sealed record ReplicaSettings(
    long TimeoutMs = 60_000,
    long KeepAliveMs = 1_000,
    long LagHardMax = 256L * 1024 * 1024,
    long LagSoftMax = 64L * 1024 * 1024,
    long LagSoftMs = 60_000);
