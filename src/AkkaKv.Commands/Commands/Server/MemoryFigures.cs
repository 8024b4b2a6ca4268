using AkkaKv.Commands.Commands.Connection;
using AkkaKv.Commands.Hosting;
using AkkaKv.Commands.Sessions;

namespace AkkaKv.Commands.Commands.Server;

/// <summary>
/// Where memory goes, as INFO and MEMORY STATS show it, in bytes. <see cref="Used"/> is the native memory of the data and nothing else, so it is
/// the figure that <c>maxmemory</c> limits, and near zero on an empty server. Connections and replication buffers lie outside of it (on Redis,
/// inside), as do the runtime and its managed heap: the process's whole is <c>used_memory_rss</c>.
/// </summary>
/// <param name="Used">The data: keys, values, tables, with the allocator's rounding.</param>
/// <param name="Startup">What the tables took when the server began.</param>
/// <param name="NormalClients">Connections of clients.</param>
/// <param name="ReplicaClients">Connections of replicas, and what they keep of the replication buffer beyond the backlog's size.</param>
/// <param name="Backlog">The backlog's part of the replication buffer.</param>
/// <param name="ReplicationBuffers">The replication buffer.</param>
internal sealed record MemoryFigures(
    long Used, long Startup, long NormalClients, long ReplicaClients, long Backlog, long ReplicationBuffers)
{
    /// <summary>What the data added since then.</summary>
    public long DataSet => Used - Startup;

    /// <summary>The figures as of now.</summary>
    public static MemoryFigures Of(CommandEngine engine)
    {
        ReplicationFacts replication = engine.Replication.GetFacts();

        // Without replicas the whole buffer is the backlog's: it is just not cut yet.
        long backlog = !replication.BacklogActive ? 0
            : replication.Replicas.Count == 0 ? replication.BufferBytes
            : Math.Min(replication.BufferBytes, replication.BacklogSize);
        long normal = 0;
        long replicas = replication.BufferBytes - backlog;
        foreach (ClientSession session in engine.Sessions.All)
        {
            if (session.Kind == SessionKind.Replica)
            {
                replicas += ClientMemory.Of(session);
            }
            else
            {
                normal += ClientMemory.Of(session);
            }
        }

        return new MemoryFigures(engine.Store.UsedMemory, engine.StartupMemory, normal, replicas, backlog, replication.BufferBytes);
    }
}
