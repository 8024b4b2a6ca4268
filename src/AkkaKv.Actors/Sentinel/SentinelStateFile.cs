using AkkaKv.Actors.Persistence;
using AkkaKv.Sentinel;

namespace AkkaKv.Actors.Sentinel;

/// <summary>
/// What a sentinel remembers, in a file of its own: written to a temporary file, forced to the disk, and renamed over the old one, so that there is
/// a whole state at every moment.
/// </summary>
internal sealed class SentinelStateFile(string directory)
{
    private const string FileName = "sentinel.json";

    /// <summary>The file.</summary>
    public string FilePath { get; } = Path.Combine(directory, FileName);

    /// <summary>Reads the state; null when there is none yet.</summary>
    /// <exception cref="FormatException">The file is damaged; its path is in the message.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read it.</exception>
    public SentinelState? Read()
    {
        if (!File.Exists(FilePath))
            return null;
        try
        {
            return SentinelStateCodec.Decode(File.ReadAllBytes(FilePath));
        }
        catch (FormatException problem)
        {
            throw new FormatException($"{FilePath}: {problem.Message}", problem);
        }
    }

    /// <summary>Replaces the state; when it returns, the new one survives a loss of power.</summary>
    /// <exception cref="IOException">It could not be written; the old one is still there.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write it.</exception>
    public void Write(SentinelState state)
    {
        Directory.CreateDirectory(directory);
        var temporary = FilePath + ".new";
        // It can hold passwords that SENTINEL SET gave.
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(temporary, options))
        {
            file.Write(SentinelStateCodec.Encode(state));
            file.Flush(flushToDisk: true);
        }
        DurableFiles.Replace(temporary, FilePath);
    }
}
