using AkkaKv.Actors.Hosting;

namespace AkkaKv.Server;

/// <summary>The directory of what a process learns, held by one process at a time.</summary>
internal sealed class StateDirectory : IDisposable
{
    private readonly FileStream _lock;

    private StateDirectory(FileStream held) => _lock = held;

    /// <summary>Makes the directory if it is missing, checks that it can be written and keeps others out until disposed.</summary>
    /// <exception cref="NodeStartException">It cannot be made or written, or another process has it.</exception>
    public static StateDirectory Open(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            // The lock is the system's, on the open file: it ends with the process however that ends.
            return new StateDirectory(new FileStream(Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException)
        {
            throw new NodeStartException($"akkakv.data-dir: {path} cannot be written: access is denied");
        }
        catch (IOException e) when (IsHeld(e))
        {
            throw new NodeStartException($"akkakv.data-dir: {path} is in use by another process");
        }
        catch (IOException e)
        {
            throw new NodeStartException($"akkakv.data-dir: {path} cannot be written: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    /// <summary>.NET reports a lock that another process holds as EWOULDBLOCK (11), or as a sharing violation on Windows.</summary>
    private static bool IsHeld(IOException e) => e.HResult is 11 or unchecked((int)0x80070020);
}
