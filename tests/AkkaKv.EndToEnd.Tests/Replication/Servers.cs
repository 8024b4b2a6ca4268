using System.Globalization;
using AkkaKv.EndToEnd.Tests.Harness;

namespace AkkaKv.EndToEnd.Tests.Replication;

/// <summary>Ours or Redis: something with a RESP port on loopback.</summary>
internal interface IServer
{
    int Port { get; }
}

/// <summary>What replication tests ask of servers, the same of ours and of Redis.</summary>
internal static class Servers
{
    /// <summary>One request on a connection of its own.</summary>
    public static async Task<string> CallAsync(this IServer server, params string[] request) =>
        (await RespConnection.OnceAsync(server.Port, request)).Text;

    /// <summary>A field of INFO.</summary>
    public static Task<string?> InfoAsync(this IServer server, string section, string field) => RespConnection.InfoAsync(server.Port, section, field);

    /// <summary>Makes it the replica of a server, or of whatever leads to one on that port, and waits until the link is up.</summary>
    public static async Task FollowAsync(this IServer replica, int masterPort)
    {
        Assert.StartsWith("OK", await replica.CallAsync("REPLICAOF", "127.0.0.1", $"{masterPort}"));
        await replica.WaitLinkAsync();
    }

    /// <summary>Waits until the link to the master is up.</summary>
    public static Task WaitLinkAsync(this IServer replica) => Eventually.TrueAsync(
        $"the link of replica {replica.Port}", async () => await replica.InfoAsync("replication", "master_link_status") == "up");

    /// <summary>Waits until two servers have the same history and offset, then compares every key of every database.</summary>
    public static async Task AssertSameAsync(IServer master, IServer replica)
    {
        await Eventually.TrueAsync($"{replica.Port} has what {master.Port} has", async () =>
            await PositionAsync(master) == await PositionAsync(replica));
        Assert.Equal(await ContentAsync(master), await ContentAsync(replica));
    }

    /// <summary>Every key with its value and expiry, sorted.</summary>
    public static async Task<List<string>> ContentAsync(IServer server)
    {
        using var connection = await RespConnection.OpenAsync(server.Port);
        List<string> content = [];
        for (var database = 0; database < 16; database++)
        {
            await connection.CallAsync("SELECT", database.ToString(CultureInfo.InvariantCulture));
            var keys = (await connection.CallAsync("KEYS", "*")).Items.Select(key => key.Text).ToList();
            foreach (var key in keys)
            {
                await connection.SendAsync("GET", key);
                await connection.SendAsync("PEXPIRETIME", key);
            }

            foreach (var key in keys)
            {
                var value = await connection.ReceiveAsync();
                content.Add($"{database} {key} = {Convert.ToHexString(value.Bytes)} until {(await connection.ReceiveAsync()).Integer}");
            }
        }

        content.Sort(StringComparer.Ordinal);
        return content;
    }

    /// <summary>Writes of many kinds, the same for the same seed; returns when all are answered.</summary>
    public static async Task WriteAsync(this IServer master, int seed, int count)
    {
        var random = new Random(seed);
        using var connection = await RespConnection.OpenAsync(master.Port);
        for (var index = 0; index < count; index++)
            await connection.SendAsync(Write(random));
        for (var index = 0; index < count; index++)
        {
            var reply = await connection.ReceiveAsync();
            Assert.False(reply.IsError, reply.Text);
        }
    }

    private static string[] Write(Random random)
    {
        var key = $"key:{random.Next(300)}";
        return random.Next(10) switch
        {
            0 => ["SELECT", $"{random.Next(3)}"],
            1 => ["INCR", $"counter:{random.Next(20)}"],
            2 => ["APPEND", $"text:{random.Next(20)}", "more"],
            3 => ["DEL", key],
            4 => ["SET", key, "with expiry", "EX", "1000"],
            5 => ["SETRANGE", $"text:{random.Next(20)}", $"{random.Next(50)}", "in the middle"],
            6 => ["MSET", key, "one", $"key:{random.Next(300)}", "two"],
            7 => ["INCRBYFLOAT", $"float:{random.Next(5)}", "0.1"],
            8 => ["PEXPIRE", key, "5000000"],
            _ => ["SET", key, new string((char)('a' + random.Next(26)), random.Next(200))],
        };
    }

    private static async Task<(string? Id, string? Offset)> PositionAsync(IServer server) =>
        (await server.InfoAsync("replication", "master_replid"), await server.InfoAsync("replication", "master_repl_offset"));
}
