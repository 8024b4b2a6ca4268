using AkkaKv.Protocol;
using AkkaKv.Tests.Commands.Harness;

namespace AkkaKv.Tests.Commands.SortedSets;

public sealed class SortedSetAllocationTests
{
    [Theory]
    [InlineData("ZADD z 3 b")]
    [InlineData("ZADD z 7 b", "ZADD z 8 b")]
    [InlineData("ZADD z NX CH 2.5 new", "ZREM z new")]
    [InlineData("ZINCRBY z 1 a")]
    [InlineData("ZINCRBY z 0.25 a")]
    [InlineData("ZSCORE z a")]
    [InlineData("ZMSCORE z a missing")]
    [InlineData("ZRANK z b")]
    [InlineData("ZREVRANK z b")]
    [InlineData("ZCARD z")]
    [InlineData("ZCOUNT z 1 (3")]
    [InlineData("ZRANGE z 0 -1")]
    [InlineData("ZRANGE z 1 inf BYSCORE LIMIT 0 2 WITHSCORES")]
    [InlineData("ZREVRANGEBYSCORE z +inf 0 WITHSCORES")]
    [InlineData("ZRANGEBYLEX z - +")]
    [InlineData("ZPOPMIN z", "ZADD z 1 a 2 b 3 c 4 d")]
    [InlineData("ZPOPMAX z 2", "ZADD z 1 a 2 b 3 c 4 d")]
    [InlineData("ZMPOP 1 z MIN", "ZADD z 1 a 2 b 3 c 4 d")]
    [InlineData("ZREMRANGEBYRANK z 0 1", "ZADD z 1 a 2 b 3 c 4 d")]
    public void In_steady_state_the_command_takes_no_managed_memory(params string[] lines)
    {
        foreach (string packedEntries in (string[])["128", "1"])
        {
            using TestNode node = new();
            node.Line($"CONFIG SET zset-max-listpack-entries {packedEntries}");
            node.Line("ZADD z 1 a 2 b 3 c 4 d");
            OutputBuffer encoded = new();
            foreach (string line in lines)
            {
                RequestWriter.Write(encoded, line.Split(' '));
            }

            byte[] bytes = encoded.ToArray();
            RequestBatch batch = new();
            Assert.Equal(ParseStatus.Ok, new RequestParser().Parse(bytes, 0, bytes.Length, batch, out _));

            // Tests that run beside this one take segments from the same pool, so a single round may have to make new ones.
            Assert.Contains(0, Enumerable.Range(0, 10).Select(_ => AllocatedBy(node, batch)));
        }
    }

    private static long AllocatedBy(TestNode node, RequestBatch batch)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 500; i++)
        {
            for (int request = 0; request < batch.Count; request++)
            {
                node.Engine.Execute(node.Client.Session, batch[request], node.NowMs);
                node.Client.Session.Output.Clear();
                node.Replication.DropPropagated();
            }
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
