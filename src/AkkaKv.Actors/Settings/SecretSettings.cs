namespace AkkaKv.Actors.Settings;

/// <summary>Which settings are secrets: never printed, logged or put into an error message.</summary>
public static class SecretSettings
{
    /// <summary>What is printed in place of a secret that is set.</summary>
    public const string Mask = "********";

    /// <summary>True for settings whose last name is a secret's.</summary>
    public static bool Is(string path)
    {
        ReadOnlySpan<char> name = path.AsSpan(path.LastIndexOf('.') + 1);
        return name is "secret" or "rules" || name.EndsWith("password", StringComparison.Ordinal);
    }
}
