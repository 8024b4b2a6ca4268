namespace AkkaKv.Commands;

/// <summary>As which Redis the server presents itself to clients, which choose their commands by it.</summary>
public static class RedisCompatibility
{
    /// <summary>The version whose commands and replies are the model.</summary>
    public const string Version = "7.0.15";
}
