using System.Globalization;
using AkkaKv.Actors.Settings;
using AkkaKv.Commands.Configuration;

namespace AkkaKv.Actors.Keyspace;

/// <summary>From the node's settings to what CONFIG GET shows: each parameter of Redis's has the value that is in force here.</summary>
internal static class EngineConfiguration
{
    /// <summary>The settings of a new engine.</summary>
    public static ServerSettings Of(NodeSettings settings)
    {
        var (gateway, replication) = (settings.Gateway, settings.Replication);
        var engine = new ServerSettings
        {
            Databases = settings.Keyspace.Databases,
            MaxMemory = settings.Keyspace.MaxMemory,
            ActiveDefrag = settings.Keyspace.ActiveDefrag,
            MaxMemoryPolicy = settings.Keyspace.EvictionPolicy,
            MaxMemorySamples = settings.Keyspace.EvictionSamples,
            MaxMemoryEvictionTenacity = settings.Keyspace.EvictionTenacity,
            ReplicaIgnoreMaxMemory = replication.IgnoreMaxMemory,
            LfuLogFactor = settings.Keyspace.LfuLogFactor,
            LfuDecayMinutes = (int)settings.Keyspace.LfuDecayTime.TotalMinutes,
            RequirePass = gateway.Password,
            AclFile = gateway.AclFile.Length == 0 ? "" : Path.GetFullPath(gateway.AclFile),
            UserLines = gateway.UserLines,
            MaxClients = gateway.MaxClients,
            IdleTimeoutSeconds = (int)gateway.IdleTimeout.TotalSeconds,
            ProtoMaxBulkLength = gateway.MaxBulkLength,
            ReplicaReadOnly = replication.ReadOnly,
            ReplicaServeStaleData = replication.ServeStaleData,
            ReplicaPriority = replication.Priority,
            MinReplicasToWrite = replication.MinReplicasToWrite,
            MinReplicasMaxLagSeconds = (int)replication.MinReplicasMaxLag.TotalSeconds,
        };
        engine.Held["bind"] = gateway.Host;
        engine.Held["port"] = Text(gateway.Port);
        engine.Held["tcp-keepalive"] = Text((long)gateway.TcpKeepalive.TotalSeconds);
        engine.Held["tcp-backlog"] = Text(gateway.Backlog);
        engine.Held["protected-mode"] = gateway.ProtectedMode ? "yes" : "no";
        engine.Held["client-query-buffer-limit"] = Text(gateway.QueryBufferLimit);
        engine.Held["client-output-buffer-limit"] =
            $"normal {Text(gateway.NormalOutput)} slave {Text(gateway.ReplicaOutput)} pubsub {Text(gateway.PubSubOutput)}";
        engine.Held["dir"] = Path.GetFullPath(settings.StateDirectory);
        engine.Held["save"] = settings.Persistence.Save;
        engine.Held["dbfilename"] = settings.Persistence.FileName;
        engine.Held["rdbcompression"] = settings.Persistence.Compress ? "yes" : "no";
        engine.Held["rdbchecksum"] = settings.Persistence.Checksum ? "yes" : "no";
        engine.Held["stop-writes-on-bgsave-error"] = settings.Persistence.StopWritesOnError ? "yes" : "no";
        engine.Held["replica-announce-ip"] = replication.AnnounceHost;
        engine.Held["replica-announce-port"] = Text(replication.AnnouncePort);
        engine.Held["masteruser"] = replication.MasterUser;
        engine.Held["masterauth"] = replication.MasterPassword;
        engine.Held["repl-timeout"] = Text((long)replication.Timeout.TotalSeconds);
        engine.Held["repl-ping-replica-period"] = Text((long)replication.PingPeriod.TotalSeconds);
        engine.Held["repl-backlog-size"] = Text(replication.BacklogSize);
        return engine;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(OutputBufferLimit limit) =>
        string.Create(CultureInfo.InvariantCulture, $"{limit.HardBytes} {limit.SoftBytes} {(long)limit.SoftTime.TotalSeconds}");
}
