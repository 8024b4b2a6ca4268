using System.Text;
using AkkaKv.Commands.Statistics;
using AkkaKv.Commands.Table;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Server;

/// <summary>The LATENCY subcommands.</summary>
internal static class LatencyCommands
{
    /// <summary>LATENCY LATEST: of each event the latest sample and the longest.</summary>
    public static void Latest(CommandContext context)
    {
        IReadOnlyCollection<LatencyEvent> events = context.Engine.LatencyMonitor.Events;
        context.Reply.Array(events.Count);
        foreach (LatencyEvent happened in events)
        {
            context.Reply.Array(4);
            context.Reply.Bulk(happened.Name);
            context.Reply.Integer(happened.Samples[^1].TimeSeconds);
            context.Reply.Integer(happened.Samples[^1].Milliseconds);
            context.Reply.Integer(happened.LongestMs);
        }
    }

    /// <summary>LATENCY HISTORY event: its samples; none if it has not occurred.</summary>
    public static void History(CommandContext context)
    {
        IReadOnlyList<(long TimeSeconds, long Milliseconds)> samples = Find(context)?.Samples ?? [];
        context.Reply.Array(samples.Count);
        foreach ((long time, long milliseconds) in samples)
        {
            context.Reply.Array(2);
            context.Reply.Integer(time);
            context.Reply.Integer(milliseconds);
        }
    }

    /// <summary>LATENCY RESET [event …]: how many events were forgotten.</summary>
    public static void Reset(CommandContext context)
    {
        if (context.Args.Count == 2)
        {
            context.Reply.Integer(context.Engine.LatencyMonitor.ForgetAll());
            return;
        }

        long forgotten = 0;
        for (int i = 2; i < context.Args.Count; i++)
        {
            forgotten += context.Engine.LatencyMonitor.Forget(Encoding.Latin1.GetString(context.Args[i])) ? 1 : 0;
        }

        context.Reply.Integer(forgotten);
    }

    /// <summary>LATENCY GRAPH event: its samples as a drawing.</summary>
    public static void Graph(CommandContext context)
    {
        if (Find(context) is not { } happened)
        {
            context.Reply.Error($"ERR No samples available for event '{Encoding.Latin1.GetString(context.Args[2])}'");
            return;
        }

        context.Reply.Verbatim(Encoding.ASCII.GetBytes(LatencyGraph.Draw(happened, context.NowMs)), "txt"u8);
    }

    /// <summary>LATENCY DOCTOR: what was slow, in words.</summary>
    public static void Doctor(CommandContext context) =>
        context.Reply.Verbatim(Encoding.ASCII.GetBytes(LatencyDoctor.Report(context)), "txt"u8);

    /// <summary>LATENCY HISTOGRAM [command …]: how run times are distributed; without names, of all commands that have run.</summary>
    public static void Histogram(CommandContext context)
    {
        var chosen = new List<CommandRow>();
        if (context.Args.Count == 2)
        {
            chosen.AddRange(context.Engine.Table.RowsAndSubcommands);
        }

        for (int i = 2; i < context.Args.Count; i++)
        {
            if (FindRow(context.Engine.Table, context.Args[i]) is { } row)
            {
                chosen.Add(row);
                chosen.AddRange(row.Subcommands);
            }
        }

        chosen.RemoveAll(row => context.Engine.Statistics.HistogramOf(row) is null);
        ReplyWriter reply = context.Reply;
        reply.Map(chosen.Count);
        foreach (CommandRow row in chosen)
        {
            LatencyHistogram histogram = context.Engine.Statistics.HistogramOf(row)!;
            reply.Bulk(row.FullName);
            reply.Map(2);
            reply.Bulk("calls"u8);
            reply.Integer(histogram.Count);
            reply.Bulk("histogram_usec"u8);
            (long Microseconds, long Count)[] marks = [.. histogram.Cumulative()];
            reply.Map(marks.Length);
            foreach ((long microseconds, long count) in marks)
            {
                reply.Integer(microseconds);
                reply.Integer(count);
            }
        }
    }

    private static CommandRow? FindRow(CommandTable table, ReadOnlySpan<byte> name)
    {
        int bar = name.IndexOf((byte)'|');
        return bar < 0 ? table.Find(name) : table.Find(name[..bar])?.FindSubcommand(name[(bar + 1)..]);
    }

    private static LatencyEvent? Find(CommandContext context) => context.Engine.LatencyMonitor.Find(Encoding.Latin1.GetString(context.Args[2]));
}
