using System.Globalization;

namespace AkkaKv.EndToEnd.Tests.BadInput;

/// <summary>The memory that a process holds, as the system counts it.</summary>
internal static class ResidentMemory
{
    /// <summary>Resident bytes of a process; 0 where the system does not tell.</summary>
    public static long Of(int processId)
    {
        string file = $"/proc/{processId}/status";
        if (!File.Exists(file))
            return 0;
        string line = File.ReadLines(file).Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line["VmRSS:".Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * 1024;
    }
}
