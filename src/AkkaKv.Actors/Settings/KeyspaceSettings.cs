namespace AkkaKv.Actors.Settings;

/// <summary>The data of a data node: <c>akkakv.keyspace</c>.</summary>
public sealed record KeyspaceSettings
{
    /// <summary>Numbered databases, 1 to 1024.</summary>
    public required int Databases { get; init; }

    /// <summary>Runs of the engine's periodic work per second, 1 to 500.</summary>
    public required int Hz { get; init; }

    internal static KeyspaceSettings Read(SettingsReader reader) => new()
    {
        Databases = reader.Whole("akkakv.keyspace.databases", 1, 1024),
        Hz = reader.Whole("akkakv.keyspace.hz", 1, 500),
    };
}
