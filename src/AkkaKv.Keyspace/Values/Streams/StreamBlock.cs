using System.Diagnostics;
using AkkaKv.Keyspace.Memory;
using AkkaKv.Keyspace.Values.Packed;

namespace AkkaKv.Keyspace.Values.Streams;

/// <summary>The native block of a stream's node: its size class, then the node's listpack (see <see cref="StreamNode"/>), then room.</summary>
internal readonly unsafe struct StreamBlock(byte* block)
{
    private const int HeadSize = 8;

    // A node that is being filled gets this part more than it needs, so that its entries are not moved with every one that is added.
    private const int HeadroomShare = 2;

    public byte* Address => block;

    /// <summary>The listpack with the room behind it.</summary>
    public Span<byte> Buffer => new(block + HeadSize, (int)(NativeHeap.CapacityOf(block, *block) - HeadSize));

    /// <summary>The listpack.</summary>
    public ReadOnlySpan<byte> Pack
    {
        get
        {
            var buffer = Buffer;
            return buffer[..Listpack.TotalBytes(buffer)];
        }
    }

    /// <summary>Makes a block with a listpack without entries.</summary>
    public static StreamBlock Create(NativeHeap heap, int size)
    {
        var created = Allocate(heap, Math.Max(size, Listpack.EmptySize));
        Listpack.Initialize(created.Buffer);
        return created;
    }

    /// <summary>Makes a block with a copy of a listpack.</summary>
    public static StreamBlock Create(NativeHeap heap, ReadOnlySpan<byte> pack)
    {
        var created = Allocate(heap, pack.Length);
        pack.CopyTo(created.Buffer);
        return created;
    }

    /// <summary>The block itself, or instead of it a larger one, which has room for so many bytes more.</summary>
    public StreamBlock WithRoom(NativeHeap heap, int added)
    {
        var pack = Pack;
        if (Buffer.Length - pack.Length >= added)
            return this;
        var larger = Allocate(heap, pack.Length + added + (Math.Min(pack.Length, Listpack.MaxSafeSize / 4) / HeadroomShare));
        pack.CopyTo(larger.Buffer);
        Free(heap);
        return larger;
    }

    /// <summary>The block itself, or instead of it one without room to spare.</summary>
    public StreamBlock Fitted(NativeHeap heap)
    {
        var pack = Pack;
        if (pack.Length > SizeClasses.MaxSize - HeadSize ? Buffer.Length - pack.Length < pack.Length / 8
            : SizeClasses.ClassOf(pack.Length + HeadSize) == *block)
        {
            return this;
        }

        var fitted = Create(heap, pack);
        Free(heap);
        return fitted;
    }

    public void Free(NativeHeap heap) => heap.Free(block, *block);

    private static StreamBlock Allocate(NativeHeap heap, int size)
    {
        Debug.Assert(size >= Listpack.EmptySize);
        var created = heap.Allocate(size + HeadSize, out var sizeClass);
        *created = sizeClass;
        return new StreamBlock(created);
    }
}
