using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace AkkaKv.Benchmarks.SideBySide;

/// <summary>A server that this run started on a free loopback port, with a directory of its own; Dispose ends it and removes the directory.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly string _directory;
    private readonly Queue<string> _lastLines = [];

    private ServerProcess(string name, int port, string program, string directory, IEnumerable<string> arguments)
    {
        Name = name;
        Port = port;
        _directory = directory;
        _process = new Process { StartInfo = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true } };
        foreach (var argument in arguments)
            _process.StartInfo.ArgumentList.Add(argument);
        // What the server says is read, so that it never waits for a full pipe, and kept for the case that it does not start.
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        var started = Stopwatch.GetTimestamp();
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        try
        {
            AwaitPong();
            StartTime = Stopwatch.GetElapsedTime(started);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Name { get; }

    public int Port { get; }

    /// <summary>From the start of the process to its first PONG.</summary>
    public TimeSpan StartTime { get; }

    /// <summary>Processor time that the server has used so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Resident memory of the server, in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Starts redis-server without persistence, otherwise as it comes.</summary>
    public static ServerProcess StartRedis(string program = "redis-server")
    {
        var (port, directory) = (FreePort(), Directory.CreateTempSubdirectory("akkakv-bench-").FullName);
        return new ServerProcess(
            "redis-server", port, program, directory,
            ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", directory]);
    }

    /// <summary>Starts a stand-alone AkkaKv data node.</summary>
    public static ServerProcess StartAkkaKv(string program)
    {
        var (port, directory) = (FreePort(), Directory.CreateTempSubdirectory("akkakv-bench-").FullName);
        return new ServerProcess(
            "akkakv", port, program, directory,
            ["node", "--set", $"akkakv.gateway.port={port}", "--set", $"akkakv.data-dir={directory}"]);
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        OnExit(null, EventArgs.Empty);
        _process.Dispose();
        if (Directory.Exists(_directory))
            Directory.Delete(_directory, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void OnExit(object? sender, EventArgs arguments)
    {
        if (_process.HasExited)
            return;
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    private void AwaitPong()
    {
        var waiting = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var connection = new RespConnection(Port);
                connection.Call("PING");
                return;
            }
            catch (Exception exception) when (exception is SocketException or IOException)
            {
                if (_process.HasExited || waiting.Elapsed > StartLimit)
                    throw new InvalidOperationException($"{Name} did not answer on port {Port}:\n{LastLines()}", exception);
                Thread.Sleep(1);
            }
        }
    }

    private void Keep(string? line)
    {
        if (line == null)
            return;
        lock (_lastLines)
        {
            _lastLines.Enqueue(line);
            if (_lastLines.Count > 20)
                _lastLines.Dequeue();
        }
    }

    private string LastLines()
    {
        lock (_lastLines)
            return string.Join('\n', _lastLines);
    }
}
