using System.Net;
using System.Net.Sockets;

namespace AkkaKv.Benchmarks.SideBySide;

/// <summary>What connections cost that have been used and then say nothing.</summary>
internal static class IdleConnections
{
    // Redis gives back the buffers of clients that have been idle for two seconds, a part of them at a time.
    private static readonly TimeSpan SettlingTime = TimeSpan.FromSeconds(8);

    /// <summary>Opens connections, sends a PING on each, waits, and tells by how much the server has grown.</summary>
    public static BytesPerItem Measure(ServerProcess server, int count)
    {
        using var connection = new RespConnection(server.Port);
        var warmUp = Open(server.Port, Math.Min(count, 200));
        warmUp.ForEach(socket => socket.Dispose());
        var (usedBefore, residentBefore) = (connection.InfoNumber("memory", "used_memory") ?? 0, server.ResidentBytes);
        var sockets = Open(server.Port, count);
        Thread.Sleep(SettlingTime);
        var used = (connection.InfoNumber("memory", "used_memory") ?? 0) - usedBefore;
        var resident = server.ResidentBytes - residentBefore;
        sockets.ForEach(socket => socket.Dispose());
        return new BytesPerItem(used / (double)count, resident / (double)count);
    }

    private static List<Socket> Open(int port, int count)
    {
        var sockets = new List<Socket>(count);
        var reply = new byte[7];
        for (var i = 0; i < count; i++)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            socket.Connect(IPAddress.Loopback, port);
            socket.Send("PING\r\n"u8);
            for (var received = 0; received < reply.Length;)
                received += socket.Receive(reply.AsSpan(received)) is > 0 and var bytes ? bytes : throw new IOException("The server refuses connections; is its maxclients too low?");
            sockets.Add(socket);
        }

        return sockets;
    }
}
