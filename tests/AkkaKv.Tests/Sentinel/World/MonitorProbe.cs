using AkkaKv.Sentinel;

namespace AkkaKv.Tests.Sentinel.World;

/// <summary>One monitor fed by hand, for rules that need no world around them.</summary>
internal sealed class MonitorProbe
{
    private readonly SentinelOutbox _outbox = new();

    public MonitorProbe(int quorum = 1, DeclaredVoters? voters = null, MasterState? restored = null, long downAfterMs = 1000)
    {
        Monitor = new MasterMonitor(
            new SentinelIdentity("s1", new InstanceAddress("127.0.0.1", 26001)),
            new MasterSettings { Name = "mymaster", Address = Master, Quorum = quorum, DownAfterMs = downAfterMs },
            new SentinelTimings(),
            voters ?? DeclaredVoters.Of("s1"),
            restored,
            0,
            1);
    }

    public static InstanceAddress Master { get; } = new("127.0.0.1", 7001);

    public MasterMonitor Monitor { get; }

    public long Now { get; private set; }

    /// <summary>All effects so far.</summary>
    public List<SentinelEffect> Effects { get; } = [];

    public IEnumerable<string> Events => Effects.OfType<PublishEvent>().Select(happened => $"{happened.Channel} {happened.Message}");

    public int LastLink => Effects.OfType<OpenLink>().Last().Link;

    public MonitorProbe Feed(SentinelInput input)
    {
        Monitor.Step(Now, input, _outbox);
        Effects.AddRange(_outbox);
        _outbox.Clear();
        return this;
    }

    /// <summary>Lets time pass step by step, as a host does.</summary>
    public MonitorProbe Pass(long durationMs)
    {
        var end = Now + durationMs;
        while (Monitor.NextDeadline <= end)
        {
            Now = Monitor.NextDeadline;
            Feed(TimePassed.Instance);
        }
        Now = end;
        return this;
    }

    /// <summary>The link is up and the instance answered its first PING and INFO.</summary>
    public MonitorProbe Connect(string info = "run_id:aaaa\r\nrole:master\r\n")
    {
        Feed(TimePassed.Instance);
        Feed(new LinkOpened(LastLink));
        Pong();
        return Feed(new ReplyArrived(LastLink, CommandTag.Info, ReplyKind.Text, info));
    }

    public MonitorProbe Pong(string text = "PONG", ReplyKind kind = ReplyKind.Status) =>
        Feed(new ReplyArrived(LastLink, CommandTag.Ping, kind, text));
}
