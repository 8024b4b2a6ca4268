using System.Globalization;
using System.Text;
using AkkaKv.Commands.Statistics;

namespace AkkaKv.Commands.Commands.Server;

/// <summary>LATENCY DOCTOR: each event with its figures, and what usually helps against it.</summary>
internal static class LatencyDoctor
{
    /// <summary>The report.</summary>
    public static string Report(CommandContext context)
    {
        if (context.Settings.LatencyMonitorThresholdMs == 0)
        {
            return "Nothing is observed: latency-monitor-threshold is 0. CONFIG SET latency-monitor-threshold <milliseconds> starts it.\n";
        }

        IReadOnlyCollection<LatencyEvent> events = context.Engine.LatencyMonitor.Events;
        if (events.Count == 0)
        {
            return string.Create(CultureInfo.InvariantCulture, $"Nothing took {context.Settings.LatencyMonitorThresholdMs} ms or longer since the observation began.\n");
        }

        var text = new StringBuilder();
        foreach (LatencyEvent happened in events)
        {
            double average = happened.Samples.Average(sample => (double)sample.Milliseconds);
            long span = Math.Max(1, (happened.Samples[^1].TimeSeconds - happened.Samples[0].TimeSeconds) / happened.Samples.Count);
            text.Append(
                CultureInfo.InvariantCulture,
                $"{happened.Name}: {happened.Samples.Count} samples, {average:0.#} ms on average, one in about {span} s, the longest {happened.LongestMs} ms.\n");
            text.Append("  ").Append(AdviceOn(happened.Name)).Append('\n');
        }

        return text.ToString();
    }

    private static string AdviceOn(string name) => name switch
    {
        LatencyMonitor.Command => "SLOWLOG GET tells which commands these were. Those that go through whole collections (KEYS, SMEMBERS, LRANGE, SORT) have counterparts that go in steps.",
        LatencyMonitor.FastCommand => "Commands that cost constant time are slow only if the machine is busy with something else: look at its processors, its memory and swapping.",
        LatencyMonitor.ExpireCycle => "Many keys expire at the same moment. Expiries that differ by a random part spread the work.",
        _ => "The figures of INFO that belong to it may tell more.",
    };
}
