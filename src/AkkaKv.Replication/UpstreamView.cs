namespace AkkaKv.Replication;

/// <summary>The link to the master as INFO shows it.</summary>
/// <param name="Host">master_host.</param>
/// <param name="Port">master_port.</param>
/// <param name="State">How far the link is.</param>
/// <param name="LastIoSecondsAgo">master_last_io_seconds_ago; -1 without a connection.</param>
/// <param name="DownSeconds">master_link_down_since_seconds; -1 if it was never up.</param>
/// <param name="Sync">The running full resynchronisation, if there is one.</param>
public sealed record UpstreamView(string Host, int Port, UpstreamState State, long LastIoSecondsAgo, long DownSeconds, SyncProgress? Sync);

/// <summary>A full resynchronisation in progress.</summary>
/// <param name="TotalBytes">master_sync_total_bytes; 0 while not known.</param>
/// <param name="ReadBytes">master_sync_read_bytes.</param>
/// <param name="LastIoSecondsAgo">master_sync_last_io_seconds_ago.</param>
public sealed record SyncProgress(long TotalBytes, long ReadBytes, long LastIoSecondsAgo);
