using Akka.Configuration;
using Akka.Configuration.Hocon;
using AkkaKv.Actors.Settings;

namespace AkkaKv.Server.Configuration;

/// <summary>Turns a HOCON tree into flat settings: the full path of every value that is not an object.</summary>
internal static class HoconFlattener
{
    /// <summary>The settings below the top-level key <paramref name="root"/>, in the order of the text. A value that is <c>null</c> is left out: not set.</summary>
    public static IEnumerable<(string Path, SettingEntry Entry)> Flatten(Config config, string root) =>
        config.GetValue(root) is { } value ? Flatten(value, root) : [];

    private static IEnumerable<(string Path, SettingEntry Entry)> Flatten(HoconValue value, string path)
    {
        if (value.IsObject())
            return value.GetObject()!.Items.SelectMany(item => Flatten(item.Value, $"{path}.{item.Key}"));
        if (value.IsArray())
        {
            string[] items = [.. value.GetArray().Select(Text)];
            return [(path, new SettingEntry(string.Join(',', items), items))];
        }
        return value.GetString() is { } text ? [(path, new SettingEntry(text))] : [];
    }

    private static string Text(HoconValue item) => item.IsString() ? item.GetString() ?? "" : item.ToString();
}
