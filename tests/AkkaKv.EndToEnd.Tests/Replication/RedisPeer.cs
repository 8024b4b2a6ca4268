using System.Diagnostics;
using AkkaKv.EndToEnd.Tests.Harness;

namespace AkkaKv.EndToEnd.Tests.Replication;

/// <summary>A real redis-server that takes part in replication: on loopback, without files, and without its delay before a full resynchronisation.</summary>
internal sealed class RedisPeer : IServer, IDisposable
{
    private readonly Process _process;
    private readonly string _folder = Directory.CreateTempSubdirectory("akkakv-peer-").FullName;

    private RedisPeer(string[] arguments)
    {
        var start = new ProcessStartInfo("redis-server") { RedirectStandardOutput = true };
        foreach (var argument in (string[])[
            "--port", $"{Port}", "--bind", "127.0.0.1", "--dir", _folder, "--save", "", "--repl-diskless-sync-delay", "0",
            "--repl-diskless-load", "swapdb", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start) ?? throw new InvalidOperationException("redis-server did not start");
        _process.OutputDataReceived += (_, line) => Log += line.Data + "\n";
        _process.BeginOutputReadLine();
    }

    public int Port { get; } = FreePorts.One();

    /// <summary>What it has logged.</summary>
    public string Log { get; private set; } = "";

    /// <summary>Starts it and waits until it answers.</summary>
    public static async Task<RedisPeer> StartAsync(params string[] arguments)
    {
        var peer = new RedisPeer(arguments);
        try
        {
            await Eventually.TrueAsync("redis-server", async () => !(await RespConnection.OnceAsync(peer.Port, "PING")).IsNull);
            return peer;
        }
        catch
        {
            peer.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
