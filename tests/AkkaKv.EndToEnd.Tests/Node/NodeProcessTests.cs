using System.Globalization;
using AkkaKv.EndToEnd.Tests.Harness;

namespace AkkaKv.EndToEnd.Tests.Node;

public sealed class NodeProcessTests : IDisposable
{
    private readonly TestDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_node_without_files_is_a_standalone_server()
    {
        using DataNode node = await DataNode.StartAsync();
        Assert.Equal("OK", (await node.CallAsync("SET", "greeting", "hello")).Text);
        Assert.Equal("hello", (await node.CallAsync("GET", "greeting")).Text);
        Assert.Equal("master", await RespConnection.InfoAsync(node.Port, "replication", "role"));
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_signal_stops_it_cleanly(string signal)
    {
        using DataNode node = await DataNode.StartAsync();
        node.Process.Signal(signal);
        Assert.Equal(0, await node.Process.EndAsync());
        Assert.Contains("has stopped", node.Process.Output);
    }

    [Fact]
    public async Task SHUTDOWN_stops_it_cleanly()
    {
        using DataNode node = await DataNode.StartAsync();
        using RespConnection client = await node.ConnectAsync();
        await client.SendAsync("SHUTDOWN", "NOSAVE");
        Assert.Equal(0, await node.Process.EndAsync());
    }

    [Fact]
    public async Task A_port_in_use_is_an_error_that_names_the_setting()
    {
        using DataNode node = await DataNode.StartAsync();
        using TestProcess second = TestProcess.AkkaKv(
            "node", "--set", $"akkakv.gateway.port={node.Port}", "--set", $"akkakv.data-dir={_directory.FullName}");
        Assert.Equal(1, await second.EndAsync());
        Assert.Contains("akkakv.gateway.port", second.Output);
        Assert.Contains($"127.0.0.1:{node.Port}", second.Output);
        Assert.Equal("PONG", (await node.CallAsync("PING")).Text);
    }

    [Fact]
    public async Task A_data_directory_that_cannot_be_made_is_an_error_that_names_the_setting()
    {
        string file = _directory.Write("file", "");
        using TestProcess process = TestProcess.AkkaKv(
            "node", "--set", $"akkakv.gateway.port={FreePorts.One()}", "--set", $"akkakv.data-dir={file}");
        Assert.Equal(1, await process.EndAsync());
        Assert.Contains("akkakv.data-dir:", process.Output);
    }

    [Fact]
    public async Task Two_processes_cannot_share_learned_state()
    {
        string[] Arguments() =>
        [
            "node", "--set", $"akkakv.gateway.port={FreePorts.One()}", "--set", "akkakv.name=same",
            "--set", $"akkakv.data-dir={_directory.FullName}",
        ];
        using TestProcess first = TestProcess.AkkaKv(Arguments());
        await Eventually.TrueAsync("the first one's lock", () => Task.FromResult(File.Exists(Path.Combine(_directory.FullName, "same", "lock"))));
        using TestProcess second = TestProcess.AkkaKv(Arguments());
        Assert.Equal(1, await second.EndAsync());
        Assert.Contains("is in use by another process", second.Output);
    }

    [Fact]
    public async Task A_wrong_setting_starts_nothing()
    {
        string file = _directory.Write("node.conf", "akkakv {\n  gateway.port = abc\n}");
        using TestProcess process = TestProcess.AkkaKv("node", file);
        Assert.Equal(2, await process.EndAsync());
        Assert.StartsWith($"{file}:2: akkakv.gateway.port:", process.Output);
    }

    [Fact]
    public async Task It_logs_in_Redis_form_by_default()
    {
        using DataNode node = await DataNode.StartAsync();
        node.Process.Signal("TERM");
        await node.Process.EndAsync();
        Assert.All(
            node.Process.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.Matches(@"^\d+:M \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d\.\d{3} [.*#-] .+", line));
    }

    [Fact]
    public async Task It_logs_JSON_on_request()
    {
        using DataNode node = await DataNode.StartAsync("akkakv.log.format=json");
        node.Process.Signal("TERM");
        await node.Process.EndAsync();
        string[] lines = node.Process.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.NotEmpty(lines);
        Assert.All(lines, line => System.Text.Json.JsonDocument.Parse(line).Dispose());
    }

    [Fact]
    public async Task Its_sockets_run_on_few_threads_and_complete_inline()
    {
        if (!OperatingSystem.IsLinux())
            return; // threads are told apart by their names in /proc
        using DataNode node = await DataNode.StartAsync();
        int socketThreads = Directory.GetDirectories($"/proc/{node.Process.Id}/task")
            .Count(task => File.ReadAllText(Path.Combine(task, "comm")).StartsWith(".NET Sockets", StringComparison.Ordinal));
        Assert.Equal(Math.Clamp(Environment.ProcessorCount / 2, 1, 8), socketThreads);
    }

    [Fact]
    public async Task Ping_succeeds_where_a_node_answers()
    {
        using DataNode node = await DataNode.StartAsync();
        using TestProcess ping = TestProcess.AkkaKv("ping", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{node.Port}"));
        Assert.Equal(0, await ping.EndAsync());
        Assert.Equal("PONG", ping.Output);
    }
}
