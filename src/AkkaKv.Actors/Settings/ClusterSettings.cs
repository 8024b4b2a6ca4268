namespace AkkaKv.Actors.Settings;

/// <summary>The cluster of AkkaKv processes: <c>akkakv.cluster</c>.</summary>
public sealed record ClusterSettings
{
    /// <summary>The shortest secret that is accepted, in characters.</summary>
    public const int SecretLengthMin = 8;

    /// <summary>The cluster's name; the name of every actor system in it.</summary>
    public required string Name { get; init; }

    /// <summary>Address of remoting.</summary>
    public required string Host { get; init; }

    /// <summary>Port of remoting; 0: this process joins no cluster.</summary>
    public required int Port { get; init; }

    /// <summary>What the other processes connect to; empty: <see cref="Host"/>.</summary>
    public required string AnnounceHost { get; init; }

    /// <summary>What the other processes connect to; 0: <see cref="Port"/>.</summary>
    public required int AnnouncePort { get; init; }

    /// <summary>The host that others connect to.</summary>
    public string ReachableHost => AnnounceHost.Length > 0 ? AnnounceHost : Host;

    /// <summary>The port that others connect to; 0 while the system's choice is not known.</summary>
    public int ReachablePort => AnnouncePort != 0 ? AnnouncePort : Port;

    /// <summary>The processes that are asked to join.</summary>
    public required IReadOnlyList<HostPort> Seeds { get; init; }

    /// <summary>Only processes that know it are let in.</summary>
    public required string Secret { get; init; }

    /// <summary>True when this process joins a cluster.</summary>
    public bool Enabled => Port != 0;

    internal static ClusterSettings Read(SettingsReader reader)
    {
        const string At = "akkakv.cluster";
        var settings = new ClusterSettings
        {
            Name = reader.RequiredText($"{At}.name", "a name"),
            Host = reader.RequiredText($"{At}.host", "an address to listen on"),
            Port = reader.Port($"{At}.port", allowZero: true),
            AnnounceHost = reader.Text($"{At}.announce-host"),
            AnnouncePort = reader.Port($"{At}.announce-port", allowZero: true),
            Seeds = reader.Endpoints($"{At}.seeds"),
            Secret = reader.Text($"{At}.secret"),
        };
        // An actor system's name is part of every address of it; Akka allows no more than this in it.
        if (!settings.Name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_') || settings.Name.StartsWith('-'))
            reader.Report($"{At}.name", $"expected letters, digits, - and _, found '{settings.Name}'");
        if (settings.Enabled && settings.Secret.Length < SecretLengthMin)
            reader.Report($"{At}.secret", $"expected at least {SecretLengthMin} characters, because {At}.port is set");
        return settings;
    }
}
