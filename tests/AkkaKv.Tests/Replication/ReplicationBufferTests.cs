using AkkaKv.Replication;

namespace AkkaKv.Tests.Replication;

public sealed class ReplicationBufferTests
{
    private const int Block = ReplicationBuffer.BlockSize;

    [Fact]
    public void Nothing_is_counted_or_kept_before_it_is_started()
    {
        var buffer = new ReplicationBuffer();
        buffer.Append("abc"u8);
        Assert.Equal((false, 0L, 0L, 0L), (buffer.IsActive, buffer.EndOffset, buffer.FirstOffset, buffer.HistoryLength));
    }

    [Fact]
    public void The_first_byte_after_the_start_has_the_next_offset()
    {
        var buffer = Started(56);
        Assert.Equal((56L, 57L, 0L), (buffer.EndOffset, buffer.FirstOffset, buffer.HistoryLength));
        buffer.Append("abc"u8);
        Assert.Equal((59L, 57L, 3L), (buffer.EndOffset, buffer.FirstOffset, buffer.HistoryLength));
    }

    [Fact]
    public void A_cursor_reads_from_any_offset_that_is_kept()
    {
        var buffer = Started(100);
        var bytes = Pattern(3 * Block + 17);
        buffer.Append(bytes);
        foreach (var offset in new[] { 0, 1, Block - 1, Block, Block + 1, 3 * Block, bytes.Length })
            Assert.Equal(bytes[offset..], Drain(buffer.OpenCursor(100 + offset, 0)));
        Assert.False(buffer.Covers(99));
        Assert.False(buffer.Covers(100 + bytes.Length + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.OpenCursor(99, 0));
    }

    [Fact]
    public void A_scatter_read_gives_the_same_bytes_as_a_plain_one()
    {
        var buffer = Started(0);
        var bytes = Pattern(2 * Block + 5);
        buffer.Append(bytes);
        var cursor = buffer.OpenCursor(3, 0);
        Assert.Equal(bytes.Length - 3, cursor.CountUnread());
        List<ArraySegment<byte>> segments = [];
        Assert.Equal(Block + 100, cursor.Peek(segments, Block + 100));
        Assert.Equal(bytes[3..(3 + Block + 100)], segments.SelectMany(segment => segment));
        cursor.Advance(Block + 100);
        Assert.Equal(bytes[(3 + Block + 100)..], Drain(cursor));
        segments.Clear();
        Assert.Equal(0, cursor.Peek(segments, 100));
        Assert.Throws<ArgumentOutOfRangeException>(() => cursor.Advance(1));
    }

    [Fact]
    public void History_is_trimmed_to_its_size_and_never_below()
    {
        var buffer = Started(0);
        buffer.SizeMax = 4 * Block;
        for (var round = 0; round < 100; round++)
        {
            buffer.Append(Pattern(Block / 3));
            if (buffer.EndOffset >= buffer.SizeMax)
                Assert.InRange(buffer.HistoryLength, buffer.SizeMax, buffer.SizeMax + Block);
        }

        buffer.SizeMax = Block;
        Assert.InRange(buffer.HistoryLength, Block, 2 * Block);
    }

    [Fact]
    public void A_reader_within_its_limit_keeps_the_history_it_needs()
    {
        var buffer = Started(0);
        buffer.SizeMax = Block;
        var cursor = buffer.OpenCursor(0, 10 * Block);
        var bytes = Pattern(9 * Block);
        buffer.Append(bytes);
        Assert.Equal(1, buffer.FirstOffset);
        Assert.Equal(bytes, Drain(cursor));
        buffer.Append(Pattern(2 * Block));
        Assert.InRange(buffer.HistoryLength, Block, 3 * Block);
        Assert.False(cursor.IsOverrun);
    }

    [Fact]
    public void A_reader_beyond_its_limit_is_cut_off_and_the_memory_is_bounded()
    {
        var buffer = Started(0);
        buffer.SizeMax = Block;
        var slow = buffer.OpenCursor(0, 4 * Block);
        var fast = buffer.OpenCursor(0, 4 * Block);
        for (var round = 0; round < 50; round++)
        {
            buffer.Append(Pattern(Block / 2));
            Drain(fast);
        }

        Assert.True(slow.IsOverrun);
        Assert.False(fast.IsOverrun);
        Assert.InRange(buffer.HistoryLength, 1, 3 * Block);
    }

    [Fact]
    public void A_limit_below_the_backlog_size_does_not_cut_off_earlier()
    {
        var buffer = Started(0);
        buffer.SizeMax = 8 * Block;
        var cursor = buffer.OpenCursor(0, 10);
        buffer.Append(Pattern(8 * Block));
        Assert.False(cursor.IsOverrun);
        Assert.Equal(8 * Block, Drain(cursor).Length);
    }

    [Fact]
    public void What_a_cut_off_reader_is_looking_at_is_not_written_over_until_it_lets_go()
    {
        var buffer = Started(0);
        buffer.SizeMax = 1;
        var cursor = buffer.OpenCursor(0, 1);
        buffer.Append(Pattern(Block));
        var seen = cursor.Peek();
        var expected = seen.ToArray();
        for (var round = 0; round < 40; round++)
            buffer.Append(new byte[Block]);
        Assert.True(cursor.IsOverrun);
        Assert.Equal(expected, seen.ToArray());
        buffer.Release(cursor);
        buffer.Release(cursor);
        Assert.Equal(expected, seen.ToArray());
    }

    [Fact]
    public void Dropping_the_history_cuts_off_its_readers()
    {
        var buffer = Started(0);
        var cursor = buffer.OpenCursor(0, 0);
        buffer.Append("old"u8);
        buffer.Start(1000);
        buffer.Append("new"u8);
        Assert.True(cursor.IsOverrun);
        Assert.Equal("old"u8.ToArray(), Drain(cursor));
        Assert.Equal((1003L, 1001L), (buffer.EndOffset, buffer.FirstOffset));
        buffer.Stop(7);
        Assert.Equal((false, 7L, 0L), (buffer.IsActive, buffer.EndOffset, buffer.HistoryLength));
    }

    [Fact]
    public void Appending_allocates_nothing_once_the_backlog_is_full()
    {
        var buffer = Started(0);
        buffer.SizeMax = 4 * Block;
        var cursor = buffer.OpenCursor(0, 0);
        var bytes = Pattern(1000);
        for (var round = 0; round < 2000; round++)
            AppendAndRead();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 10_000; round++)
            AppendAndRead();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void AppendAndRead()
        {
            buffer.Append(bytes);
            while (cursor.Peek() is { Length: > 0 } next)
                cursor.Advance(next.Length);
        }
    }

    [Fact]
    public void A_reader_on_another_thread_sees_every_byte_in_order_while_blocks_are_reused()
    {
        const int total = 64 * 1024 * 1024;
        var buffer = Started(0);
        buffer.SizeMax = 2 * Block;
        var cursor = buffer.OpenCursor(0, 0);
        var failure = "";
        var reader = new Thread(() =>
        {
            var expected = 0;
            while (expected < total)
            {
                var next = cursor.Peek().Span;
                if (next.Length == 0)
                    Thread.Yield();
                foreach (var value in next)
                {
                    if (value != PatternAt(expected++))
                    {
                        failure = $"wrong byte at {expected - 1}";
                        return;
                    }
                }

                cursor.Advance(next.Length);
            }
        });
        reader.Start();
        var random = new Random(3);
        var piece = new byte[5000];
        for (var written = 0; written < total;)
        {
            var length = Math.Min(random.Next(1, piece.Length), total - written);
            for (var index = 0; index < length; index++)
                piece[index] = PatternAt(written + index);
            buffer.Append(piece.AsSpan(0, length));
            written += length;
        }

        Assert.True(reader.Join(TimeSpan.FromSeconds(60)));
        Assert.Equal("", failure);
    }

    private static ReplicationBuffer Started(long offset)
    {
        var buffer = new ReplicationBuffer();
        buffer.Start(offset);
        return buffer;
    }

    private static byte PatternAt(int index) => (byte)((index * 31) ^ (index >> 8));

    private static byte[] Pattern(int length)
    {
        var bytes = new byte[length];
        for (var index = 0; index < length; index++)
            bytes[index] = PatternAt(index);
        return bytes;
    }

    private static byte[] Drain(ReplicationCursor cursor)
    {
        List<byte> bytes = [];
        while (cursor.Peek() is { Length: > 0 } next)
        {
            bytes.AddRange(next.ToArray());
            cursor.Advance(next.Length);
        }

        return [.. bytes];
    }
}
