using System.Net.Sockets;
using AkkaKv.Actors.Network;

namespace AkkaKv.Actors.Router;

/// <summary>The router's connection to the master on behalf of one client.</summary>
internal sealed class UpstreamConnection(Socket socket, TrafficCounters traffic, RouterClient client) : TcpConnection(socket, traffic, isOutgoing: true)
{
    /// <summary>Goes on reading replies after the client has caught up.</summary>
    public void Resume() => ContinueReceiving();

    /// <inheritdoc/>
    protected override bool OnInput()
    {
        var more = client.OnUpstreamInput(this, Buffer.AsSpan(InputStart, InputEnd - InputStart), out var taken);
        InputStart += taken;
        return more;
    }

    /// <inheritdoc/>
    protected override void OnClosed() => client.OnUpstreamClosed(this);

    /// <inheritdoc/>
    protected override void OnDrained() => client.OnUpstreamDrained();
}
