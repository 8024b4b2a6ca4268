using AkkaKv.EndToEnd.Tests.Harness;

namespace AkkaKv.EndToEnd.Tests.Node;

public sealed class AclFileTests : IDisposable
{
    private readonly TestDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Users_are_saved_to_their_file_read_at_the_start_and_loaded_again()
    {
        string file = Path.Combine(_directory.FullName, "users.acl");
        await File.WriteAllTextAsync(file, "user alice on >first ~* &* +@all\n");
        using DataNode node = await DataNode.StartAsync($"akkakv.gateway.acl-file={file}");
        Assert.Equal("OK", (await node.CallAsync("AUTH", "alice", "first")).Text);
        Assert.Equal("OK", (await node.CallAsync("ACL", "SETUSER", "bob", "on", ">second", "~b*", "+get")).Text);
        Assert.Equal("OK", (await node.CallAsync("ACL", "SAVE")).Text);

        string saved = await File.ReadAllTextAsync(file);
        Assert.Contains("user bob on #", saved);
        Assert.DoesNotContain("second", saved);

        using (RespConnection last = await node.ConnectAsync())
            await last.SendAsync("SHUTDOWN", "NOSAVE");
        await node.RestartAsync();
        Assert.Equal("OK", (await node.CallAsync("AUTH", "bob", "second")).Text);

        await File.WriteAllTextAsync(file, "user bob on >third ~b* +get\n");
        Assert.Equal("OK", (await node.CallAsync("ACL", "LOAD")).Text);
        Assert.Equal("OK", (await node.CallAsync("AUTH", "bob", "third")).Text);
        Assert.StartsWith("WRONGPASS", (await node.CallAsync("AUTH", "alice", "first")).Text);

        await File.WriteAllTextAsync(file, "user bob on +nosuch\n");
        Assert.Contains("Error in applying operation '+nosuch'", (await node.CallAsync("ACL", "LOAD")).Text);
        Assert.Equal("OK", (await node.CallAsync("AUTH", "bob", "third")).Text);
    }
}
