using AkkaKv.Replication;
using AkkaKv.Simulation.DataNodes;
using AkkaKv.Simulation.Engine;

namespace AkkaKv.Simulation.Checkers;

/// <summary>
/// Two nodes with the same replication id and the same offset have the same bytes and the same data. Every byte that a replica applies
/// is compared with what the master of that history produced at that offset; whenever a node takes a new position (a snapshot, a
/// continuation, a restart) all its data are compared.
/// </summary>
internal sealed class HistoryChecker
{
    private readonly Dictionary<ReplicationId, HistoryLine> _lines = [];
    private static readonly string[] NodeNames = ["d1", "d2", "d3"];

    private readonly HashSet<(string Node, long Number)> _had = [];

    /// <summary>A node goes on under a new id.</summary>
    /// <param name="node">The node; its data belong to the new line's beginning.</param>
    /// <param name="id">The new id.</param>
    /// <param name="parent">The id it had before if others may continue from there into the new line.</param>
    /// <param name="offset">Where.</param>
    /// <param name="writes">What it has.</param>
    public void Opened(DataNode node, ReplicationId id, ReplicationId? parent, long offset, IEnumerable<long> writes)
    {
        var line = new HistoryLine(id, parent is { } before ? _lines[before] : null, offset, [.. writes], node.Name, node.Incarnation);
        if (!_lines.TryAdd(id, line))
            throw new InvariantViolation("history", $"{node.Name} opens {id} a second time");
        if (line.Parent is { } former && !(former.WritesAt(offset) ?? []).SequenceEqual(writes))
            throw new InvariantViolation("history", $"{node.Name} is promoted at {former.Id}:{offset} with other data than that history has there");
    }

    /// <summary>A master is about to append to its stream.</summary>
    public void Produced(DataNode node, ReadOnlySpan<byte> bytes, long? number)
    {
        var line = _lines[node.History.Id];
        if (line.Owner != node.Name || line.OwnersIncarnation != node.Incarnation)
            throw new InvariantViolation("history", $"{node.Name} writes into the history {line.Id} of {line.Owner}");
        if (node.History.Buffer.IsActive)
        {
            if (node.History.Offset != line.EndOffset)
                throw new InvariantViolation("history", $"{node.Name} appends at {node.History.Offset}, but {line.Id} ends at {line.EndOffset}");
            line.Add(bytes, number);
        }
        else if (number is { } write)
        {
            line.AddUncounted(write);
        }
    }

    /// <summary>A replica is about to append what it applied.</summary>
    public void Applied(DataNode node, ReadOnlySpan<byte> bytes, long? number)
    {
        var (line, offset) = (_lines[node.History.Id], node.History.Offset);
        if (line.FindDifference(offset, bytes) is { } difference)
            throw new InvariantViolation("history", $"{node.Name} applies other bytes than its master produced: {line.Id}:{difference} differs");
        if (number is { } write)
            _had.Add((node.Name, write));
    }

    /// <summary>A node says that its data are those of its id and offset.</summary>
    public void Positioned(DataNode node, string by)
    {
        var (id, offset) = (node.History.Id, node.History.Offset);
        if (!_lines.TryGetValue(id, out var line) || line.WritesAt(offset) is not { } expected)
            throw new InvariantViolation("history", $"after {by} {node.Name} is at {id}:{offset}, which nobody ever produced");
        if (!expected.SequenceEqual(node.Data.Numbers))
            throw new InvariantViolation("history", $"after {by} {node.Name} has not the data of {id}:{offset}: {Compare(expected, [.. node.Data.Numbers])}");
        foreach (var number in expected)
            _had.Add((node.Name, number));
    }

    /// <summary>How many other nodes have, or had before they failed, this write.</summary>
    public int CountHaving(long number, string except) => NodeNames.Count(name => name != except && _had.Contains((name, number)));

    public HistoryLine Line(ReplicationId id) => _lines[id];

    private static string Compare(List<long> expected, List<long> actual)
    {
        var missing = string.Join(' ', expected.Except(actual).Take(10));
        var tooMany = string.Join(' ', actual.Except(expected).Take(10));
        return $"missing writes: {missing}; writes too many: {tooMany}";
    }
}
