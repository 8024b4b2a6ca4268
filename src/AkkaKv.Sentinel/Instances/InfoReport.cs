using System.Globalization;

namespace AkkaKv.Sentinel;

/// <summary>The facts a sentinel reads out of an instance's INFO, in Redis's field names. Unknown lines are skipped.</summary>
internal sealed class InfoReport
{
    public string? RunId { get; private set; }

    public InstanceRole? Role { get; private set; }

    public string? MasterHost { get; private set; }

    public int MasterPort { get; private set; }

    public bool MasterLinkUp { get; private set; }

    /// <summary>-1 s when the replica never had a link, as Redis reports it.</summary>
    public long MasterLinkDownMs { get; private set; }

    public int? Priority { get; private set; }

    public long? ReplicaOffset { get; private set; }

    public long? MasterOffset { get; private set; }

    public bool IsAnnounced { get; private set; } = true;

    public List<InstanceAddress> Replicas { get; } = [];

    public static InfoReport Parse(string info)
    {
        var report = new InfoReport();
        foreach (var range in info.AsSpan().Split('\n'))
        {
            var line = info.AsSpan()[range].TrimEnd('\r');
            var colon = line.IndexOf(':');
            if (colon > 0)
                report.Read(line[..colon], line[(colon + 1)..]);
        }
        return report;
    }

    public static InfoReport From(NodeStatus status) => new()
    {
        RunId = status.RunId,
        Role = status.Role,
        MasterHost = status.MasterAddress?.Host,
        MasterPort = status.MasterAddress?.Port ?? 0,
        MasterLinkUp = status.MasterLinkUp,
        MasterLinkDownMs = status.MasterLinkDownMs,
        Priority = status.Priority,
        ReplicaOffset = status.ReplicationOffset,
        MasterOffset = status.ReplicationOffset,
    };

    private void Read(ReadOnlySpan<char> field, ReadOnlySpan<char> value)
    {
        switch (field)
        {
            case "run_id":
                RunId = value.ToString();
                break;
            case "role":
                Role = value switch { "master" => InstanceRole.Master, "slave" => InstanceRole.Replica, _ => null };
                break;
            case "master_host":
                MasterHost = value.ToString();
                break;
            case "master_port":
                MasterPort = (int)Number(value);
                break;
            case "master_link_status":
                MasterLinkUp = value is "up";
                break;
            case "master_link_down_since_seconds":
                MasterLinkDownMs = Number(value) * 1000;
                break;
            case "slave_priority":
                Priority = (int)Number(value);
                break;
            case "slave_repl_offset":
                ReplicaOffset = Number(value);
                break;
            case "master_repl_offset":
                MasterOffset = Number(value);
                break;
            case "replica_announced":
                IsAnnounced = value is not "0";
                break;
            default:
                if (field.StartsWith("slave") && field.Length > 5 && char.IsAsciiDigit(field[5]))
                    ReadReplica(value);
                break;
        }
    }

    /// <summary><c>ip=…,port=…,state=…</c>, or Redis 2.6's <c>ip,port,state</c>.</summary>
    private void ReadReplica(ReadOnlySpan<char> value)
    {
        string? host = null;
        var port = 0;
        var position = 0;
        foreach (var range in value.Split(','))
        {
            var part = value[range];
            if (part.StartsWith("ip="))
                host = part[3..].ToString();
            else if (part.StartsWith("port="))
                port = (int)Number(part[5..]);
            else if (position == 0 && !part.Contains('='))
                host = part.ToString();
            else if (position == 1 && !part.Contains('='))
                port = (int)Number(part);
            position++;
        }
        if (!string.IsNullOrEmpty(host) && port is > 0 and <= 65535)
            Replicas.Add(new InstanceAddress(host, port));
    }

    private static long Number(ReadOnlySpan<char> text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
