using System.Diagnostics;
using System.Net.Sockets;
using AkkaKv.EndToEnd.Tests.Harness;

namespace AkkaKv.EndToEnd.Tests.Differential;

/// <summary>A real redis-server on a loopback port, without persistence and without expiry in the background.</summary>
internal sealed class RealRedis : IDisposable
{
    private readonly Process _process;
    private readonly string _folder = Directory.CreateTempSubdirectory("akkakv-differential-").FullName;

    public RealRedis()
    {
        Port = FreePorts.One();
        ProcessStartInfo start = new("redis-server") { RedirectStandardOutput = true };
        foreach (string argument in (string[])[
            "--port", $"{Port}", "--bind", "127.0.0.1", "--dir", _folder, "--save", "", "--loglevel", "warning",
            "--enable-debug-command", "yes", "--repl-diskless-sync-delay", "0"])
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start) ?? throw new InvalidOperationException("redis-server did not start.");
        _process.OutputDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        Stopwatch waited = Stopwatch.StartNew();
        while (!Answers())
        {
            if (_process.HasExited || waited.Elapsed > TimeSpan.FromSeconds(10))
            {
                Dispose();
                throw new InvalidOperationException("redis-server did not come up.");
            }

            Thread.Yield();
        }
    }

    public int Port { get; }

    public RawConnection Connect() => new(Port);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private bool Answers()
    {
        try
        {
            using RawConnection connection = Connect();
            return connection.Execute([Request.Of("DEBUG", "SET-ACTIVE-EXPIRE", "0")])[0].AsSpan().SequenceEqual("+OK\r\n"u8);
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
