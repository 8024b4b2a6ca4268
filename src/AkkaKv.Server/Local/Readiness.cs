using System.Net.Sockets;
using AkkaKv.Actors.Settings;
using AkkaKv.Protocol;

namespace AkkaKv.Server.Local;

/// <summary>Asks the processes over RESP whether the topology is complete: links up, sentinels agreed, router forwarding.</summary>
internal static class Readiness
{
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(2);

    /// <summary>True if the process does what the plan expects of it. Never throws for a process that does not answer yet.</summary>
    public static async Task<bool> IsReadyAsync(PlannedProcess process, LocalPlan plan, CancellationToken cancel)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(ProbeTimeout);
        try
        {
            using RespClient client = await RespClient.ConnectAsync(process.Address, deadline.Token).ConfigureAwait(false);
            return process.Role switch
            {
                LocalRole.Router => (await client.CallAsync(deadline.Token, "DBSIZE").ConfigureAwait(false)).Kind == RespKind.Integer,
                LocalRole.Sentinel => await IsSentinelReadyAsync(client, plan, deadline.Token).ConfigureAwait(false),
                _ => await IsDataNodeReadyAsync(client, plan, deadline.Token).ConfigureAwait(false),
            };
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
        {
            cancel.ThrowIfCancellationRequested();
            return false;
        }
    }

    /// <summary>What the process is at this moment, as it says itself; null if it does not answer.</summary>
    public static async Task<string?> RoleAsync(HostPort address, CancellationToken cancel)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(ProbeTimeout);
        try
        {
            using RespClient client = await RespClient.ConnectAsync(address, deadline.Token).ConfigureAwait(false);
            RespValue role = await client.CallAsync(deadline.Token, "ROLE").ConfigureAwait(false);
            return role.Items.Count > 0 ? role[0].Text : null;
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
        {
            return null;
        }
    }

    private static async Task<bool> IsDataNodeReadyAsync(RespClient client, LocalPlan plan, CancellationToken cancel)
    {
        Dictionary<string, string> info = Fields(await client.CallAsync(cancel, "INFO", "replication").ConfigureAwait(false));
        // A topology that is started again with its old state may have another master than the plan's.
        return info.GetValueOrDefault("role") == "master"
            ? info.GetValueOrDefault("connected_slaves") == plan.Replicas.ToString(null, null)
            : info.GetValueOrDefault("master_link_status") == "up";
    }

    private static async Task<bool> IsSentinelReadyAsync(RespClient client, LocalPlan plan, CancellationToken cancel)
    {
        RespValue quorum = await client.CallAsync(cancel, "SENTINEL", "CKQUORUM", LocalPlan.MasterName).ConfigureAwait(false);
        RespValue replicas = await client.CallAsync(cancel, "SENTINEL", "REPLICAS", LocalPlan.MasterName).ConfigureAwait(false);
        RespValue others = await client.CallAsync(cancel, "SENTINEL", "SENTINELS", LocalPlan.MasterName).ConfigureAwait(false);
        return !quorum.IsError && replicas.Items.Count == plan.Replicas && others.Items.Count == plan.Sentinels.Count() - 1;
    }

    private static Dictionary<string, string> Fields(RespValue info) => info.Text.Split("\r\n")
        .Where(line => line.Contains(':'))
        .ToDictionary(line => line[..line.IndexOf(':')], line => line[(line.IndexOf(':') + 1)..], StringComparer.Ordinal);
}
