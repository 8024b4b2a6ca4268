using System.Net;
using System.Net.Sockets;
using AkkaKv.EndToEnd.Tests.Harness;

namespace AkkaKv.EndToEnd.Tests.CommandLine;

public sealed class CommandLineTests : IDisposable
{
    private readonly TestDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Help_names_the_commands()
    {
        using TestProcess process = TestProcess.AkkaKv("--help");
        Assert.Equal(0, await process.EndAsync());
        Assert.Contains("local", process.Output);
        Assert.Contains("node", process.Output);
        Assert.Contains("check", process.Output);
    }

    [Fact]
    public async Task Version_is_a_number()
    {
        using TestProcess process = TestProcess.AkkaKv("--version");
        Assert.Equal(0, await process.EndAsync());
        Assert.Matches(@"^\d+\.\d+\.\d+", process.Output);
    }

    [Fact]
    public async Task Check_prints_what_the_configuration_amounts_to()
    {
        string file = _directory.Write("node.conf", "akkakv.gateway.port = 7001");
        using TestProcess process = TestProcess.AkkaKv("check", file);
        Assert.Equal(0, await process.EndAsync());
        Assert.Contains($"port = 7001  # {file}:1", process.Output);
    }

    [Fact]
    public async Task Check_names_what_is_wrong_by_line_and_path()
    {
        string file = _directory.Write("node.conf", "akkakv {\n  gateway.port = abc\n}");
        using TestProcess process = TestProcess.AkkaKv("check", file);
        Assert.Equal(2, await process.EndAsync());
        Assert.Equal($"{file}:2: akkakv.gateway.port: expected a port from 0 to 65535, found 'abc'", process.Output);
    }

    [Fact]
    public async Task Local_names_a_port_in_use_and_starts_nothing()
    {
        int basePort = FreePorts.Block(40);
        using var taken = new TcpListener(IPAddress.Loopback, basePort + 2);
        taken.Start();
        using TestProcess process = TestProcess.AkkaKv("local", "--base-port", $"{basePort}");
        Assert.Equal(1, await process.EndAsync());
        Assert.Contains($"port {basePort + 2} of data-{basePort + 2}: is in use", process.Output);
        Assert.Contains("Nothing was started", process.Output);
    }

    [Theory]
    [InlineData("--replicas", "10", "--replicas: expected a whole number from 0 to 9, found '10'")]
    [InlineData("--sentinels", "0", "--sentinels: expected a whole number from 1 to 9, found '0'")]
    [InlineData("--set", "akkakv.sentinel.prot=1", "akkakv.sentinel.prot: is not a setting")]
    public async Task Local_refuses_what_it_cannot_do(string option, string value, string expected)
    {
        using TestProcess process = TestProcess.AkkaKv("local", "--base-port", $"{FreePorts.Block(40)}", option, value);
        Assert.NotEqual(0, await process.EndAsync());
        Assert.Contains(expected, process.Output);
    }

    [Fact]
    public async Task Ping_fails_where_nobody_listens()
    {
        using TestProcess process = TestProcess.AkkaKv("ping", $"127.0.0.1:{FreePorts.One()}");
        Assert.Equal(1, await process.EndAsync());
    }
}
