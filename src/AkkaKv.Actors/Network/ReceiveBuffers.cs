namespace AkkaKv.Actors.Network;

/// <summary>The buffers that connections receive into. Connections that wait have none, so a thread needs one, and it stays in the cache.</summary>
internal static class ReceiveBuffers
{
    /// <summary>The size of a buffer, in bytes.</summary>
    public const int Size = 16 * 1024;

    [ThreadStatic]
    private static byte[]? _spare;

    /// <summary>Takes a buffer of <see cref="Size"/> bytes with any content.</summary>
    public static byte[] Take()
    {
        var buffer = _spare ?? GC.AllocateUninitializedArray<byte>(Size);
        _spare = null;
        return buffer;
    }

    /// <summary>Gives a buffer back; one of another size is left to the garbage collector.</summary>
    public static void Return(byte[] buffer)
    {
        if (buffer.Length == Size)
            _spare = buffer;
    }
}
