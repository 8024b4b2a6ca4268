namespace AkkaKv.Sentinel;

/// <summary>What SENTINEL CONFIG GET and SET know, for all masters.</summary>
public sealed record SentinelOptions
{
    /// <summary>Whether host names may stand where addresses stand.</summary>
    public bool ResolveHostnames { get; init; }

    /// <summary>Whether host names are shown instead of addresses.</summary>
    public bool AnnounceHostnames { get; init; }

    /// <summary>The host under which this sentinel is shown to others; empty for its own address.</summary>
    public string AnnounceIp { get; init; } = "";

    /// <summary>The port under which this sentinel is shown to others; 0 for its own.</summary>
    public int AnnouncePort { get; init; }

    /// <summary>User name for sentinels that authenticate to each other by RESP.</summary>
    public string SentinelUser { get; init; } = "";

    /// <summary>Password for sentinels that authenticate to each other by RESP.</summary>
    public string SentinelPassword { get; init; } = "";

    /// <summary>The options by name, in the order in which CONFIG GET shows them.</summary>
    public IEnumerable<(string Name, string Value)> List()
    {
        yield return ("resolve-hostnames", ResolveHostnames ? "yes" : "no");
        yield return ("announce-hostnames", AnnounceHostnames ? "yes" : "no");
        yield return ("announce-ip", AnnounceIp);
        yield return ("announce-port", AnnouncePort.ToString(System.Globalization.CultureInfo.InvariantCulture));
        yield return ("sentinel-user", SentinelUser);
        yield return ("sentinel-pass", SentinelPassword);
    }

    /// <summary>Whether there is such an option.</summary>
    public bool Has(string name) => List().Any(option => option.Name == name);

    /// <summary>The options with one changed; null when the value is not one of it.</summary>
    public SentinelOptions? With(string name, string value) => name switch
    {
        "resolve-hostnames" => YesOrNo(value) is { } flag ? this with { ResolveHostnames = flag } : null,
        "announce-hostnames" => YesOrNo(value) is { } flag ? this with { AnnounceHostnames = flag } : null,
        "announce-ip" => this with { AnnounceIp = value },
        "announce-port" => SentinelArguments.TryParse(value, out var port) && port is >= 0 and <= 65535
            ? this with { AnnouncePort = (int)port }
            : null,
        "sentinel-user" => this with { SentinelUser = value },
        "sentinel-pass" => this with { SentinelPassword = value },
        _ => null,
    };

    private static bool? YesOrNo(string value) => value.ToLowerInvariant() switch
    {
        "yes" => true,
        "no" => false,
        _ => null,
    };
}
