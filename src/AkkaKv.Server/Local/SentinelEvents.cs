using System.Net.Sockets;
using AkkaKv.Actors.Settings;
using AkkaKv.Protocol;

namespace AkkaKv.Server.Local;

/// <summary>Listens to everything that one sentinel publishes, for as long as the topology runs.</summary>
internal static class SentinelEvents
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(500);

    /// <summary>Calls <paramref name="observe"/> with channel and payload of each event; connects again whenever the sentinel comes back.</summary>
    public static async Task ListenAsync(HostPort sentinel, Action<string, string> observe, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                using RespClient client = await RespClient.ConnectAsync(sentinel, cancel).ConfigureAwait(false);
                await client.CallAsync(cancel, "PSUBSCRIBE", "*").ConfigureAwait(false);
                while (true)
                {
                    RespValue message = await client.ReceiveAsync(cancel).ConfigureAwait(false);
                    if (message.Items.Count == 4 && message[0].Text == "pmessage")
                        observe(message[2].Text, message[3].Text);
                }
            }
            catch (Exception e) when (e is SocketException or IOException)
            {
                await Task.Delay(RetryDelay, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
