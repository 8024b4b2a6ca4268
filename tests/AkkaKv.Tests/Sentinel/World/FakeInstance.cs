using AkkaKv.Sentinel;

namespace AkkaKv.Tests.Sentinel.World;

/// <summary>A data node as a sentinel sees it: PING, INFO, and a change of role in a transaction.</summary>
internal sealed class FakeInstance(SentinelWorld world, int port)
{
    private int _starts;

    public int Port { get; } = port;

    public InstanceAddress Address => new("127.0.0.1", Port);

    public bool IsAlive { get; private set; }

    /// <summary>SIGSTOP: connections are still accepted by the kernel, nothing is answered.</summary>
    public bool IsFrozen { get; set; }

    /// <summary>The port of the master it follows; 0 for a master.</summary>
    public int MasterPort { get; set; }

    public long FollowsSince { get; set; }

    public long Offset { get; set; }

    public int Priority { get; set; } = 100;

    /// <summary>What it says about its link to its master while that is down.</summary>
    public int LinkDownSeconds { get; set; } = 1;

    public string RunId => $"{Port}{_starts:D2}".PadLeft(40, 'a');

    public bool MasterLinkIsUp => MasterPort != 0 && world.Now - FollowsSince >= 5
        && world.Instance(MasterPort) is { IsAlive: true, IsFrozen: false } && world.CanTalk(Port.ToString(), MasterPort.ToString());

    public void Start(int masterPort)
    {
        _starts++;
        IsAlive = true;
        IsFrozen = false;
        MasterPort = masterPort;
        FollowsSince = world.Now;
    }

    public void Stop() => IsAlive = false;

    public (ReplyKind Kind, string Text) Execute(string sentinel, int link, IReadOnlyList<string> command)
    {
        switch (command[0])
        {
            case "PING":
                return (ReplyKind.Status, "PONG");
            case "INFO":
                return (ReplyKind.Text, Info());
            case "SLAVEOF":
                var newMaster = command[1] == "NO" ? 0 : int.Parse(command[2]);
                if (newMaster != MasterPort)
                    FollowsSince = world.Now;
                MasterPort = newMaster;
                return (ReplyKind.Status, "QUEUED");
            case "CLIENT" when command[1] == "KILL" && command[3] == "normal":
                world.DropLinks(this, except: (sentinel, link));
                return (ReplyKind.Status, "QUEUED");
            default:
                return (ReplyKind.Status, "OK");
        }
    }

    private string Info()
    {
        var lines = new List<string> { "# Server", "redis_version:7.0.15", $"run_id:{RunId}", "# Replication" };
        if (MasterPort == 0)
        {
            lines.Add("role:master");
            var index = 0;
            foreach (var replica in world.Instances.Where(other => other.MasterPort == Port && other.MasterLinkIsUp))
                lines.Add($"slave{index++}:ip=127.0.0.1,port={replica.Port},state=online,offset={replica.Offset},lag=0");
        }
        else
        {
            lines.Add("role:slave");
            lines.Add("master_host:127.0.0.1");
            lines.Add($"master_port:{MasterPort}");
            lines.Add($"master_link_status:{(MasterLinkIsUp ? "up" : "down")}");
            lines.Add($"slave_repl_offset:{Offset}");
            if (!MasterLinkIsUp)
                lines.Add($"master_link_down_since_seconds:{LinkDownSeconds}");
            lines.Add($"slave_priority:{Priority}");
        }
        lines.Add($"master_repl_offset:{Offset}");
        return string.Join("\r\n", lines) + "\r\n";
    }
}
