namespace AkkaKv.Simulation.Engine;

/// <summary>What happened, one line each. The same seed gives the same lines, byte for byte.</summary>
internal sealed class Trace(EventQueue queue, bool isDetailed)
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines => _lines;

    /// <summary>Whether single messages are noted too. Ask before the text is made.</summary>
    public bool IsDetailed { get; } = isDetailed;

    public void Note(string who, string text)
    {
        var (seconds, microseconds) = (queue.NowUs / 1_000_000, queue.NowUs % 1_000_000);
        _lines.Add($"{seconds,4}.{microseconds:D6} {who} {text}");
    }
}
