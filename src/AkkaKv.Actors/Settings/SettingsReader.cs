using System.Globalization;

namespace AkkaKv.Actors.Settings;

/// <summary>One setting as it stands in the merged configuration: a single text, or a list of texts.</summary>
/// <param name="Text">The value as written; a list's items joined by commas.</param>
/// <param name="Items">The items of a list; null for a single value.</param>
public sealed record SettingEntry(string Text, IReadOnlyList<string>? Items = null);

/// <summary>One thing that is wrong with the settings.</summary>
/// <param name="Path">The setting's full path, e.g. <c>akkakv.gateway.port</c>.</param>
/// <param name="Message">What was expected and what was found.</param>
public sealed record SettingsProblem(string Path, string Message);

/// <summary>
/// Reads typed values out of flat settings and collects everything that is wrong instead of stopping at the first error. A value
/// that cannot be read is reported and answered by a harmless stand-in; the caller must not use the result when there are problems.
/// The paths that were asked for are the settings that exist: <see cref="Unknown"/> lists the others.
/// </summary>
public sealed class SettingsReader(IReadOnlyDictionary<string, SettingEntry> entries)
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly List<SettingsProblem> _problems = [];

    /// <summary>What was found wrong so far, in the order of reading.</summary>
    public IReadOnlyList<SettingsProblem> Problems => _problems;

    /// <summary>Every path that was read so far.</summary>
    public IReadOnlyCollection<string> Asked => _asked;

    /// <summary>The settings present that nothing asked for, sorted.</summary>
    public IEnumerable<string> Unknown => entries.Keys.Where(path => !_asked.Contains(path)).Order(StringComparer.Ordinal);

    /// <summary>Reports a problem found by the caller, for rules over several settings.</summary>
    public void Report(string path, string message) => _problems.Add(new SettingsProblem(path, message));

    /// <summary>Any text, the empty one included.</summary>
    public string Text(string path, string? orElse = null)
    {
        SettingEntry? entry = Find(path, orElse);
        if (entry is { Items: not null })
            Expected(path, "one value", entry);
        return entry?.Text ?? "";
    }

    /// <summary>A text that may not be empty.</summary>
    public string RequiredText(string path, string what)
    {
        string text = Text(path);
        if (text.Length == 0 && Find(path, null) is { Items: null } entry)
            Expected(path, what, entry);
        return text;
    }

    /// <summary>on/off, yes/no or true/false.</summary>
    public bool Switch(string path, string? orElse = null) =>
        Read(path, orElse, "on or off", static (string text, out bool value) => SettingText.TrySwitch(text, out value));

    /// <summary>A whole number between the limits, both included.</summary>
    public int Whole(string path, int min, int max, string? orElse = null) =>
        Read(path, orElse, $"a whole number from {min} to {max}", (string text, out int value) =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value >= min && value <= max);

    /// <summary>A TCP port; 0 only where it has a meaning (none, or choose one).</summary>
    public int Port(string path, bool allowZero = false, string? orElse = null) =>
        Read(path, orElse, allowZero ? "a port from 0 to 65535" : "a port from 1 to 65535", (string text, out int value) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= (allowZero ? 0 : 1) && value <= 65535);

    /// <summary>A duration between the limits, both included.</summary>
    public TimeSpan Duration(string path, TimeSpan min, TimeSpan max, string? orElse = null) =>
        Read(path, orElse, $"{SettingText.DurationForms}, from {Show(min)} to {Show(max)}", (string text, out TimeSpan value) =>
            SettingText.TryDuration(text, out value) && value >= min && value <= max);

    /// <summary>A size in bytes between the limits, both included.</summary>
    public long Bytes(string path, long min, long max, string? orElse = null) =>
        Read(path, orElse, $"{SettingText.BytesForms}, from {min} to {max} bytes", (string text, out long value) =>
            SettingText.TryBytes(text, out value) && value >= min && value <= max);

    /// <summary>One of the listed words.</summary>
    public T Choice<T>(string path, params (string Word, T Value)[] choices) =>
        Read(path, null, "one of " + string.Join(", ", choices.Select(choice => choice.Word)), (string text, out T value) =>
        {
            foreach ((string word, T meaning) in choices)
            {
                if (word == text)
                {
                    value = meaning;
                    return true;
                }
            }
            value = choices[0].Value;
            return false;
        });

    /// <summary><c>host:port</c>, or null where the setting is empty.</summary>
    public HostPort? Endpoint(string path) =>
        Text(path).Length == 0
            ? null
            : Read(path, null, "host:port, or nothing", static (string text, out HostPort value) => HostPort.TryParse(text, out value));

    /// <summary>A list of non-empty texts without repetitions.</summary>
    public IReadOnlyList<string> List(string path)
    {
        SettingEntry? entry = Find(path, null);
        if (entry is null)
            return [];
        if (entry.Items is null)
        {
            Expected(path, "a list, e.g. [a, b]", entry);
            return [];
        }
        if (entry.Items.Any(item => item.Length == 0) || entry.Items.Distinct().Count() != entry.Items.Count)
            Expected(path, "a list without empty or repeated items", entry);
        return entry.Items;
    }

    /// <summary>A list of <c>host:port</c>.</summary>
    public IReadOnlyList<HostPort> Endpoints(string path)
    {
        var endpoints = new List<HostPort>();
        foreach (string item in List(path))
        {
            if (HostPort.TryParse(item, out HostPort endpoint))
                endpoints.Add(endpoint);
            else
                Report(path, $"expected a list of host:port, found the item '{item}'");
        }
        return endpoints;
    }

    /// <summary>The names of the objects directly under a path, sorted: <c>Names("akkakv.sentinel.masters")</c>.</summary>
    public IReadOnlyList<string> Names(string path) =>
        [.. entries.Keys
            .Where(key => key.StartsWith(path + ".", StringComparison.Ordinal))
            .Select(key => key[(path.Length + 1)..])
            .Where(rest => rest.Contains('.'))
            .Select(rest => rest[..rest.IndexOf('.')])
            .Distinct().Order(StringComparer.Ordinal)];

    private delegate bool TryRead<T>(string text, out T value);

    private T Read<T>(string path, string? orElse, string expected, TryRead<T> tryRead)
    {
        SettingEntry? entry = Find(path, orElse);
        if (entry is null)
            return default!;
        if (entry.Items is null && tryRead(entry.Text, out T value))
            return value;
        Expected(path, expected, entry);
        return default!;
    }

    private SettingEntry? Find(string path, string? orElse)
    {
        _asked.Add(path);
        if (entries.TryGetValue(path, out SettingEntry? entry) || (orElse is not null && entries.TryGetValue(orElse, out entry)))
            return entry;
        if (_problems.All(problem => problem.Path != path))
            Report(path, "is missing");
        return null;
    }

    private void Expected(string path, string expected, SettingEntry found) => Report(path, SecretSettings.Is(path)
        ? $"expected {expected}"
        : $"expected {expected}, found '{found.Text}'");

    private static string Show(TimeSpan duration) => duration.TotalMilliseconds switch
    {
        < 1000 => $"{duration.TotalMilliseconds:0.###}ms",
        < 60_000 => $"{duration.TotalSeconds:0.###}s",
        < 3600_000 => $"{duration.TotalMinutes:0.###}m",
        < 86400_000 => $"{duration.TotalHours:0.###}h",
        _ => $"{duration.TotalDays:0.###}d",
    };
}
