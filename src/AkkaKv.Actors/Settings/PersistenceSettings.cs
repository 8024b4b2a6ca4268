using AkkaKv.Commands.Configuration;

namespace AkkaKv.Actors.Settings;

/// <summary>The files of a data node: <c>akkakv.persistence</c>.</summary>
public sealed record PersistenceSettings
{
    /// <summary>When the data are saved: pairs of seconds and changes, as in redis.conf. Empty: only when a client asks for it.</summary>
    public required string Save { get; init; }

    /// <summary>The name of the RDB file in the process's own directory.</summary>
    public required string FileName { get; init; }

    /// <summary>Whether long strings are compressed in the file.</summary>
    public required bool Compress { get; init; }

    /// <summary>Whether the file has a checksum, and one that is loaded is verified.</summary>
    public required bool Checksum { get; init; }

    /// <summary>Whether writes are refused while saving fails.</summary>
    public required bool StopWritesOnError { get; init; }

    internal static PersistenceSettings Read(SettingsReader reader)
    {
        const string SavePath = "akkakv.persistence.save";
        const string NamePath = "akkakv.persistence.dbfilename";
        var save = reader.Text(SavePath);
        if (SavePoints.Check(save) is not null)
            reader.Report(SavePath, $"expected pairs of seconds and changes, e.g. \"3600 1 300 100\", found '{save}'");
        var name = reader.RequiredText(NamePath, "the name of a file");
        if (name.IndexOfAny(Path.GetInvalidFileNameChars()) >= 0 || name is "." or "..")
            reader.Report(NamePath, $"expected the name of a file, without a path, found '{name}'");
        return new PersistenceSettings
        {
            Save = save,
            FileName = name,
            Compress = reader.Switch("akkakv.persistence.rdbcompression"),
            Checksum = reader.Switch("akkakv.persistence.rdbchecksum"),
            StopWritesOnError = reader.Switch("akkakv.persistence.stop-writes-on-bgsave-error"),
        };
    }
}
