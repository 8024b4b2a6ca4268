using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AkkaKv.Benchmarks;

/// <summary>
/// The processor time that the calling thread has used, so that what another process takes from a shared machine is not counted as ours.
/// Where the system does not tell it, the wall clock.
/// </summary>
internal static partial class ThreadTime
{
    private const int ThreadCpuTime = 3;

    /// <summary>Nanoseconds used so far.</summary>
    public static long Nanoseconds()
    {
        if (OperatingSystem.IsLinux() && GetTime(ThreadCpuTime, out var time) == 0)
            return (time.Seconds * 1_000_000_000) + time.Nanoseconds;
        return (long)(Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency));
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out TimeSpec time);

    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
