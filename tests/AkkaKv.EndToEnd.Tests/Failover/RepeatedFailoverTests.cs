using AkkaKv.EndToEnd.Tests.Harness;
using AkkaKv.Protocol;

namespace AkkaKv.EndToEnd.Tests.Failover;

/// <summary>One topology whose master is killed again and again. How long it takes is a matter for the benchmark; here it must work every time.</summary>
public sealed class RepeatedFailoverTests
{
    private const int Failovers = 10;

    [Fact]
    public async Task Ten_masters_in_a_row_are_killed_and_every_write_that_all_replicas_had_is_still_there()
    {
        using LocalCluster cluster = await LocalCluster.StartAsync();
        using RespConnection client = await RespConnection.OpenAsync(cluster.RouterPort);
        var startedAgain = new List<TestProcess>();
        try
        {
            for (int round = 1; round <= Failovers; round++)
            {
                int old = await cluster.MasterPortAsync();
                await Eventually.TrueAsync("two replicas in step", async () =>
                    (await RespConnection.InfoAsync(old, "replication", "connected_slaves")) == "2"
                    && (await WriteAsync(client, $"round:{round}", $"{old}"))
                    && (await client.CallAsync("WAIT", "2", "1000")).Integer == 2);

                await LocalCluster.KillAsync(old);

                // The connection through the router stays the same: what was in flight may be answered with an error, what comes later is not.
                await Eventually.TrueAsync("a write after the kill", () => WriteAsync(client, "after", $"{round}"));
                Assert.NotEqual(old, await cluster.MasterOtherThanAsync(old));
                for (int earlier = 1; earlier <= round; earlier++)
                    Assert.False((await client.CallAsync("GET", $"round:{earlier}")).IsNull, $"the write of round {earlier} is lost in round {round}");
                startedAgain.Add(cluster.StartAgain(old));
            }
        }
        finally
        {
            startedAgain.ForEach(process => process.Dispose());
        }
    }

    private static async Task<bool> WriteAsync(RespConnection client, string key, string value)
    {
        RespValue reply = await client.CallAsync("SET", key, value);
        return reply.Text == "OK";
    }
}
