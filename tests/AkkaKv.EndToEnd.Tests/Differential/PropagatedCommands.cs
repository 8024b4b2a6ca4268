using System.Globalization;
using AkkaKv.Protocol;

namespace AkkaKv.EndToEnd.Tests.Differential;

/// <summary>Reads and compares streams of propagated commands.</summary>
internal static class PropagatedCommands
{
    // Points in time are taken from two clocks, one after the other.
    private const long ClockToleranceMs = 5_000;

    public static List<Request> Parse(byte[] stream)
    {
        RequestBatch batch = new();
        ParseStatus status = new RequestParser().Parse(stream, 0, stream.Length, batch, out int consumed);
        if (status == ParseStatus.Error || consumed != stream.Length)
        {
            throw new InvalidOperationException($"The stream ends in the middle of a command, at byte {consumed} of {stream.Length}.");
        }

        List<Request> commands = [];
        for (int i = 0; i < batch.Count; i++)
        {
            Arguments arguments = batch[i];
            byte[][] copies = new byte[arguments.Count][];
            for (int k = 0; k < copies.Length; k++)
            {
                copies[k] = arguments[k].ToArray();
            }

            commands.Add(new Request(copies));
        }

        return commands;
    }

    /// <summary>Null if both streams say the same; otherwise the first difference.</summary>
    /// <remarks>The keys that one command finds expired are deleted in the order of the hash table, which differs.</remarks>
    public static string? Difference(List<Request> expected, List<Request> actual)
    {
        List<Request> left = SortDeletions(expected);
        List<Request> right = SortDeletions(actual);
        for (int i = 0; i < Math.Max(left.Count, right.Count); i++)
        {
            string wanted = i < left.Count ? left[i].ToString() : "nothing more";
            string got = i < right.Count ? right[i].ToString() : "nothing more";
            if (i >= left.Count || i >= right.Count || !Same(left[i], right[i]))
            {
                string before = string.Join("\n    ", right.Take(i).TakeLast(4));
                return $"propagated command {i}:\n  redis-server: {wanted}\n  akkakv:       {got}\n  after:\n    {before}";
            }
        }

        return null;
    }

    private static bool Same(Request left, Request right) => left.Arguments.Length == right.Arguments.Length
        && left.Arguments.Zip(right.Arguments).All(pair => Same(pair.First, pair.Second));

    private static bool Same(byte[] left, byte[] right) => left.AsSpan().SequenceEqual(right)
        || (IsTime(left, out long a) && IsTime(right, out long b) && Math.Abs(a - b) < ClockToleranceMs);

    private static bool IsTime(byte[] text, out long value) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value > 1_000_000_000_000;

    private static List<Request> SortDeletions(List<Request> commands)
    {
        List<Request> sorted = [];
        List<Request> run = [];
        foreach (Request command in commands)
        {
            if (command.Name != "DEL")
            {
                sorted.AddRange(run.OrderBy(deletion => deletion.ToString(), StringComparer.Ordinal));
                run.Clear();
                sorted.Add(command);
            }
            else
            {
                run.Add(command);
            }
        }

        sorted.AddRange(run.OrderBy(deletion => deletion.ToString(), StringComparer.Ordinal));
        return sorted;
    }
}
