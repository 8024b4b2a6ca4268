using AkkaKv.Protocol;
using AkkaKv.Tests.Commands.Harness;
using AkkaKv.Tests.Protocol;

namespace AkkaKv.Tests.Commands;

[Collection(AllocationCollection.Name)]
public sealed class EngineAllocationTests : IDisposable
{
    private readonly TestNode _node = new();

    public void Dispose() => _node.Dispose();

    [Fact]
    public void A_command_allocates_nothing_on_its_way_through_the_engine()
    {
        byte[] bytes = "*1\r\n$4\r\nPING\r\n*2\r\n$6\r\nSELECT\r\n$1\r\n0\r\n*1\r\n$6\r\nDBSIZE\r\n*3\r\n$3\r\nSET\r\n$1\r\na\r\n$5\r\nhello\r\n*2\r\n$3\r\nGET\r\n$1\r\na\r\n"u8.ToArray();
        var parser = new RequestParser();
        var batch = new RequestBatch();
        void Round()
        {
            parser.Parse(bytes, 0, bytes.Length, batch, out _);
            for (int i = 0; i < batch.Count; i++)
            {
                _node.Engine.Execute(_node.Client.Session, batch[i], _node.NowMs);
            }

            batch.Clear();
            _node.Client.Session.Output.Consume(_node.Client.Session.Output.Length);
            _node.Replication.DropPropagated();
        }

        for (int i = 0; i < 100; i++)
        {
            Round();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            Round();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
