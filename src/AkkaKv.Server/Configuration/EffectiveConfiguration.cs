using AkkaKv.Actors.Settings;

namespace AkkaKv.Server.Configuration;

/// <summary>Writes the merged configuration as HOCON that could be given back; secrets are masked, and what is no default says where it was given.</summary>
internal static class EffectiveConfiguration
{
    /// <summary>Writes the section <c>akkakv</c>.</summary>
    public static void Write(SettingsLayer effective, TextWriter output)
    {
        var open = new List<string>();
        foreach ((string path, (SettingEntry entry, SettingSource source)) in Grouped(effective))
        {
            string[] parts = path.Split('.');
            int common = 0;
            while (common < open.Count && common < parts.Length - 1 && open[common] == parts[common])
                common++;
            Close(open, common, output);
            for (int depth = common; depth < parts.Length - 1; depth++)
            {
                output.WriteLine($"{Indent(depth)}{parts[depth]} {{");
                open.Add(parts[depth]);
            }
            output.WriteLine($"{Indent(open.Count)}{parts[^1]} = {Show(path, entry)}{(source.Where is null ? "" : $"  # {source.Where}")}");
        }
        Close(open, 0, output);
    }

    /// <summary>Sections stay together and in the order of reference.conf; settings that files add to a section follow its own.</summary>
    private static IEnumerable<KeyValuePair<string, (SettingEntry Entry, SettingSource Source)>> Grouped(SettingsLayer effective)
    {
        var rank = new Dictionary<string, int>(StringComparer.Ordinal);
        string[] Sections(string path) => [.. Enumerable.Range(1, path.Count(c => c == '.')).Select(n => string.Join('.', path.Split('.').Take(n)))];
        foreach (string path in effective.Settings.Keys)
        {
            foreach (string section in Sections(path).Append(path))
                rank.TryAdd(section, rank.Count);
        }
        string Key(string path) => string.Concat(Sections(path).Append(path).Select(section => rank[section].ToString("d6", null)));
        return effective.Settings
            .Where(setting => setting.Key.StartsWith("akkakv.", StringComparison.Ordinal))
            .OrderBy(setting => Key(setting.Key), StringComparer.Ordinal);
    }

    private static string Show(string path, SettingEntry entry)
    {
        if (SecretSettings.Is(path) && entry.Text.Length > 0)
            return HoconText.Quote(SecretSettings.Mask);
        return entry.Items is null ? HoconText.Value(entry.Text) : HoconText.List(entry.Items);
    }

    private static void Close(List<string> open, int depth, TextWriter output)
    {
        while (open.Count > depth)
        {
            open.RemoveAt(open.Count - 1);
            output.WriteLine($"{Indent(open.Count)}}}");
        }
    }

    private static string Indent(int depth) => new(' ', depth * 2);
}
