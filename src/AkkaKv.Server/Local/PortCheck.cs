using System.Net;
using System.Net.Sockets;

namespace AkkaKv.Server.Local;

/// <summary>Finds ports that are taken before anything is started.</summary>
internal static class PortCheck
{
    /// <summary>One line for each port of the plan that cannot be listened on.</summary>
    public static IReadOnlyList<string> Problems(LocalPlan plan)
    {
        var problems = new List<string>();
        foreach (PlannedProcess process in plan.Processes)
        {
            if (Problem(process.Address.Port) is { } reason)
                problems.Add($"port {process.Address.Port} of {process.Name}: {reason}");
            if (Problem(process.RemotingPort) is { } remotingReason)
                problems.Add($"port {process.RemotingPort} of {process.Name} (cluster): {remotingReason}");
        }
        return problems;
    }

    private static string? Problem(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            socket.Listen();
            return null;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => "is in use",
                SocketError.AccessDenied => "may only be used by root",
                _ => e.Message,
            };
        }
    }
}
