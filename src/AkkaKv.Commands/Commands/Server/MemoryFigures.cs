using AkkaKv.Commands.Commands.Connection;
using AkkaKv.Commands.Execution.Eviction;
using AkkaKv.Commands.Hosting;
using AkkaKv.Commands.Sessions;
using AkkaKv.Keyspace;

namespace AkkaKv.Commands.Commands.Server;

/// <summary>
/// Where memory goes, as INFO and MEMORY STATS show it, in bytes. <see cref="Used"/> is what Redis's used_memory is: all that data, clients and
/// replication take and that is known exactly; so it can be compared with maxmemory, after <see cref="NotCounted"/> was taken off, as tools do. The
/// runtime and its managed heap beyond that lie outside of it, as code and stacks do in Redis: the process's whole is used_memory_rss, and
/// rss_overhead_bytes says how much of it is not the data's.
/// </summary>
internal sealed record MemoryFigures
{
    /// <summary>The layout of the data's memory.</summary>
    public required StoreMemory Store { get; init; }

    /// <summary>What the tables took when the server began.</summary>
    public required long Startup { get; init; }

    /// <summary>Old values and flushed databases that running snapshots need.</summary>
    public required long Snapshots { get; init; }

    /// <summary>What was detached from the data and is freed in the background.</summary>
    public required long PendingFree { get; init; }

    /// <summary>Connections of clients, that of the master included.</summary>
    public required long NormalClients { get; init; }

    /// <summary>Connections of replicas, and what they keep of the replication buffer beyond the backlog's size.</summary>
    public required long ReplicaClients { get; init; }

    /// <summary>The backlog's part of the replication buffer.</summary>
    public required long Backlog { get; init; }

    /// <summary>The replication buffer.</summary>
    public required long ReplicationBuffers { get; init; }

    /// <summary>Buckets of the hash tables of all databases.</summary>
    public required long Tables { get; init; }

    /// <summary>Indexes of expiries of all databases.</summary>
    public required long ExpiryIndexes { get; init; }

    /// <summary>Keys of all databases.</summary>
    public required long Keys { get; init; }

    /// <summary>The process, as the operating system counts it.</summary>
    public required long Resident { get; init; }

    /// <summary>The sum of it all.</summary>
    public long Used => Store.Used + Snapshots + PendingFree + NormalClients + ReplicaClients + Backlog;

    /// <summary>What maxmemory does not limit: it would not become less by removing keys.</summary>
    public long NotCounted => Snapshots + PendingFree + ReplicaClients;

    /// <summary>What is used for something else than keys and values.</summary>
    public long Overhead => Startup + Snapshots + PendingFree + NormalClients + ReplicaClients + Backlog + Tables + ExpiryIndexes;

    /// <summary>Keys and values.</summary>
    public long DataSet => Math.Max(Used - Overhead, 0);

    /// <summary>The part of the data set in what came since the start, 0 to 1.</summary>
    public double DataSetShare => Ratio(DataSet, Used - Startup);

    /// <summary>How much more than was asked for lies in pages that are in use: gaps.</summary>
    public double Fragmentation => Ratio(Store.Active, Store.Used);

    /// <summary>The figures as of now.</summary>
    public static MemoryFigures Of(CommandEngine engine)
    {
        ReplicationFacts replication = engine.Replication.GetFacts();
        long backlog = CountedMemory.BacklogOf(replication);
        long normal = 0;
        long replicas = replication.BufferBytes - backlog;
        foreach (ClientSession session in engine.Sessions.InAnyOrder)
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

        long keys = 0;
        long tables = 0;
        long expiryIndexes = 0;
        for (int i = 0; i < engine.Store.DatabaseCount; i++)
        {
            keys += engine.Store[i].Count;
            tables += engine.Store[i].TableMemory;
            expiryIndexes += engine.Store[i].ExpiryMemory;
        }

        var figures = new MemoryFigures
        {
            Store = engine.Store.DescribeMemory(),
            Startup = engine.StartupMemory,
            Snapshots = engine.Store.SnapshotMemory,
            PendingFree = engine.LazyFree.PendingBytes,
            NormalClients = normal,
            ReplicaClients = replicas,
            Backlog = backlog,
            ReplicationBuffers = replication.BufferBytes,
            Tables = tables,
            ExpiryIndexes = expiryIndexes,
            Keys = keys,
            Resident = engine.Server.GetCounters().ResidentBytes,
        };
        engine.Statistics.RecordMemory(figures.Used, engine.Server.UnixTimeMicroseconds / 1_000_000);
        return figures;
    }

    /// <summary>A part of a whole; 0 of nothing.</summary>
    public static double Ratio(long part, long whole) => whole == 0 ? 0 : (double)part / whole;
}
