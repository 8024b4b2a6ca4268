using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace AkkaKv.Tests.Support;

/// <summary>A real redis-server on a loopback port with a folder of its own; both are gone after Dispose.</summary>
internal sealed class RedisServer : IDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(10);

    private const int FirstPort = 21400;
    private const int PortCount = 80;

    private static int _portsTaken;

    private readonly Process _process;

    private RedisServer(Process process, int port, string folder) => (_process, Port, Folder) = (process, port, folder);

    public int Port { get; }

    public string Folder { get; }

    /// <summary>Starts the server in <paramref name="folder"/> (a fresh one by default) and waits until it answers.</summary>
    public static RedisServer Start(string? folder = null, params string[] arguments)
    {
        folder ??= Directory.CreateTempSubdirectory("akkakv-redis-").FullName;
        var port = FreePort();
        var process = Run(
            "redis-server", ["--port", $"{port}", "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--loglevel", "warning", .. arguments]);
        var server = new RedisServer(process, port, folder);
        var started = Stopwatch.StartNew();
        while (server.Cli("PING") != "PONG")
        {
            if (process.HasExited || started.Elapsed > StartDeadline)
            {
                server.Dispose();
                throw new InvalidOperationException($"redis-server did not come up: {process.StandardOutput.ReadToEnd()}");
            }

            Thread.Yield();
        }

        return server;
    }

    /// <summary>Runs redis-cli against the server and returns what it prints, without the line end.</summary>
    public string Cli(params string[] arguments)
    {
        using var cli = Run("redis-cli", ["-p", $"{Port}", .. arguments]);
        var output = cli.StandardOutput.ReadToEnd();
        cli.WaitForExit();
        return output.TrimEnd('\n');
    }

    /// <summary>Runs a program to its end; its exit code and everything it printed.</summary>
    public static (int ExitCode, string Output) RunToEnd(string program, params string[] arguments)
    {
        using var process = Run(program, arguments);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static Process Run(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }

    private static int FreePort()
    {
        for (var attempt = 0; attempt < PortCount; attempt++)
        {
            var port = FirstPort + (Interlocked.Increment(ref _portsTaken) % PortCount);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it; the next one.
            }
        }

        throw new InvalidOperationException("no free port for redis-server");
    }
}
