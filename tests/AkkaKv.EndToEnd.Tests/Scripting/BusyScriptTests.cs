using AkkaKv.EndToEnd.Tests.Harness;
using AkkaKv.Protocol;

namespace AkkaKv.EndToEnd.Tests.Scripting;

/// <summary>A script that does not end, on a real node with real connections.</summary>
public sealed class BusyScriptTests
{
    private const string Endless = "while true do end";
    private const string Busy = "BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.";

    [Fact]
    public async Task Other_clients_are_answered_BUSY_and_SCRIPT_KILL_ends_the_script()
    {
        using DataNode node = await StartAsync();
        using RespConnection script = await node.ConnectAsync();
        using RespConnection idle = await node.ConnectAsync();
        Assert.Equal("PONG", (await idle.CallAsync("PING")).Text);
        await script.SendAsync("EVAL", Endless, "0");

        await WaitUntilBusyAsync(node);
        Assert.Equal(Busy, (await idle.CallAsync("GET", "x")).Text);
        Assert.Equal(Busy, (await idle.CallAsync("SHUTDOWN")).Text);
        Assert.StartsWith("BUSY", (await node.CallAsync("FUNCTION", "KILL")).Text);
        Assert.Equal("OK", (await node.CallAsync("SCRIPT", "KILL")).Text);

        RespValue error = await script.ReceiveAsync();
        Assert.StartsWith("ERR Script killed by user with SCRIPT KILL. script: ", error.Text);
        Assert.Equal("OK", (await idle.CallAsync("SET", "x", "1")).Text);
        Assert.Equal("NOTBUSY No scripts in execution right now.", (await node.CallAsync("SCRIPT", "KILL")).Text);
        Assert.Equal("1", (await script.CallAsync("GET", "x")).Text);
    }

    [Theory]
    [InlineData("while true do pcall(function() while true do end end) end")]
    [InlineData("string.gsub('x', 'x', function() while true do end end)")]
    [InlineData("table.sort({1,2,3}, function() while true do end end)")]
    [InlineData("while true do local co = coroutine.wrap(function() while true do end end) pcall(co) end")]
    [InlineData("setmetatable({}, {__index = function() while true do end end}).x()")]
    public async Task No_script_can_keep_itself_from_being_killed(string code)
    {
        using DataNode node = await StartAsync();
        using RespConnection script = await node.ConnectAsync();
        await script.SendAsync("EVAL", code, "0");
        await WaitUntilBusyAsync(node);
        Assert.Equal("OK", (await node.CallAsync("SCRIPT", "KILL")).Text);
        Assert.StartsWith("ERR Script killed by user with SCRIPT KILL.", (await script.ReceiveAsync()).Text);
    }

    [Fact]
    public async Task A_script_that_has_written_cannot_be_killed_but_SHUTDOWN_NOSAVE_ends_the_node()
    {
        using DataNode node = await StartAsync();
        using RespConnection script = await node.ConnectAsync();
        await script.SendAsync("EVAL", "redis.call('set', 'x', 'y') " + Endless, "0");

        await WaitUntilBusyAsync(node);
        Assert.StartsWith("UNKILLABLE Sorry the script already executed write commands", (await node.CallAsync("SCRIPT", "KILL")).Text);
        using RespConnection last = await node.ConnectAsync();
        await last.SendAsync("SHUTDOWN", "NOSAVE");
        Assert.Equal(0, await node.Process.EndAsync());
    }

    [Fact]
    public async Task A_function_is_described_and_killed_by_FUNCTION()
    {
        using DataNode node = await StartAsync();
        await node.CallAsync("FUNCTION", "LOAD", "#!lua name=lib\nredis.register_function('spin', function() while true do end end)");
        using RespConnection function = await node.ConnectAsync();
        await function.SendAsync("FCALL", "spin", "1", "key", "argument");

        await WaitUntilBusyAsync(node);
        Assert.Equal("BUSY Redis is busy running a script. You can only call FUNCTION KILL or SHUTDOWN NOSAVE.", (await node.CallAsync("GET", "x")).Text);
        RespValue running = (await node.CallAsync("FUNCTION", "STATS"))[1];
        Assert.Equal(["name", "spin", "command"], running.Items.Take(3).Select(item => item.Text));
        Assert.Equal(["FCALL", "spin", "1", "key", "argument"], running[3].Items.Select(item => item.Text));
        Assert.Equal("OK", (await node.CallAsync("FUNCTION", "KILL")).Text);
        Assert.StartsWith("ERR Script killed by user with FUNCTION KILL. script: spin, on @user_function:2.", (await function.ReceiveAsync()).Text);
    }

    [Fact]
    public async Task A_script_that_takes_too_much_memory_fails_and_the_node_goes_on()
    {
        using DataNode node = await StartAsync();
        RespValue error = await node.CallAsync("EVAL", "local t = {} for i = 1, 1e9 do t[i] = string.rep('x', 1000) .. i end", "0");
        Assert.Contains("not enough memory", error.Text);
        Assert.Contains("not enough memory", (await node.CallAsync("EVAL", "return {pcall(string.rep, 'x', 1e9)}", "0"))[1].Text);
        Assert.Equal(1, (await node.CallAsync("EVAL", "return 1", "0")).Integer);
    }

    private static async Task<DataNode> StartAsync()
    {
        DataNode node = await DataNode.StartAsync();
        Assert.Equal("OK", (await node.CallAsync("CONFIG", "SET", "lua-time-limit", "50")).Text);
        return node;
    }

    private static Task WaitUntilBusyAsync(DataNode node) => Eventually.TrueAsync(
        "BUSY", async () => (await node.CallAsync("PING")).Text.StartsWith("BUSY", StringComparison.Ordinal), TimeSpan.FromSeconds(20));
}
