using System.Security.Cryptography;
using AkkaKv.Actors.Settings;
using AkkaKv.Server.Configuration;

namespace AkkaKv.Server.Local;

/// <summary>What a process of the local topology is at the start.</summary>
internal enum LocalRole
{
    /// <summary>The data node that starts as master.</summary>
    Master,

    /// <summary>A data node that starts as replica.</summary>
    Replica,

    /// <summary>A sentinel.</summary>
    Sentinel,

    /// <summary>The router.</summary>
    Router,
}

/// <summary>One process of the local topology.</summary>
/// <param name="Role">What it is at the start.</param>
/// <param name="Name">Its name in the cluster.</param>
/// <param name="Address">Its RESP port.</param>
/// <param name="RemotingPort">Its port in the cluster.</param>
/// <param name="Hocon">Its configuration file.</param>
internal sealed record PlannedProcess(LocalRole Role, string Name, HostPort Address, int RemotingPort, string Hocon);

/// <summary>Who runs where in a local topology, and with which configuration.</summary>
internal sealed class LocalPlan
{
    /// <summary>The name under which the sentinels know the master.</summary>
    public const string MasterName = "mymaster";

    private const string Host = "127.0.0.1";

    /// <summary>All processes, in the order in which they are shown.</summary>
    public required IReadOnlyList<PlannedProcess> Processes { get; init; }

    /// <summary>The router's address: what plain clients use.</summary>
    public HostPort Router => Processes.Single(process => process.Role == LocalRole.Router).Address;

    /// <summary>The sentinels' addresses.</summary>
    public IEnumerable<HostPort> Sentinels => Processes.Where(process => process.Role == LocalRole.Sentinel).Select(process => process.Address);

    /// <summary>The number of replicas.</summary>
    public int Replicas => Processes.Count(process => process.Role == LocalRole.Replica);

    /// <summary>Plans a topology whose state and logs live in <paramref name="directory"/>.</summary>
    public static LocalPlan Create(LocalOptions options, string directory)
    {
        int[] sentinelPorts = [.. Enumerable.Range(options.BasePort + 11, options.Sentinels)];
        int masterPort = options.BasePort + 1;
        string common = $$"""
              data-dir = {{HoconText.Quote(directory)}}
              cluster {
                host = "{{Host}}"
                seeds = {{HoconText.List(sentinelPorts.Select(port => $"{Host}:{port + LocalOptions.RemotingOffset}"))}}
                secret = "{{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}}"
              }
            """;

        PlannedProcess Plan(LocalRole role, string kind, int port, string settings) => new(
            role, $"{kind}-{port}", new HostPort(Host, port), port + LocalOptions.RemotingOffset, $$"""
            # Written by akkakv local when it started. `akkakv node` with this file starts this process again.
            akkakv {
              name = "{{kind}}-{{port}}"
            {{settings}}
            {{common}}
              cluster.port = {{port + LocalOptions.RemotingOffset}}
            }

            """);

        var processes = new List<PlannedProcess>
        {
            Plan(LocalRole.Router, "router", options.BasePort, $$"""
                  roles = [gateway]
                  router {
                    host = "{{Host}}"
                    port = {{options.BasePort}}
                    master-name = "{{MasterName}}"
                    sentinels = {{HoconText.List(sentinelPorts.Select(port => $"{Host}:{port}"))}}
                  }
                """),
            Plan(LocalRole.Master, "data", masterPort, Data(masterPort, replicaOf: null)),
        };
        for (int replica = 1; replica <= options.Replicas; replica++)
            processes.Add(Plan(LocalRole.Replica, "data", masterPort + replica, Data(masterPort + replica, $"{Host}:{masterPort}")));
        foreach (int port in sentinelPorts)
            processes.Add(Plan(LocalRole.Sentinel, "sentinel", port, Sentinel(port, masterPort, sentinelPorts)));
        return new LocalPlan { Processes = processes };
    }

    private static string Data(int port, string? replicaOf) => $$"""
          roles = [data]
          gateway {
            host = "{{Host}}"
            port = {{port}}
          }
          replication.replicaof = "{{replicaOf}}"
        """;

    private static string Sentinel(int port, int masterPort, int[] sentinelPorts) => $$"""
          roles = [sentinel]
          sentinel {
            host = "{{Host}}"
            port = {{port}}
            voters = {{HoconText.List(sentinelPorts.Select(voter => $"sentinel-{voter}"))}}
            masters.{{MasterName}} {
              host = "{{Host}}"
              port = {{masterPort}}
            }
            master-defaults {
              quorum = {{(sentinelPorts.Length / 2) + 1}}
              down-after = 500ms
              failover-timeout = 5s
            }
          }
        """;
}
