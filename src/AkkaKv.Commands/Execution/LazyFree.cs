using AkkaKv.Commands.Hosting;
using AkkaKv.Keyspace;

namespace AkkaKv.Commands.Execution;

/// <summary>
/// Frees large values and whole databases, at once or where the host does it in the background, and counts what waits. The host may free on any
/// thread, so the counters are the one thing of the engine that is not its thread's alone.
/// </summary>
internal sealed class LazyFree(IServerControl server)
{
    private long _pendingObjects;
    private long _freedObjects;
    private long _pendingBytes;

    /// <summary>Bytes that wait to be freed.</summary>
    public long PendingBytes => Interlocked.Read(ref _pendingBytes);

    /// <summary>Keys whose memory waits to be freed (INFO's lazyfree_pending_objects).</summary>
    public long PendingObjects => Interlocked.Read(ref _pendingObjects);

    /// <summary>Keys whose memory was freed in the background (INFO's lazyfreed_objects).</summary>
    public long FreedObjects => Interlocked.Read(ref _freedObjects);

    /// <summary>Removes a key. In the background only values are freed that are so large that it takes time.</summary>
    /// <returns>Whether the key was there.</returns>
    public bool Remove(Database database, ReadOnlySpan<byte> key, bool inBackground)
    {
        if (!inBackground)
        {
            return database.Remove(key);
        }

        bool removed = database.Unlink(key, out DetachedMemory? remains);
        if (remains is not null)
        {
            Free(remains, inBackground: true);
        }

        return removed;
    }

    /// <summary>Frees <paramref name="memory"/>.</summary>
    public void Free(DetachedMemory memory, bool inBackground)
    {
        if (!inBackground || memory.Keys == 0)
        {
            memory.Dispose();
            return;
        }

        Interlocked.Add(ref _pendingObjects, memory.Keys);
        Interlocked.Add(ref _pendingBytes, memory.Bytes);
        server.FreeInBackground(new Pending(this, memory));
    }

    /// <summary>CONFIG RESETSTAT: forgets what was freed, not what waits.</summary>
    public void ResetStatistics() => Interlocked.Exchange(ref _freedObjects, 0);

    private sealed class Pending(LazyFree owner, DetachedMemory memory) : IDisposable
    {
        public void Dispose()
        {
            long keys = memory.Keys;
            long bytes = memory.Bytes;
            memory.Dispose();
            Interlocked.Add(ref owner._pendingObjects, -keys);
            Interlocked.Add(ref owner._pendingBytes, -bytes);
            Interlocked.Add(ref owner._freedObjects, keys);
        }
    }
}
