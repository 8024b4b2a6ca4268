using AkkaKv.Protocol;

namespace AkkaKv.Tests.Protocol;

public sealed class OutputBufferTests
{
    private static byte[] Bytes(int length, int seed)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    [Fact]
    public void Random_writes_consumes_and_moves_keep_every_byte_in_order()
    {
        var random = new Random(7);
        var buffer = new OutputBuffer();
        var other = new OutputBuffer();
        var model = new List<byte>();
        for (int round = 0; round < 2000; round++)
        {
            switch (random.Next(5))
            {
                case 0:
                    byte[] written = Bytes(random.Next(0, random.Next(2) == 0 ? 50 : 40000), round);
                    buffer.Write(written);
                    model.AddRange(written);
                    break;
                case 1:
                    Span<byte> span = buffer.GetSpan(random.Next(0, 20000));
                    int count = random.Next(0, Math.Min(span.Length, 500));
                    span[..count].Fill((byte)round);
                    buffer.Advance(count);
                    model.AddRange(Enumerable.Repeat((byte)round, count));
                    break;
                case 2:
                    int consumed = random.Next(0, model.Count + 1);
                    buffer.Consume(consumed);
                    model.RemoveRange(0, consumed);
                    break;
                case 3:
                    buffer.MoveTo(other);
                    Assert.True(buffer.IsEmpty);
                    (buffer, other) = (other, buffer);
                    break;
                default:
                    byte[] moved = Bytes(random.Next(0, 100), round);
                    other.Write(moved);
                    other.MoveTo(buffer);
                    model.AddRange(moved);
                    break;
            }

            Assert.Equal(model.Count, buffer.Length);
            Assert.Equal(0, other.Length);
            if (round % 10 == 0)
            {
                Assert.Equal(model.ToArray(), buffer.ToArray());
                var list = new List<ArraySegment<byte>>();
                buffer.AddSegmentsTo(list);
                Assert.Equal(model.Count, list.Sum(segment => segment.Count));
            }
        }
    }

    [Fact]
    public void More_bytes_than_are_held_cannot_be_consumed()
    {
        var buffer = new OutputBuffer();
        buffer.Write("abc"u8);
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Consume(4));
        buffer.Consume(3);
        Assert.True(buffer.First.IsEmpty);
    }

    [Fact]
    public void Segments_taken_and_returned_on_many_threads_never_mix_their_bytes()
    {
        Parallel.For(0, 4, worker =>
        {
            for (int round = 0; round < 200; round++)
            {
                var buffer = new OutputBuffer();
                byte[] bytes = Bytes(50000, worker * 1000 + round);
                buffer.Write(bytes);
                Assert.Equal(bytes, buffer.ToArray());
                buffer.Clear();
            }
        });
    }
}
