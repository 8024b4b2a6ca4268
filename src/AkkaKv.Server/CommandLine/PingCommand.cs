using System.CommandLine;
using System.Net.Sockets;
using AkkaKv.Actors.Settings;
using AkkaKv.Protocol;

namespace AkkaKv.Server.CommandLine;

/// <summary><c>akkakv ping HOST:PORT</c>: exit code 0 if a node, sentinel or router answers there. For health checks in images without redis-cli.</summary>
internal static class PingCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Describes the command.</summary>
    public static Command Create()
    {
        var address = new Argument<string>("HOST:PORT") { Description = "A RESP port." };
        var command = new Command("ping", "Send PING to a RESP port; succeeds if it is answered. For health checks.");
        command.Add(address);
        command.SetAction(async (parsed, cancel) =>
        {
            string text = parsed.GetValue(address)!;
            if (!HostPort.TryParse(text, out HostPort target))
            {
                Console.Error.WriteLine($"expected host:port, found '{text}'");
                return ExitCodes.WrongConfiguration;
            }
            return await PingAsync(target, cancel).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<int> PingAsync(HostPort target, CancellationToken cancel)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(Patience);
        try
        {
            using RespClient client = await RespClient.ConnectAsync(target, deadline.Token).ConfigureAwait(false);
            RespValue reply = await client.CallAsync(deadline.Token, "PING").ConfigureAwait(false);
            Console.WriteLine(reply);
            // NOAUTH is an answer too: the port is alive, and a health check needs no password.
            return !reply.IsError || reply.Text.StartsWith("NOAUTH", StringComparison.Ordinal) ? ExitCodes.Ok : ExitCodes.Failed;
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
        {
            Console.Error.WriteLine($"{target}: {(e is OperationCanceledException ? $"no answer within {Patience.TotalSeconds:0} s" : e.Message)}");
            return ExitCodes.Failed;
        }
    }
}
