using AkkaKv.Actors.Settings;

namespace AkkaKv.Server.Configuration;

/// <summary>Where a value was given: a file with a line, a variable, the command line; null for the defaults of reference.conf.</summary>
internal sealed record SettingSource(string? Where);

/// <summary>Settings of one origin, laid over those of the origins before it.</summary>
internal sealed class SettingsLayer
{
    private readonly Dictionary<string, (SettingEntry Entry, SettingSource Source)> _settings = new(StringComparer.Ordinal);

    /// <summary>All settings of the layer, in the order in which they were first given.</summary>
    public IReadOnlyDictionary<string, (SettingEntry Entry, SettingSource Source)> Settings => _settings;

    /// <summary>Gives one setting a value; a later value replaces an earlier one.</summary>
    public void Set(string path, SettingEntry entry, SettingSource source) => _settings[path] = (entry, source);

    /// <summary>Lays another layer's settings over this one's.</summary>
    public void Lay(SettingsLayer over)
    {
        foreach ((string path, (SettingEntry entry, SettingSource source)) in over._settings)
            _settings[path] = (entry, source);
    }
}
