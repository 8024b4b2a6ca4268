namespace Akka.Configuration;

/// <summary>The embedded reference.conf files of this runtime, merged; parsed once per process.</summary>
internal static class ReferenceConfiguration
{
    private static readonly Lazy<Config> Parsed = new(Read);

    /// <summary>The merged defaults of actors, remoting and clustering.</summary>
    public static Config Value => Parsed.Value;

    private static Config Read()
    {
        var assembly = typeof(ReferenceConfiguration).Assembly;
        var merged = ConfigurationFactory.Empty;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.EndsWith(".conf", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            merged = merged.WithFallback(ConfigurationFactory.FromResource(name, assembly));
        return merged;
    }
}
