using AkkaKv.Sentinel;

namespace AkkaKv.Tests.Sentinel.World;

/// <summary>
/// Sentinels and data nodes on a virtual clock and a network with one millisecond of latency. Deterministic: the same orders give the
/// same trace. Checks as it goes that no vote is told before it is written, none given twice, and no epoch has two leaders.
/// </summary>
internal sealed class SentinelWorld
{
    public const long LatencyMs = 1;
    private readonly PriorityQueue<Action, (long At, long Order)> _agenda = new();
    private readonly SortedDictionary<int, FakeInstance> _instances = [];
    private readonly SortedDictionary<string, FakeSentinel> _sentinels = new(StringComparer.Ordinal);
    private readonly Dictionary<long, string> _leaders = [];
    private readonly List<(string Sentinel, string Text)> _crashOn = [];
    private List<HashSet<string>> _islands = [];
    private long _order;

    public long Now { get; private set; }

    /// <summary>Every event and log line: <c>@time sentinel line</c>.</summary>
    public List<string> Trace { get; } = [];

    public IEnumerable<FakeInstance> Instances => _instances.Values;

    public IEnumerable<FakeSentinel> Sentinels => _sentinels.Values;

    public FakeInstance? Instance(int port) => _instances.GetValueOrDefault(port);

    public FakeSentinel Sentinel(string id) => _sentinels[id];

    public FakeInstance AddInstance(int port, int masterPort)
    {
        var instance = new FakeInstance(this, port);
        _instances[port] = instance;
        instance.Start(masterPort);
        return instance;
    }

    public void AddSentinel(string id, MasterSettings settings, DeclaredVoters voters)
    {
        _sentinels[id] = new FakeSentinel(this, id, settings, voters);
        _sentinels[id].Start();
    }

    public void After(long delayMs, Action action) => _agenda.Enqueue(action, (Now + delayMs, _order++));

    /// <summary>Lets time pass.</summary>
    public void Run(long durationMs)
    {
        var end = Now + durationMs;
        while (_agenda.TryPeek(out _, out var next) && next.At <= end)
        {
            Now = next.At;
            _agenda.Dequeue()();
        }
        Now = end;
    }

    /// <summary>Lets time pass until the condition holds; fails after the deadline.</summary>
    public void RunUntil(Func<bool> condition, long deadlineMs)
    {
        var end = Now + deadlineMs;
        while (!condition())
        {
            Assert.True(_agenda.TryPeek(out _, out var next) && next.At <= end, "The condition did not come true in time:\n" + string.Join('\n', Trace));
            Now = next.At;
            _agenda.Dequeue()();
        }
    }

    public void Kill(int port)
    {
        var instance = _instances[port];
        instance.Stop();
        foreach (var sentinel in _sentinels.Values.Where(sentinel => CanTalk(sentinel.Id, port.ToString())))
            sentinel.LoseLinks(instance, LinkFailure.Reset);
    }

    /// <summary>The server closes its clients' connections.</summary>
    public void DropLinks(FakeInstance instance, (string Sentinel, int Link) except)
    {
        foreach (var sentinel in _sentinels.Values)
            sentinel.LoseLinks(instance, LinkFailure.Reset, sentinel.Id == except.Sentinel ? except.Link : 0);
    }

    /// <summary>Only members of the same island can talk; without islands everybody can.</summary>
    public void Partition(IEnumerable<IEnumerable<string>> islands) => _islands = [.. islands.Select(island => island.ToHashSet())];

    public bool CanTalk(string one, string other) =>
        _islands.Count == 0 || _islands.Exists(island => island.Contains(one) && island.Contains(other));

    public void Deliver(string from, string to, PeerMessage message)
    {
        if (_sentinels.TryGetValue(to, out var receiver) && CanTalk(from, to))
            receiver.FeedAfter(LatencyMs, new PeerMessageArrived(message));
    }

    public void Broadcast(string from, PeerMessage message)
    {
        foreach (var to in _sentinels.Keys.Where(id => id != from).ToList())
            Deliver(from, to, message);
    }

    /// <summary>Crashes the sentinel (or whichever, for <c>*</c>) at the moment when it logs a line that starts with the text.</summary>
    public void CrashOn(string sentinel, string text) => _crashOn.Add((sentinel, text));

    public void Log(string sentinel, string line)
    {
        Trace.Add($"@{Now} {sentinel} {line}");
        var index = _crashOn.FindIndex(trap => (trap.Sentinel == "*" || trap.Sentinel == sentinel) && line.StartsWith(trap.Text, StringComparison.Ordinal));
        if (index < 0)
            return;
        _crashOn.RemoveAt(index);
        Trace.Add($"@{Now} {sentinel} (crashes)");
        _sentinels[sentinel].Crash();
    }

    public void Leads(string sentinel, long epoch)
    {
        if (!_leaders.TryAdd(epoch, sentinel))
            Assert.Equal(_leaders[epoch], sentinel);
    }
}
