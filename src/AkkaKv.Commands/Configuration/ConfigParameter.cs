using System.Globalization;

namespace AkkaKv.Commands.Configuration;

/// <summary>One parameter of CONFIG, as data: its names, how its text is read and shown, and whether it can be changed at run time.</summary>
public sealed class ConfigParameter
{
    private readonly Func<ServerSettings, string> _show;
    private readonly Func<ServerSettings, string, string?> _change;

    internal ConfigParameter(
        string name, string? alias, bool isFixed, Func<ServerSettings, string> show, Func<ServerSettings, string, string?> change)
    {
        Name = name;
        Alias = alias;
        IsFixed = isFixed;
        _show = show;
        _change = change;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>An older name that is shown and understood too.</summary>
    public string? Alias { get; }

    /// <summary>Whether it can only be set before the server starts.</summary>
    public bool IsFixed { get; }

    /// <summary>The value as CONFIG GET shows it.</summary>
    public string Show(ServerSettings settings) => _show(settings);

    /// <summary>Sets the value from text; returns what is wrong with it in Redis's words, or null.</summary>
    public string? Change(ServerSettings settings, string value) => _change(settings, value);

    internal static ConfigParameter YesNo(
        string name, Func<ServerSettings, bool> get, Action<ServerSettings, bool> set, string? alias = null, bool isFixed = false) =>
        new(
            name,
            alias,
            isFixed,
            settings => get(settings) ? "yes" : "no",
            (settings, text) =>
            {
                bool yes = text.Equals("yes", StringComparison.OrdinalIgnoreCase);
                if (!yes && !text.Equals("no", StringComparison.OrdinalIgnoreCase))
                {
                    return "argument must be 'yes' or 'no'";
                }

                set(settings, yes);
                return null;
            });

    internal static ConfigParameter Number(
        string name, long min, long max, Func<ServerSettings, long> get, Action<ServerSettings, long> set, string? alias = null, bool isFixed = false) =>
        new(
            name,
            alias,
            isFixed,
            settings => get(settings).ToString(CultureInfo.InvariantCulture),
            (settings, text) =>
            {
                if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value))
                {
                    return "argument couldn't be parsed into an integer";
                }

                if (value < min || value > max)
                {
                    return string.Create(CultureInfo.InvariantCulture, $"argument must be between {min} and {max} inclusive");
                }

                set(settings, value);
                return null;
            });

    internal static ConfigParameter Memory(
        string name, long min, Func<ServerSettings, long> get, Action<ServerSettings, long> set, string? alias = null) =>
        new(
            name,
            alias,
            isFixed: false,
            settings => get(settings).ToString(CultureInfo.InvariantCulture),
            (settings, text) =>
            {
                if (!MemorySize.TryParse(text, out long value))
                {
                    return "argument must be a memory value";
                }

                if (value < min)
                {
                    return string.Create(CultureInfo.InvariantCulture, $"argument must be between {min} and {long.MaxValue} inclusive");
                }

                set(settings, value);
                return null;
            });

    internal static ConfigParameter OneOf(
        string name, string[] words, Func<ServerSettings, string> get, Action<ServerSettings, string> set, bool isFixed = false) =>
        new(
            name,
            null,
            isFixed,
            get,
            (settings, text) =>
            {
                string? word = words.FirstOrDefault(word => word.Equals(text, StringComparison.OrdinalIgnoreCase));
                if (word is null)
                {
                    return "argument(s) must be one of the following: " + string.Join(", ", words);
                }

                set(settings, word);
                return null;
            });

    internal static ConfigParameter FreeText(
        string name, Func<ServerSettings, string> get, Action<ServerSettings, string> set, bool isFixed = false, Func<string, string?>? check = null) =>
        new(
            name,
            null,
            isFixed,
            get,
            (settings, text) =>
            {
                if (check?.Invoke(text) is { } wrong)
                {
                    return wrong;
                }

                set(settings, text);
                return null;
            });
}
