using System.Text;
using AkkaKv.Sentinel;

namespace AkkaKv.Tests.Sentinel.World;

/// <summary>
/// Runs a scenario file. Lines that start with <c>#</c> are comments, with <c>&gt;</c> orders; everything else is what the orders before
/// it produced. <see cref="Run"/> returns the file as it should be.
/// </summary>
internal sealed class ScenarioScript
{
    private readonly SentinelWorld _world = new();
    private readonly StringBuilder _text = new();
    private int _shown;

    public static string Run(string file)
    {
        var script = new ScenarioScript();
        foreach (var line in file.Split('\n'))
        {
            if (line.StartsWith('#'))
                script._text.Append(line).Append('\n');
            else if (line.StartsWith('>'))
                script.Obey(line);
        }
        return script._text.ToString();
    }

    private void Obey(string line)
    {
        _text.Append(line).Append('\n');
        var words = line[1..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        switch (words[0])
        {
            case "master":
                _world.AddInstance(int.Parse(words[1]), 0);
                break;
            case "replica":
                AddReplica(words);
                break;
            case "sentinels":
                AddSentinels(words);
                break;
            case "run":
                _world.Run(long.Parse(words[1]));
                break;
            case "kill":
                _world.Kill(int.Parse(words[1]));
                break;
            case "freeze":
                Instance(words[1]).IsFrozen = true;
                break;
            case "start":
                Instance(words[1]).Start(words.Length > 2 ? int.Parse(words[2]) : 0);
                break;
            case "offset":
                Instance(words[1]).Offset = long.Parse(words[2]);
                break;
            case "pause":
                _world.Sentinel(words[1]).PausedUntil = _world.Now + long.Parse(words[2]);
                break;
            case "crash":
                _world.Sentinel(words[1]).Crash();
                break;
            case "crash-on":
                _world.CrashOn(words[1], words[2]);
                break;
            case "restart":
                _world.Sentinel(words[1]).Start();
                break;
            case "partition":
                _world.Partition(string.Join(' ', words[1..]).Split('|').Select(island => island.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
                break;
            case "heal":
                _world.Partition([]);
                break;
            case "failover":
                _world.Sentinel(words[1]).Feed(new FailoverRequested());
                break;
            case "reset":
                _world.Sentinel(words[1]).Feed(new ResetRequested());
                break;
            case "forget-trace":
                _shown = _world.Trace.Count;
                break;
            case "show":
                Show();
                return;
            default:
                throw new InvalidOperationException($"Unknown order: {line}");
        }
        foreach (var entry in _world.Trace.Skip(_shown))
            _text.Append(entry).Append('\n');
        _shown = _world.Trace.Count;
    }

    /// <summary><c>replica PORT MASTER [offset N] [priority N]</c></summary>
    private void AddReplica(string[] words)
    {
        var replica = _world.AddInstance(int.Parse(words[1]), int.Parse(words[2]));
        replica.Offset = Option(words, "offset", 100);
        replica.Priority = (int)Option(words, "priority", 100);
    }

    /// <summary><c>sentinels COUNT quorum N master PORT [down-after MS] [parallel-syncs N]</c></summary>
    private void AddSentinels(string[] words)
    {
        var count = int.Parse(words[1]);
        var ids = Enumerable.Range(1, count).Select(number => $"s{number}").ToArray();
        foreach (var id in ids)
        {
            _world.AddSentinel(
                id,
                new MasterSettings
                {
                    Name = "mymaster",
                    Address = new InstanceAddress("127.0.0.1", (int)Option(words, "master", 7001)),
                    Quorum = (int)Option(words, "quorum", 2),
                    DownAfterMs = Option(words, "down-after", 1000),
                    ParallelSyncs = (int)Option(words, "parallel-syncs", 1),
                },
                DeclaredVoters.Of(ids));
        }
    }

    private void Show()
    {
        foreach (var sentinel in _world.Sentinels)
        {
            _text.Append(sentinel.Id).Append(": ");
            if (sentinel.Monitor is { } monitor)
                _text.Append($"master {monitor.CurrentAddress} config-epoch {monitor.ConfigEpoch} failover {monitor.FailoverState.Name()}");
            else
                _text.Append("crashed");
            _text.Append('\n');
        }
        foreach (var instance in _world.Instances)
        {
            var role = instance.MasterPort == 0 ? "master" : $"replica of {instance.MasterPort}";
            _text.Append($"{instance.Port}: {(instance.IsAlive ? role : "dead")}\n");
        }
    }

    private FakeInstance Instance(string port) =>
        _world.Instance(int.Parse(port)) ?? throw new InvalidOperationException($"No instance {port}.");

    private static long Option(string[] words, string name, long fallback)
    {
        var index = Array.IndexOf(words, name);
        return index < 0 ? fallback : long.Parse(words[index + 1]);
    }
}
