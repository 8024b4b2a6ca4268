using System.Text;
using AkkaKv.Replication;

namespace AkkaKv.Simulation.DataNodes;

/// <summary>The lines of a node's INFO that a sentinel reads.</summary>
internal static class InfoText
{
    public static string Of(DataNode node)
    {
        var text = new StringBuilder("# Server\r\n");
        Line(text, "run_id", node.RunId);
        text.Append("# Replication\r\n");
        Line(text, "role", node.IsMaster ? "master" : "slave");
        if (node.Uplink is { } uplink)
        {
            Line(text, "master_host", uplink.Master.Host);
            Line(text, "master_port", uplink.Master.Port);
            Line(text, "master_link_status", uplink.State.IsUp() ? "up" : "down");
            Line(text, "slave_repl_offset", node.History.Offset);
            if (!uplink.State.IsUp())
                Line(text, "master_link_down_since_seconds", uplink.DownMs / 1000);
            Line(text, "slave_priority", 100);
        }
        var index = 0;
        foreach (var replica in node.Replicas())
            Line(text, $"slave{index++}", $"ip={replica.Address},port={replica.Port},state={replica.State.InfoName()},offset={replica.Offset},lag={replica.LagSeconds}");
        Line(text, "master_repl_offset", node.History.Offset);
        return text.ToString();
    }

    private static void Line(StringBuilder text, string name, object value) => text.Append(name).Append(':').Append(value).Append("\r\n");
}
