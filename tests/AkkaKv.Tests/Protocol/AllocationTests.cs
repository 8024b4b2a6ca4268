using System.Text;
using AkkaKv.Protocol;

namespace AkkaKv.Tests.Protocol;

/// <summary>Tests that count allocations run alone: others would take the pooled segments that these have put back.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AllocationCollection
{
    public const string Name = "Allocations";
}

[Collection(AllocationCollection.Name)]
public sealed class AllocationTests
{
    [Fact]
    public void Writing_and_consuming_allocates_nothing_in_steady_state()
    {
        var buffer = new OutputBuffer();
        var queue = new OutputBuffer();
        byte[] chunk = new byte[3000];
        void Round()
        {
            for (int i = 0; i < 20; i++)
            {
                buffer.Write(chunk);
            }

            buffer.MoveTo(queue);
            queue.Consume(queue.Length);
        }

        Round();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            Round();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Writing_replies_allocates_nothing_in_steady_state()
    {
        var writer = new ReplyWriter(new OutputBuffer()) { RespVersion = 3 };
        byte[] value = new byte[100];
        void Round()
        {
            writer.Map(1);
            writer.Bulk("key"u8);
            writer.Bulk(value);
            writer.Integer(123456);
            writer.Double(3.25);
            writer.Bulk("text");
            writer.Output.Consume(writer.Output.Length);
        }

        Round();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            Round();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Parsing_allocates_nothing_in_steady_state()
    {
        byte[] bytes = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat("*3\r\n$3\r\nSET\r\n$1\r\na\r\n$5\r\nhello\r\nPING x y\r\n", 50)));
        var parser = new RequestParser();
        var batch = new RequestBatch();
        long arguments = 0;
        void Round(int split)
        {
            parser.Parse(bytes, 0, split, batch, out int consumed);
            parser.Parse(bytes, consumed, bytes.Length, batch, out _);
            arguments += batch.Count;
            batch.Clear();
        }

        for (int split = 0; split < bytes.Length; split++)
        {
            Round(split);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int split = 0; split < bytes.Length; split++)
        {
            Round(split);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(2L * bytes.Length * 100, arguments);
    }
}
