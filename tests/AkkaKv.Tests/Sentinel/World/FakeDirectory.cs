using AkkaKv.Protocol;
using AkkaKv.Sentinel;

namespace AkkaKv.Tests.Sentinel.World;

/// <summary>A whole sentinel around the monitor of a world, as the commands see it, and requests typed at it.</summary>
internal sealed class FakeDirectory(SentinelWorld world, string sentinelId) : ISentinelDirectory
{
    public string MyId => sentinelId;

    public List<MasterSummary> Extra { get; } = [];

    public IReadOnlyList<MasterSummary> Masters => [.. Own(), .. Extra];

    public SentinelTimings Timings { get; private set; } = new();

    public SentinelOptions Options { get; private set; } = new();

    public int SimulatedFailures { get; private set; }

    public List<MasterSettings> Watched { get; } = [];

    public List<string> Unwatched { get; } = [];

    public List<string> Resets { get; } = [];

    public string? FlushProblem { get; set; }

    public void Watch(MasterSettings settings) => Watched.Add(settings);

    public void Unwatch(string masterName) => Unwatched.Add(masterName);

    public void Reset(string masterName) => Resets.Add(masterName);

    public void ChangeTimings(SentinelTimings timings) => Timings = timings;

    public void ChangeOptions(SentinelOptions options) => Options = options;

    public void SimulateFailures(int flags) => SimulatedFailures = flags;

    public string? Flush() => FlushProblem;

    public bool CanResolve(string host) => !host.EndsWith(".invalid", StringComparison.Ordinal);

    /// <summary>Executes a request typed with spaces and returns the reply as text, arrays in brackets.</summary>
    public string Type(string request) => Describe(Send(request));

    public RespValue Send(string request, int respVersion = 2)
    {
        var arguments = new SentinelArguments(request.Split(' '));
        var output = new OutputBuffer();
        var reply = new ReplyWriter(output) { RespVersion = respVersion };
        if (SentinelCommands.ExecuteOrRoute(this, arguments, reply) is { } route)
        {
            if (route.IsJoined)
                reply.Array(route.ArrayLength);
            foreach (var name in route.MasterNames)
            {
                Assert.Equal("mymaster", name);
                world.Sentinel(sentinelId).Execute(arguments, reply);
            }
        }
        var position = 0;
        var bytes = output.ToArray();
        Assert.Equal(ParseStatus.Ok, new ReplyReader().Read(bytes, ref position, out var value));
        Assert.Equal(bytes.Length, position);
        return value;
    }

    private static string Describe(RespValue value) => value.Kind switch
    {
        RespKind.Array or RespKind.Map => $"[{string.Join(", ", value.Items.Select(Describe))}]",
        RespKind.Null => "(nil)",
        RespKind.Integer => value.Integer.ToString(),
        _ => value.Text,
    };

    private IEnumerable<MasterSummary> Own() => world.Sentinel(sentinelId).Summary is { } summary ? [summary] : [];
}
