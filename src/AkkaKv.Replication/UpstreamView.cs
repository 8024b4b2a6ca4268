namespace AkkaKv.Replication;

/// <summary>The link to the master at some moment, with the instants from which INFO's "seconds ago" are counted (monotonic milliseconds).</summary>
/// <param name="Host">master_host.</param>
/// <param name="Port">master_port.</param>
/// <param name="State">How far the link is.</param>
/// <param name="LastIoAt">When something last came from the master; null without a connection.</param>
/// <param name="DownSince">When the stream stopped; null while it flows and if it never did.</param>
/// <param name="Sync">The running full resynchronisation, if there is one.</param>
public sealed record UpstreamView(string Host, int Port, UpstreamState State, long? LastIoAt, long? DownSince, SyncProgress? Sync)
{
    /// <summary>master_last_io_seconds_ago; -1 without a connection.</summary>
    public long LastIoSecondsAgo(long now) => LastIoAt is { } at ? (now - at) / 1000 : -1;

    /// <summary>master_link_down_since_seconds; -1 if the link was never up.</summary>
    public long DownSeconds(long now) => DownSince is { } since ? (now - since) / 1000 : -1;
}

/// <summary>A full resynchronisation in progress.</summary>
/// <param name="TotalBytes">master_sync_total_bytes; 0 while not known.</param>
/// <param name="ReadBytes">master_sync_read_bytes.</param>
public sealed record SyncProgress(long TotalBytes, long ReadBytes);
