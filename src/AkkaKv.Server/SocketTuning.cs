using System.Globalization;

namespace AkkaKv.Server;

/// <summary>
/// How .NET's sockets run: completions on the thread that learns of them, and few such threads. The runtime reads both from the environment
/// when the first socket is used, so they must be set before; what the user has set in the environment stands.
/// </summary>
internal static class SocketTuning
{
    /// <summary>Socket events are dispatched on one thread for this many processors: the keyspace runs on those threads and uses one at a time.</summary>
    private const int ProcessorsPerThread = 2;

    private const int ThreadCountMax = 8;

    /// <summary>Must run before the first socket is created.</summary>
    public static void Apply()
    {
        int threads = Math.Clamp(Environment.ProcessorCount / ProcessorsPerThread, 1, ThreadCountMax);
        SetDefault("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
        SetDefault("DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT", threads.ToString(CultureInfo.InvariantCulture));
    }

    private static void SetDefault(string name, string value)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)))
            Environment.SetEnvironmentVariable(name, value);
    }
}
