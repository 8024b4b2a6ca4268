using AkkaKv.Protocol;
using AkkaKv.Tests.Commands.Harness;
using AkkaKv.Tests.Protocol;

namespace AkkaKv.Tests.Commands.Strings;

[Collection(AllocationCollection.Name)]
public sealed class AllocationTests
{
    [Theory]
    [InlineData("GET k")]
    [InlineData("GET missing")]
    [InlineData("SET k hello")]
    [InlineData("SET k hello EX 100")]
    [InlineData("SET k hello KEEPTTL")]
    [InlineData("INCR n")]
    [InlineData("INCRBY n 1000")]
    [InlineData("MGET k n missing")]
    [InlineData("MSET k 1 n 2")]
    [InlineData("APPEND short abc")]
    [InlineData("SETBIT b 7 1")]
    [InlineData("GETBIT b 7")]
    [InlineData("BITCOUNT k")]
    [InlineData("PFADD h a b c")]
    [InlineData("PFCOUNT h")]
    [InlineData("EXPIRE k 100")]
    [InlineData("TTL k")]
    [InlineData("EXISTS k n")]
    [InlineData("DEL missing")]
    [InlineData("SADD set new")]
    [InlineData("SADD integers 7 8")]
    [InlineData("SADD many m7")]
    [InlineData("SREM many missing")]
    [InlineData("SISMEMBER many m9")]
    [InlineData("SISMEMBER integers 3")]
    [InlineData("SMEMBERS many")]
    [InlineData("SPOP many")]
    [InlineData("SPOP many 2")]
    [InlineData("SPOP plenty")]
    [InlineData("SMOVE many plenty m5")]
    [InlineData("SRANDMEMBER many")]
    [InlineData("SRANDMEMBER many 3")]
    [InlineData("SINTER many integers")]
    [InlineData("HSET small a smallello b 2")]
    [InlineData("HSET large f7 hello")]
    [InlineData("HGET small a")]
    [InlineData("HGET large f9")]
    [InlineData("HMGET small a b c")]
    [InlineData("HGETALL small")]
    [InlineData("HINCRBY small n 1")]
    [InlineData("HDEL small missing")]
    [InlineData("HRANDFIELD large")]
    [InlineData("XADD stream MAXLEN 5 * field value number 5")]
    [InlineData("XLEN stream")]
    [InlineData("XRANGE stream - + COUNT 2")]
    [InlineData("LMOVE l l RIGHT LEFT")]
    [InlineData("LMOVE long long LEFT RIGHT")]
    [InlineData("RPOPLPUSH long long")]
    [InlineData("LRANGE l 0 -1")]
    [InlineData("LRANGE long 100 199")]
    [InlineData("LINDEX long 500")]
    [InlineData("LLEN long")]
    [InlineData("LSET long 400 other")]
    [InlineData("LPOS long 700")]
    [InlineData("BLPOP missing long 0", "LPUSH long 1")]
    [InlineData("LPUSH l x", "LPOP l")]
    [InlineData("LPUSH long x y z", "RPOP long 3")]
    [InlineData("RPUSH long x y z", "LPOP long 3")]
    [InlineData("RPUSH new x", "LPOP new")]
    public void In_steady_state_the_command_takes_no_managed_memory(params string[] lines)
    {
        using TestNode node = new();
        node.Line("MSET k hello n 5");
        node.Line("SADD set a b c");
        node.Line("SADD integers 1 2 3");
        node.Line("SADD many " + string.Join(' ', Enumerable.Range(0, 300).Select(i => $"m{i}")));
        node.Line("SADD plenty " + string.Join(' ', Enumerable.Range(0, 12_000).Select(i => $"m{i}")));
        node.Line("HSET small a 1 b 2");
        node.Line("CONFIG SET hash-max-listpack-entries 20");
        node.Line("HSET large " + string.Join(' ', Enumerable.Range(0, 30).Select(i => $"f{i} {i}")));
        node.Line("RPUSH l a b c");
        node.Line("RPUSH long " + string.Join(' ', Enumerable.Range(0, 1000)));
        OutputBuffer encoded = new();
        foreach (string line in lines)
        {
            RequestWriter.Write(encoded, line.Split(' '));
        }

        byte[] bytes = encoded.ToArray();
        RequestBatch batch = new();
        Assert.Equal(ParseStatus.Ok, new RequestParser().Parse(bytes, 0, bytes.Length, batch, out _));
        Assert.Contains(0, Enumerable.Range(0, 10).Select(_ => AllocatedBy(node, batch)));
    }

    /// <summary>Tests that run beside this one take segments from the same pool, so a single round may have to make new ones.</summary>
    private static long AllocatedBy(TestNode node, RequestBatch batch)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            for (int k = 0; k < batch.Count; k++)
            {
                Execute(node, batch[k]);
            }
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void Execute(TestNode node, in Arguments request)
    {
        node.Engine.Execute(node.Client.Session, request, node.NowMs);
        node.Client.Session.Output.Clear();
        node.Replication.DropPropagated();
    }
}
