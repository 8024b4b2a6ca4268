using AkkaKv.Commands.Commands.Connection;
using AkkaKv.Commands.Hosting;
using AkkaKv.Commands.Sessions;

namespace AkkaKv.Commands.Execution.Eviction;

/// <summary>
/// The memory that <c>maxmemory</c> limits: the data, the connections of clients with their buffers, the backlog's part of the replication buffer. As
/// in Redis, what replicas have not fetched yet does not count: evicting for it would make more of it.
/// </summary>
/// <remarks>
/// The data is exact at every moment. To walk all connections for each command would cost more than the command, so the rest is as it was when it was
/// looked at last, some tenth of a second ago.
/// </remarks>
internal sealed class CountedMemory(CommandEngine engine)
{
    private long _aroundData;

    /// <summary>Bytes that count.</summary>
    public long Bytes => engine.Store.UsedMemory + _aroundData;

    /// <summary>Looks at connections and backlog again, if anybody wants to know.</summary>
    public void Refresh()
    {
        if (engine.Settings.MaxMemory == 0)
        {
            _aroundData = 0;
            return;
        }

        long bytes = BacklogOf(engine.Replication.GetFacts());
        foreach (ClientSession session in engine.Sessions.InAnyOrder)
        {
            if (session.Kind != SessionKind.Replica)
            {
                bytes += ClientMemory.Of(session);
            }
        }

        _aroundData = bytes;
    }

    /// <summary>The backlog's part of the replication buffer. Without replicas the whole buffer is the backlog's: it is just not cut yet.</summary>
    public static long BacklogOf(ReplicationFacts replication) =>
        !replication.BacklogActive ? 0
        : replication.Replicas.Count == 0 ? replication.BufferBytes
        : Math.Min(replication.BufferBytes, replication.BacklogSize);
}
