namespace Akka.Configuration;

/// <summary>Helpers for configurations that may be missing.</summary>
public static class ConfigExtensions
{
    /// <summary>True if there is no configuration or it holds no setting.</summary>
    public static bool IsNullOrEmpty(this Config? config) => config is null || config.IsEmpty;

    /// <summary><paramref name="config"/> with <paramref name="fallback"/> behind it, where either may be null or empty.</summary>
    public static Config? SafeWithFallback(this Config? config, Config? fallback) =>
        config.IsNullOrEmpty() ? fallback : fallback.IsNullOrEmpty() || ReferenceEquals(config, fallback) ? config : config!.WithFallback(fallback!);
}
