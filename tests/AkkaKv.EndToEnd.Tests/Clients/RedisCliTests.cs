using AkkaKv.EndToEnd.Tests.Harness;

namespace AkkaKv.EndToEnd.Tests.Clients;

/// <summary>The real redis-cli, in each of its modes.</summary>
[Collection(SharedNode.Collection)]
public sealed class RedisCliTests(SharedNode node)
{
    [RequiresProgram("redis-cli")]
    public async Task Commands_as_arguments()
    {
        Assert.Equal("OK", await CliAsync("SET", "cli:greeting", "hello world"));
        Assert.Equal("\"hello world\"", await CliAsync("--no-raw", "GET", "cli:greeting"));
        Assert.Equal("(integer) 5", await CliAsync("--no-raw", "INCRBY", "cli:counter", "5"));
        Assert.Equal("(nil)", await CliAsync("--no-raw", "GET", "cli:absent"));
        Assert.Equal("(error) ERR value is not an integer or out of range", await CliAsync("--no-raw", "INCR", "cli:greeting"));
        Assert.StartsWith("ERR unknown command 'NOSUCH', with args beginning with: 'a' 'b'", await CliAsync("NOSUCH", "a", "b"));
    }

    [RequiresProgram("redis-cli")]
    public async Task Commands_on_standard_input_share_one_connection()
    {
        string output = await CliWithInputAsync(["--no-raw"], "SELECT 3\nSET cli:typed 1\nMULTI\nINCR cli:typed\nINCR cli:typed\nEXEC\nGET cli:typed\n");
        Assert.Equal(["OK", "OK", "OK", "QUEUED", "QUEUED", "1) (integer) 2", "2) (integer) 3", "\"3\""], output.Split('\n'));
        Assert.Equal("3", await CliAsync("-n", "3", "GET", "cli:typed"));
    }

    [RequiresProgram("redis-cli")]
    public async Task RESP3_shows_maps()
    {
        Assert.Equal("1# \"databases\" => \"16\"", await CliAsync("-3", "--no-raw", "CONFIG", "GET", "databases"));
        string hello = await CliAsync("-3", "--no-raw", "HELLO");
        Assert.Contains("\"proto\" => (integer) 3", hello);
        Assert.Contains("\"role\" => \"master\"", hello);
    }

    [RequiresProgram("redis-cli", "stdbuf")]
    public async Task Stat_shows_the_number_of_keys_and_clients()
    {
        await node.CallAsync("FLUSHALL");
        await node.CallAsync("MSET", "cli:a", "1", "cli:b", "2", "cli:c", "3");
        using TestProcess stat = TestProcess.Start("stdbuf", ["-oL", "redis-cli", .. Arguments("--stat", "-i", "0.05")]);
        await stat.LineAsync("keys       mem      clients");
        string row = await stat.LineAsync("(+1)");
        Assert.Matches(@"^3 +[0-9.]+[BKMG] +\d+ +\d+ +\d+ \(\+1\) +\d+", row);
    }

    [RequiresProgram("redis-cli")]
    public async Task Scan_lists_every_matching_key_once_or_more()
    {
        await node.CallAsync("FLUSHALL");
        for (var key = 0; key < 300; key++)
            await node.CallAsync("SET", $"cli:scan:{key}", "x");
        await node.CallAsync("SET", "other", "x");
        string[] keys = (await CliAsync("--scan", "--pattern", "cli:scan:*")).Split('\n');
        Assert.Equal(Enumerable.Range(0, 300).Select(key => $"cli:scan:{key}").Order(), keys.Distinct().Order());
    }

    [RequiresProgram("redis-cli")]
    public async Task Bigkeys_finds_the_longest_string()
    {
        await node.CallAsync("FLUSHALL");
        await node.CallAsync("SET", "cli:small", "x");
        await node.CallAsync("SET", "cli:big", new string('x', 5000));
        string output = await CliAsync("--bigkeys");
        Assert.Contains("'\"cli:big\"' has 5000 bytes", output);
        Assert.Contains("Sampled 2 keys in the keyspace!", output);
    }

    [RequiresProgram("redis-cli")]
    public async Task Pipe_loads_a_stream_of_commands()
    {
        await node.CallAsync("FLUSHALL");
        string commands = string.Concat(Enumerable.Range(0, 20_000).Select(index => $"SET cli:pipe:{index} {index}\r\n"));
        string output = await CliWithInputAsync(["--pipe"], commands);
        Assert.Contains("errors: 0, replies: 20000", output);
        Assert.Equal(20_000, (await node.CallAsync("DBSIZE")).Integer);
    }

    [RequiresProgram("redis-cli")]
    public async Task Latency_reports_samples()
    {
        string output = await CliAsync("--latency", "-i", "1");
        string[] fields = output.Split(' ');
        Assert.Equal(4, fields.Length);
        Assert.True(int.Parse(fields[3], null) > 1, output);
    }

    [RequiresProgram("redis-cli", "redis-check-rdb")]
    public async Task Rdb_fetches_a_dump_that_Redis_can_read()
    {
        await node.CallAsync("FLUSHALL");
        await node.CallAsync("MSET", "cli:rdb:1", "one", "cli:rdb:2", "two");
        await node.CallAsync("SET", "cli:rdb:3", "three", "EX", "1000");
        using var directory = new TestDirectory();
        string file = Path.Combine(directory.FullName, "dump.rdb");
        await CliAsync("--rdb", file);
        (int code, string check) = await TestProcess.RunAsync("redis-check-rdb", file);
        Assert.True(code == 0, check);
        Assert.Contains("RDB looks OK!", check);
        Assert.Contains("3 keys read", check);
        Assert.Contains("1 expires", check);
    }

    [RequiresProgram("redis-cli")]
    public async Task Monitor_shows_what_others_do()
    {
        using TestProcess monitor = TestProcess.Start("redis-cli", Arguments("MONITOR"));
        await monitor.LineAsync("OK");
        await node.CallAsync("SET", "cli:watched", "a \"quoted\" value");
        string line = await monitor.LineAsync("cli:watched");
        Assert.Matches("""^\d+\.\d{6} \[0 127\.0\.0\.1:\d+\] "SET" "cli:watched" "a \\"quoted\\" value"$""", line);
    }

    [RequiresProgram("redis-cli")]
    public async Task Subscribe_shows_messages()
    {
        using TestProcess subscriber = TestProcess.Start("redis-cli", Arguments("--no-raw", "PSUBSCRIBE", "cli:news:*"));
        await subscriber.LineAsync("(integer) 1");
        Assert.Equal(1, (await node.CallAsync("PUBLISH", "cli:news:today", "rain")).Integer);
        await subscriber.LineAsync("\"rain\"");
        Assert.Contains("\"pmessage\"", subscriber.Output);
        Assert.Contains("\"cli:news:today\"", subscriber.Output);
    }

    private async Task<string> CliAsync(params string[] arguments) => (await TestProcess.RunAsync("redis-cli", Arguments(arguments))).Output;

    private async Task<string> CliWithInputAsync(string[] arguments, string input)
    {
        using TestProcess process = TestProcess.Start("redis-cli", Arguments(arguments));
        await process.Input.WriteAsync(input);
        process.Input.Close();
        Assert.Equal(0, await process.EndAsync());
        return process.Output;
    }

    private string[] Arguments(params string[] arguments) => ["-h", "127.0.0.1", "-p", $"{node.Port}", .. arguments];
}
