using System.Net;
using System.Net.Sockets;
using AkkaKv.EndToEnd.Tests.Harness;

namespace AkkaKv.EndToEnd.Tests.Replication;

/// <summary>A port that leads to another one, and can be cut.</summary>
internal sealed class CuttableLink : IDisposable
{
    private readonly int _target;
    private readonly TcpListener _listener;
    private readonly List<TcpClient> _open = [];

    public CuttableLink(int target)
    {
        _target = target;
        Port = FreePorts.One();
        _listener = new TcpListener(IPAddress.Loopback, Port);
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>Each connection breaks when it has carried this many bytes from the target.</summary>
    public long CutAfter { get; set; } = long.MaxValue;

    /// <summary>Breaks the connections that are open; new ones are accepted.</summary>
    public void Cut()
    {
        lock (_open)
        {
            foreach (var client in _open)
                client.Dispose();
            _open.Clear();
        }
    }

    public void Dispose()
    {
        _listener.Stop();
        Cut();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The end of the test.
        }
    }

    private async Task ServeAsync(TcpClient near)
    {
        var far = new TcpClient();
        lock (_open)
            _open.AddRange([near, far]);
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, _target);
            await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream()), CarryAsync(far.GetStream(), near.GetStream()));
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut.
        }

        near.Dispose();
        far.Dispose();
    }

    private async Task CarryAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[4096];
        for (var carried = 0L; carried < CutAfter;)
        {
            var length = await from.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, CutAfter - carried)));
            if (length == 0)
                return;
            await to.WriteAsync(buffer.AsMemory(0, length));
            carried += length;
        }
    }
}
