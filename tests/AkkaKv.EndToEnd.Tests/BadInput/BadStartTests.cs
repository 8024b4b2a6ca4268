using AkkaKv.EndToEnd.Tests.Harness;

namespace AkkaKv.EndToEnd.Tests.BadInput;

/// <summary>Wrong configurations: the process ends at once with an error that names the setting and what would be right.</summary>
public sealed class BadStartTests : IDisposable
{
    private readonly TestDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("akkakv.gateway.port=70000", "akkakv.gateway.port: expected a port from 0 to 65535, found '70000'")]
    [InlineData("akkakv.gateway.prot=7001", "akkakv.gateway.prot: is not a setting")]
    [InlineData("akkakv.roles=[emperor]", "akkakv.roles")]
    [InlineData("akkakv.replication.replicaof=nowhere", "akkakv.replication.replicaof")]
    public async Task A_wrong_value_names_its_setting(string set, string expected)
    {
        using TestProcess process = TestProcess.AkkaKv("node", "--set", set);
        Assert.Equal(2, await process.EndAsync());
        Assert.Contains(expected, process.Output);
        Assert.DoesNotContain("   at ", process.Output); // no stack trace
    }

    [Fact]
    public async Task Broken_HOCON_names_file_line_and_column()
    {
        string file = _directory.Write("broken.conf", "akkakv {\n  gateway {\n    port = 7001\n");
        using TestProcess process = TestProcess.AkkaKv("node", file);
        Assert.Equal(2, await process.EndAsync());
        Assert.Contains("broken.conf:", process.Output);
        Assert.DoesNotContain("   at ", process.Output);
    }

    [Fact]
    public async Task A_missing_file_is_named()
    {
        string file = Path.Combine(_directory.FullName, "absent.conf");
        using TestProcess process = TestProcess.AkkaKv("node", file);
        Assert.NotEqual(0, await process.EndAsync());
        Assert.Contains(file, process.Output);
        Assert.DoesNotContain("   at ", process.Output);
    }

    [Fact]
    public async Task A_data_directory_that_may_not_be_written_is_named()
    {
        // A file in the path stops every user; missing permissions would not stop root.
        string path = Path.Combine(_directory.Write("file", ""), "data");
        using TestProcess process = TestProcess.AkkaKv("node", "--set", $"akkakv.gateway.port={FreePorts.One()}", "--set", $"akkakv.data-dir={path}");
        Assert.Equal(1, await process.EndAsync());
        Assert.Contains($"akkakv.data-dir: {path}", process.Output);
        Assert.DoesNotContain("   at ", process.Output);
    }
}
