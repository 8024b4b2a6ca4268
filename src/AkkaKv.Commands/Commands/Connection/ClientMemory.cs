using AkkaKv.Commands.Hosting;
using AkkaKv.Commands.Sessions;

namespace AkkaKv.Commands.Commands.Connection;

/// <summary>What a connection takes of the process's memory.</summary>
internal static class ClientMemory
{
    /// <summary>
    /// The fixed cost of a session: what the managed heap gives for it, its reply writer and its empty output, with room for what its
    /// registration takes. A test measures it: 344 bytes with .NET 10 on x64.
    /// </summary>
    public const long SessionBytes = 512;

    /// <summary>Bytes of the session, its buffers and its queued commands.</summary>
    public static long Of(ClientSession session)
    {
        ConnectionBuffers buffers = session.Host.Buffers;
        return SessionBytes + buffers.Received + buffers.ReceiveFree + buffers.Unsent + session.Output.Capacity + (session.Transaction?.QueuedBytes ?? 0);
    }
}
