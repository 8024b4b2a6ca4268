namespace AkkaKv.Actors.Network;

/// <summary>Bytes that passed the sockets of a node. Counted from many threads.</summary>
public sealed class TrafficCounters
{
    private long _received;
    private long _sent;

    /// <summary>Bytes received so far.</summary>
    public long Received => Volatile.Read(ref _received);

    /// <summary>Bytes sent so far.</summary>
    public long Sent => Volatile.Read(ref _sent);

    /// <summary>Counts received bytes.</summary>
    public void AddReceived(int bytes) => Interlocked.Add(ref _received, bytes);

    /// <summary>Counts sent bytes.</summary>
    public void AddSent(int bytes) => Interlocked.Add(ref _sent, bytes);
}
