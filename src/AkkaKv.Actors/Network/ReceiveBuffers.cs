namespace AkkaKv.Actors.Network;

/// <summary>
/// The buffers that connections receive into. Connections that wait have none, so a thread needs one, and it stays in the cache. A batch that another thread
/// finishes carries its buffer there; a common stock brings it back.
/// </summary>
internal static class ReceiveBuffers
{
    /// <summary>The size of a buffer, in bytes.</summary>
    public const int Size = 16 * 1024;

    private const int StockMax = 64;

    private static readonly Lock Gate = new();
    private static readonly Stack<byte[]> Stock = new(StockMax);

    [ThreadStatic]
    private static byte[]? _spare;

    /// <summary>Takes a buffer of <see cref="Size"/> bytes with any content.</summary>
    public static byte[] Take()
    {
        if (_spare is { } spare)
        {
            _spare = null;
            return spare;
        }

        lock (Gate)
        {
            if (Stock.TryPop(out var stocked))
                return stocked;
        }

        return GC.AllocateUninitializedArray<byte>(Size);
    }

    /// <summary>Gives a buffer back; one of another size, or one too many, is left to the garbage collector.</summary>
    public static void Return(byte[] buffer)
    {
        if (buffer.Length != Size)
            return;
        if (_spare is null)
        {
            _spare = buffer;
            return;
        }

        lock (Gate)
        {
            if (Stock.Count < StockMax)
                Stock.Push(buffer);
        }
    }
}
