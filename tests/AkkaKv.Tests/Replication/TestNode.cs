using System.Text;
using AkkaKv.Replication;

namespace AkkaKv.Tests.Replication;

/// <summary>A data node made of the replication cores alone. Its data is the list of commands it executed or applied.</summary>
internal sealed class TestNode
{
    private readonly List<TestDownlink> _downlinks = [];
    private int _idsTaken;
    private long _linksTaken;

    public TestNode(string name)
    {
        Name = name;
        History = new ReplicationHistory(new ReplicationBuffer(), NextId());
    }

    public string Name { get; }

    public List<string> Data { get; private set; } = [];

    public ReplicationHistory History { get; }

    public ReplicaRoster Roster { get; } = new();

    public ReplicaSettings ReplicaSettings { get; init; } = new();

    public TestUplink? Uplink { get; private set; }

    public string Password { get; init; } = "";

    /// <summary>What the node answers to PSYNC instead of a decision.</summary>
    public string? RefusesSync { get; set; }

    /// <summary>False refuses connections.</summary>
    public bool Listens { get; set; } = true;

    /// <summary>What every PSYNC got, in order.</summary>
    public List<string> Syncs { get; } = [];

    /// <summary>The connection that the last replica made.</summary>
    public TestLink LastLink => _downlinks[^1].Link;

    /// <summary>The next connection is cut after this many bytes to the replica.</summary>
    public long NextCutAfter { get; set; } = long.MaxValue;

    public int DownlinkCount => _downlinks.Count(link => !link.IsClosed);

    public void Write(string command)
    {
        Assert.Null(Uplink);
        var bytes = $"*1\r\n${command.Length}\r\n{command}\r\n";
        Data.Add(bytes);
        Append(Encoding.ASCII.GetBytes(bytes));
    }

    /// <summary>Appends without executing, as the master does with PING and GETACK.</summary>
    public void Append(ReadOnlySpan<byte> bytes) => History.Buffer.Append(bytes);

    public void Follow(TestNode master, long now, string password = "")
    {
        Uplink?.Stop(now);
        History.Follow();
        var settings = new UpstreamSettings("127.0.0.1", 1, 6380, Password: password);
        Uplink = new TestUplink(this, settings, () => master.Accept(), now);
    }

    public void Promote(long now)
    {
        Uplink?.Stop(now);
        Uplink = null;
        History.Promote(NextId());
        DropReplicas();
    }

    public void BeforeSync() => History.StartBacklog(NextId());

    public byte[] Snapshot() => Encoding.ASCII.GetBytes(string.Concat(Data));

    public void Adopt(byte[] snapshot, ReplicationId id, long offset)
    {
        var commands = Encoding.ASCII.GetString(snapshot).Split("*1\r\n", StringSplitOptions.RemoveEmptyEntries);
        Data = [.. commands.Select(command => $"*1\r\n{command}")];
        DropReplicas();
        History.AdoptFullSync(id, offset);
    }

    public void DropReplicas() => _downlinks.ForEach(link => link.Close());

    public bool Pump(long now, int pieceMax)
    {
        var isBusy = Uplink?.Pump(now, pieceMax) ?? false;
        foreach (var link in _downlinks.ToArray())
            isBusy |= link.Pump(now, pieceMax);
        _downlinks.RemoveAll(link => link.IsClosed);
        return isBusy;
    }

    private TestLink? Accept()
    {
        if (!Listens)
            return null;
        var link = new TestLink { CutAfter = NextCutAfter };
        NextCutAfter = long.MaxValue;
        _downlinks.Add(new TestDownlink(this, link, ++_linksTaken));
        return link;
    }

    private ReplicationId NextId()
    {
        var random = new byte[ReplicationId.RandomLength];
        Encoding.ASCII.GetBytes($"{Name} {_idsTaken++}").CopyTo(random, 0);
        return ReplicationId.FromRandom(random);
    }
}
