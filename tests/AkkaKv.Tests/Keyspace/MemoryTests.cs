using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Memory;
using static AkkaKv.Tests.Keyspace.Keys;

namespace AkkaKv.Tests.Keyspace;

public sealed unsafe class MemoryTests
{
    [Fact]
    public void Memory_returns_to_its_start_after_everything_is_removed()
    {
        using var store = new Store(2);
        for (var round = 0; round < 3; round++)
        {
            for (var i = 0; i < 100_000; i++)
                store[0].SetString(Numbered(i), new byte[i % 1000 == 0 ? 30_000 : i % 200], i % 3 == 0 ? i : Database.NoExpiry);
            Assert.InRange(store.UsedMemory, 100_000 * 100, 100_000 * 300);
            Assert.InRange(store.ReservedMemory, store.UsedMemory, store.UsedMemory * 13 / 10);
            for (var i = 0; i < 100_000; i++)
                Assert.True(store[0].Remove(Numbered((i * 7919) % 100_000)));
            Assert.Equal(0, store.UsedMemory);
            Assert.InRange(store.ReservedMemory, 0, 2 * 1024 * 1024);
        }
    }

    [Fact]
    public void Keys_of_16_bytes_with_64_byte_values_take_fewer_than_125_bytes()
    {
        using var store = new Store(1);
        var value = new byte[64];
        var worst = 0.0;
        for (var i = 0; i < 200_000; i++)
        {
            store[0].SetString(Numbered(i), value, Database.NoExpiry);
            if (i > 20_000)
                worst = Math.Max(worst, store.UsedMemory / (i + 1.0));
        }

        Assert.InRange(worst, 96, 125);
    }

    [Fact]
    public void The_memory_usages_of_all_keys_add_up_to_about_the_used_memory()
    {
        using var store = new Store(1);
        var sum = 0L;
        for (var i = 0; i < 20_000; i++)
            sum += store[0].SetString(Numbered(i), new byte[i % 500 == 0 ? 50_000 : i % 300], i).MemoryUsage;
        Assert.InRange(store.UsedMemory, sum, sum + (sum / 20));
    }

    [Fact]
    public void Every_size_gets_the_smallest_class_that_holds_it()
    {
        for (var size = 1; size <= SizeClasses.MaxSize; size++)
        {
            var sizeClass = SizeClasses.ClassOf(size);
            Assert.InRange(size, sizeClass == 0 ? 0 : SizeClasses.SizeOf(sizeClass - 1) + 1, SizeClasses.SizeOf(sizeClass));
        }

        for (var sizeClass = 0; sizeClass < SizeClasses.Count; sizeClass++)
        {
            var size = SizeClasses.SizeOf(sizeClass);
            Assert.Equal(0, size % 8);
            Assert.InRange(SlabPage.PayloadSize % size, 0, SlabPage.PayloadSize / 50);
            Assert.True(sizeClass == 0 || size <= SizeClasses.SizeOf(sizeClass - 1) * 1.5);
        }

        Assert.InRange(SizeClasses.Count, 1, SizeClasses.Large);
    }

    [Fact]
    public void Blocks_do_not_overlap_and_keep_their_content()
    {
        using var heap = new NativeHeap(guarded: true);
        var random = new Random(1);
        var blocks = new List<(nint Address, byte SizeClass, int Size, byte Fill)>();
        for (var i = 0; i < 30_000; i++)
        {
            if (blocks.Count > 0 && random.Next(5) < 2)
            {
                var index = random.Next(blocks.Count);
                var (address, sizeClass, size, fill) = blocks[index];
                Assert.False(new Span<byte>((byte*)address, size).ContainsAnyExcept(fill));
                heap.Free((byte*)address, sizeClass);
                blocks[index] = blocks[^1];
                blocks.RemoveAt(blocks.Count - 1);
            }
            else
            {
                var size = random.Next(8) == 0 ? random.Next(1, 20_000) : random.Next(1, 300);
                var block = heap.Allocate(size, out var sizeClass);
                Assert.InRange(size, 1, NativeHeap.CapacityOf(block, sizeClass));
                Assert.Equal(0, (nint)block % 8);
                var fill = (byte)random.Next(256);
                new Span<byte>(block, size).Fill(fill);
                blocks.Add(((nint)block, sizeClass, size, fill));
            }
        }

        foreach (var (address, sizeClass, size, fill) in blocks)
        {
            Assert.False(new Span<byte>((byte*)address, size).ContainsAnyExcept(fill));
            heap.Free((byte*)address, sizeClass);
        }

        Assert.Equal(0, heap.UsedBytes);
    }

    [Fact]
    public void Blocks_of_64_bytes_are_cache_lines()
    {
        using var heap = new NativeHeap();
        for (var i = 0; i < 3000; i++)
            Assert.Equal(0, (nint)heap.Allocate(64, out _) % 64);
    }

    [Fact]
    public void A_guarded_heap_finds_a_second_free()
    {
        using var heap = new NativeHeap(guarded: true);
        var block = heap.Allocate(100, out var sizeClass);
        heap.Allocate(100, out _);
        heap.Free(block, sizeClass);
        Assert.Throws<InvalidOperationException>(() => heap.Free(block, sizeClass));
    }

    [Fact]
    public void A_guarded_heap_finds_a_write_to_a_freed_block()
    {
        using var heap = new NativeHeap(guarded: true);
        var block = heap.Allocate(100, out var sizeClass);
        heap.Allocate(100, out _);
        heap.Free(block, sizeClass);
        block[50] = 1;
        Assert.Throws<InvalidOperationException>(() => (nint)heap.Allocate(100, out _));
    }

    [Fact]
    public void A_guarded_heap_poisons_what_is_freed()
    {
        using var heap = new NativeHeap(guarded: true);
        var block = heap.Allocate(100, out var sizeClass);
        heap.Allocate(100, out _);
        new Span<byte>(block, 100).Fill(7);
        heap.Free(block, sizeClass);
        Assert.False(new Span<byte>(block + 8, 92).ContainsAnyExcept((byte)0xDD));
    }

    [Fact]
    public void Pages_are_aligned_and_chunks_go_back_to_the_system()
    {
        using var pages = new PagePool(new HeapContext(SystemMemory.Instance));
        var taken = new HashSet<nint>();
        for (var i = 0; i < 500; i++)
        {
            var page = pages.Rent();
            Assert.Equal(0, (nint)page % PagePool.PageSize);
            Assert.True(taken.Add((nint)page));
            page[0] = page[PagePool.PageSize - 1] = 1;
        }

        Assert.Equal(16 * 2 * 1024 * 1024, pages.ReservedBytes);
        foreach (var page in taken)
            pages.Return((byte*)page);
        Assert.Equal(2 * 1024 * 1024, pages.ReservedBytes);
    }
}
