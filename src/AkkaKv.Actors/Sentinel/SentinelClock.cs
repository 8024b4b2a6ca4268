using System.Diagnostics;

namespace AkkaKv.Actors.Sentinel;

/// <summary>The sentinels' time: milliseconds of the machine's monotonic clock, which no change of the date moves.</summary>
internal static class SentinelClock
{
    /// <summary>Now.</summary>
    public static long NowMs => Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1000);
}
