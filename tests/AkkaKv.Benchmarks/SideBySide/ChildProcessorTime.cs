using System.Runtime.InteropServices;

namespace AkkaKv.Benchmarks.SideBySide;

/// <summary>The processor time of child processes that have ended: what a client that runs to its end has used.</summary>
internal static partial class ChildProcessorTime
{
    private const int EndedChildren = -1;

    /// <summary>User and system time of all children that have ended so far; zero where the system does not tell.</summary>
    public static TimeSpan Total =>
        OperatingSystem.IsLinux() && GetUsage(EndedChildren, out var usage) == 0 ? usage.User.Span + usage.System.Span : TimeSpan.Zero;

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, out Usage usage);

    private struct TimeValue
    {
        public nint Seconds;
        public nint Microseconds;

        public readonly TimeSpan Span => TimeSpan.FromSeconds(Seconds) + TimeSpan.FromMicroseconds(Microseconds);
    }

    /// <summary>The system's struct rusage: behind the times stand fourteen counters that nobody asks for here.</summary>
    private struct Usage
    {
        public TimeValue User;
        public TimeValue System;
        private readonly Counters _counters;
    }

    [System.Runtime.CompilerServices.InlineArray(14)]
    private struct Counters
    {
        private nint _first;
    }
}
