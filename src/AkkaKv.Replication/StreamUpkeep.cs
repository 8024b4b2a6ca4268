namespace AkkaKv.Replication;

/// <summary>What a <see cref="StreamUpkeep"/> wants done.</summary>
public enum UpkeepEffect
{
    /// <summary>Append PING to the stream, so that replicas see that the link lives.</summary>
    AppendPing,

    /// <summary>Drop the history that nobody came back for (<see cref="ReplicationHistory.StopBacklog"/>).</summary>
    StopBacklog,
}

/// <summary>
/// A master's periodic duties for its stream: a PING each repl-ping-replica-period while there are replicas, and the end of the backlog
/// repl-backlog-ttl after the last one left. `now` is monotonic milliseconds.
/// </summary>
/// <param name="pingPeriodMs">repl-ping-replica-period, in milliseconds.</param>
/// <param name="backlogTtlMs">repl-backlog-ttl, in milliseconds; 0 keeps the backlog for ever.</param>
public sealed class StreamUpkeep(long pingPeriodMs = 10_000, long backlogTtlMs = 3_600_000)
{
    private long? _pingedAt;
    private long? _aloneSince;

    /// <summary>repl-ping-replica-period, in milliseconds.</summary>
    public long PingPeriodMs { get; set; } = pingPeriodMs;

    /// <summary>repl-backlog-ttl, in milliseconds; 0 keeps the backlog for ever.</summary>
    public long BacklogTtlMs { get; set; } = backlogTtlMs;

    /// <summary>Call about once a second.</summary>
    /// <param name="now">Now.</param>
    /// <param name="isMaster">A replica passes its master's stream on and has no such duties; its backlog is for the day of its promotion.</param>
    /// <param name="replicaCount">How many replicas are attached.</param>
    /// <param name="hasBacklog">Whether history is kept.</param>
    /// <param name="outbox">Where the effects go.</param>
    public void Step(long now, bool isMaster, int replicaCount, bool hasBacklog, List<UpkeepEffect> outbox)
    {
        if (!isMaster)
        {
            _pingedAt = _aloneSince = null;
            return;
        }

        if (replicaCount > 0)
        {
            _aloneSince = null;
            _pingedAt ??= now;
            if (now - _pingedAt < PingPeriodMs)
                return;
            _pingedAt = now;
            outbox.Add(UpkeepEffect.AppendPing);
            return;
        }

        _pingedAt = null;
        if (!hasBacklog || BacklogTtlMs == 0)
        {
            _aloneSince = null;
            return;
        }

        _aloneSince ??= now;
        if (now - _aloneSince < BacklogTtlMs)
            return;
        _aloneSince = null;
        outbox.Add(UpkeepEffect.StopBacklog);
    }
}

/// <summary>Commands that the master itself puts into the stream.</summary>
public static class StreamCommands
{
    public static ReadOnlySpan<byte> Ping => "*1\r\n$4\r\nPING\r\n"u8;

    public static ReadOnlySpan<byte> GetAck => "*3\r\n$8\r\nREPLCONF\r\n$6\r\nGETACK\r\n$1\r\n*\r\n"u8;
}
