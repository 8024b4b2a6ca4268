using AkkaKv.EndToEnd.Tests.Harness;
using AkkaKv.Protocol;

namespace AkkaKv.EndToEnd.Tests.Failover;

/// <summary>A master that was replaced while it was away must not take writes beside its successor when it comes back.</summary>
public sealed class ReturningMasterTests
{
    [Fact]
    public async Task A_killed_master_that_starts_again_accepts_no_write_before_it_is_a_replica()
    {
        using LocalCluster cluster = await LocalCluster.StartAsync();
        int old = await cluster.MasterPortAsync();
        await LocalCluster.KillAsync(old);
        await cluster.MasterOtherThanAsync(old);

        using TestProcess again = cluster.StartAgain(old);
        bool accepted = false;
        await Eventually.TrueAsync("the old master as a replica", async () =>
        {
            try
            {
                using RespConnection client = await RespConnection.OpenAsync(old);
                RespValue reply = await client.CallAsync("SET", "split", "brain");
                accepted |= reply.Text == "OK";
                return reply.Text.StartsWith("READONLY", StringComparison.Ordinal);
            }
            catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
            {
                return false; // its port is not open yet
            }
        });

        Assert.False(accepted, "the old master accepted a write");
    }
}
