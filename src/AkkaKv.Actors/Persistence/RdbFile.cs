namespace AkkaKv.Actors.Persistence;

/// <summary>
/// A node's RDB file. A new one is written beside it and takes its place when it is whole and on the disk, so that there is a whole file at every moment.
/// </summary>
/// <param name="directory">The node's directory.</param>
/// <param name="name"><c>dbfilename</c>.</param>
/// <param name="suffix">What a new file's name has behind it until it is whole.</param>
internal sealed class RdbFile(string directory, string name, string suffix)
{
    /// <summary>So much is written before the disk is made to take it, so that the last step is not one long one.</summary>
    private const long ForceEvery = 32 * 1024 * 1024;

    private FileStream? _temporary;
    private long _unforced;

    /// <summary>Where the file is.</summary>
    public string FilePath { get; } = Path.Combine(Path.GetFullPath(directory), name);

    /// <summary>Where a new one is written. One process has the directory.</summary>
    private string TemporaryPath => FilePath + suffix;

    /// <summary>Begins a new file.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not.</exception>
    public void Begin()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        _temporary = new FileStream(TemporaryPath, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        _unforced = 0;
    }

    /// <summary>Writes to the new file.</summary>
    /// <exception cref="IOException">The disk is full, or broken.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        _temporary!.Write(bytes);
        _unforced += bytes.Length;
        if (_unforced < ForceEvery)
            return;
        _temporary.Flush(flushToDisk: true);
        _unforced = 0;
    }

    /// <summary>The new file is whole: when this returns, it is the node's file, and survives a loss of power.</summary>
    /// <exception cref="IOException">The old file is still there.</exception>
    /// <exception cref="UnauthorizedAccessException">The old file is still there.</exception>
    public void Commit()
    {
        _temporary!.Flush(flushToDisk: true);
        _temporary.Dispose();
        _temporary = null;
        DurableFiles.Replace(TemporaryPath, FilePath);
    }

    /// <summary>Nobody wants the new file: it is deleted if it is there.</summary>
    public void Discard()
    {
        _temporary?.Dispose();
        _temporary = null;
        try
        {
            File.Delete(TemporaryPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next one overwrites it.
        }
    }
}
