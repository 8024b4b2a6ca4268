namespace AkkaKv.EndToEnd.Tests.Harness;

/// <summary>A temporary directory of one test, removed at its end.</summary>
public sealed class TestDirectory : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("akkakv-test-");

    /// <summary>Its full path.</summary>
    public string FullName => _directory.FullName;

    /// <summary>Writes a file into it and returns the file's path.</summary>
    public string Write(string name, string text)
    {
        string path = Path.Combine(FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _directory.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A killed process may still be writing its last file; the system's temporary directory is cleaned by the system.
        }
    }
}
