using System.Globalization;
using System.Text;

namespace AkkaKv.Sentinel;

/// <summary>What a sentinel's process can say about itself for INFO.</summary>
/// <param name="RunId">40 hexadecimal digits, new at every start.</param>
/// <param name="ProcessId">The process id.</param>
/// <param name="Port">The RESP port.</param>
/// <param name="UptimeSeconds">Seconds since the start.</param>
/// <param name="Executable">The program's path.</param>
/// <param name="ConnectedClients">Clients of the RESP port now.</param>
/// <param name="ConnectionsReceived">Clients of the RESP port since the start.</param>
/// <param name="CommandsProcessed">Requests since the start.</param>
/// <param name="NetInputBytes">Bytes received from clients.</param>
/// <param name="NetOutputBytes">Bytes sent to clients.</param>
/// <param name="SubscribedChannels">Clients that listen to events.</param>
/// <param name="CpuSystemSeconds">Processor time in the kernel.</param>
/// <param name="CpuUserSeconds">Processor time outside it.</param>
/// <param name="TiltSinceSeconds">How long TILT has lasted; -1 when there is none.</param>
/// <param name="SimulatedFailures">SIMULATE-FAILURE's flags.</param>
public sealed record SentinelFacts(
    string RunId,
    int ProcessId,
    int Port,
    long UptimeSeconds,
    string Executable,
    int ConnectedClients,
    long ConnectionsReceived,
    long CommandsProcessed,
    long NetInputBytes,
    long NetOutputBytes,
    int SubscribedChannels,
    double CpuSystemSeconds,
    double CpuUserSeconds,
    long TiltSinceSeconds,
    int SimulatedFailures);

/// <summary>INFO of a sentinel: sections server, clients, stats, cpu and sentinel, with Redis's field names.</summary>
public static class SentinelInfo
{
    /// <summary>The version of Redis whose behaviour is offered.</summary>
    public const string RedisVersion = "7.0.15";

    private static readonly string[] Sections = ["server", "clients", "stats", "cpu", "sentinel"];

    /// <summary>The text for the sections asked for; none, <c>default</c>, <c>all</c> or <c>everything</c> means all.</summary>
    public static string Write(ReadOnlySpan<string> asked, SentinelFacts facts, IReadOnlyList<MasterSummary> masters)
    {
        var wanted = asked.ToArray().Select(section => section.ToLowerInvariant()).ToHashSet();
        if (wanted.Count == 0 || wanted.Overlaps(["default", "all", "everything"]))
            wanted = [.. Sections];
        var text = new StringBuilder();
        foreach (var section in Sections.Where(wanted.Contains))
        {
            if (text.Length > 0)
                text.Append("\r\n");
            text.Append("# ").Append(section == "cpu" ? "CPU" : char.ToUpperInvariant(section[0]) + section[1..]).Append("\r\n");
            foreach (var (name, value) in Fields(section, facts, masters))
                text.Append(name).Append(':').Append(value).Append("\r\n");
        }
        return text.ToString();
    }

    private static IEnumerable<(string Name, string Value)> Fields(
        string section, SentinelFacts facts, IReadOnlyList<MasterSummary> masters)
    {
        return section switch
        {
            "server" => Server(facts),
            "clients" => [("connected_clients", Text(facts.ConnectedClients)), ("blocked_clients", "0")],
            "stats" =>
            [
                ("total_connections_received", Text(facts.ConnectionsReceived)),
                ("total_commands_processed", Text(facts.CommandsProcessed)),
                ("total_net_input_bytes", Text(facts.NetInputBytes)),
                ("total_net_output_bytes", Text(facts.NetOutputBytes)),
                ("pubsub_clients", Text(facts.SubscribedChannels)),
            ],
            "cpu" =>
            [
                ("used_cpu_sys", facts.CpuSystemSeconds.ToString("F6", CultureInfo.InvariantCulture)),
                ("used_cpu_user", facts.CpuUserSeconds.ToString("F6", CultureInfo.InvariantCulture)),
            ],
            _ => SentinelSection(facts, masters),
        };
    }

    private static IEnumerable<(string Name, string Value)> Server(SentinelFacts facts) =>
    [
        ("redis_version", RedisVersion),
        ("redis_mode", "sentinel"),
        ("os", Environment.OSVersion.ToString()),
        ("arch_bits", "64"),
        ("process_id", Text(facts.ProcessId)),
        ("run_id", facts.RunId),
        ("tcp_port", Text(facts.Port)),
        ("uptime_in_seconds", Text(facts.UptimeSeconds)),
        ("uptime_in_days", Text(facts.UptimeSeconds / 86_400)),
        ("executable", facts.Executable),
    ];

    private static IEnumerable<(string Name, string Value)> SentinelSection(SentinelFacts facts, IReadOnlyList<MasterSummary> masters)
    {
        yield return ("sentinel_masters", Text(masters.Count));
        yield return ("sentinel_tilt", masters.Any(master => master.InTilt) ? "1" : "0");
        yield return ("sentinel_tilt_since_seconds", Text(facts.TiltSinceSeconds));
        yield return ("sentinel_running_scripts", "0");
        yield return ("sentinel_scripts_queue_length", "0");
        yield return ("sentinel_simulate_failure_flags", Text(facts.SimulatedFailures));
        for (var index = 0; index < masters.Count; index++)
        {
            var master = masters[index];
            yield return ($"master{index}",
                $"name={master.Name},status={master.Status},address={master.Address},slaves={master.Replicas},sentinels={master.Sentinels}");
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
