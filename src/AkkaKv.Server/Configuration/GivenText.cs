using AkkaKv.Actors.Settings;

namespace AkkaKv.Server.Configuration;

/// <summary>Values given outside of HOCON, by a variable or on the command line: taken as they are, without quotes or escapes.</summary>
internal static class GivenText
{
    /// <summary>A list is written with commas, where the setting's default is a list; the empty text is the empty list.</summary>
    public static SettingEntry Entry(string text, SettingEntry? defaultValue)
    {
        if (defaultValue?.Items is null)
            return new SettingEntry(text);
        string list = text.StartsWith('[') && text.EndsWith(']') ? text[1..^1] : text;
        string[] items = list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return new SettingEntry(string.Join(',', items), items);
    }
}
