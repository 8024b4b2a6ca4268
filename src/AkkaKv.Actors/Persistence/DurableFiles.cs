using System.Runtime.InteropServices;

namespace AkkaKv.Actors.Persistence;

/// <summary>What .NET has no call for to make files survive a loss of power.</summary>
internal static class DurableFiles
{
    /// <summary>Puts a file in another's place, at once and durably: a rename is durable when the directory is.</summary>
    /// <exception cref="IOException">It could not be done; the old file is still there.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not.</exception>
    public static void Replace(string temporary, string path)
    {
        File.Move(temporary, path, overwrite: true);
        ForceDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>Forces a directory's entries to the disk.</summary>
    public static void ForceDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
            return;
        const int OpenReadOnly = 0;
        var descriptor = Open(directory, OpenReadOnly);
        if (descriptor < 0)
            throw new IOException($"Cannot open {directory}: error {Marshal.GetLastPInvokeError()}");
        try
        {
            if (Synchronize(descriptor) != 0)
                throw new IOException($"Cannot force {directory} to the disk: error {Marshal.GetLastPInvokeError()}");
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Synchronize(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    private static extern int Close(int descriptor);
}
