namespace AkkaKv.Commands.Commands.Sorting;

/// <summary>A piece of a <see cref="SortBuffer"/>; <c>default</c> stands for nothing, which is not the same as no bytes.</summary>
internal readonly struct SortText(byte[] chunk, int offset, int length)
{
    /// <summary>Whether there is something.</summary>
    public bool Exists => chunk is not null;

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Bytes => chunk.AsSpan(offset, length);
}

/// <summary>Copies of elements and weights that outlive the lookups of a SORT, in a few large arrays instead of one for each.</summary>
internal sealed class SortBuffer
{
    private const int FirstChunk = 1024;
    private const int LargestChunk = 64 * 1024;

    private byte[] _chunk = [];
    private int _used;

    /// <summary>Copies bytes.</summary>
    public SortText Add(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _chunk.Length - _used)
        {
            int size = Math.Min(Math.Max(_chunk.Length * 2, FirstChunk), LargestChunk);
            _chunk = new byte[Math.Max(size, bytes.Length)];
            _used = 0;
        }

        bytes.CopyTo(_chunk.AsSpan(_used));
        var text = new SortText(_chunk, _used, bytes.Length);
        _used += bytes.Length;
        return text;
    }
}
