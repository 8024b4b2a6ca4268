using System.Collections;
using System.Text.RegularExpressions;
using Akka.Configuration;
using Akka.Configuration.Hocon;
using AkkaKv.Actors.Settings;

namespace AkkaKv.Server.Configuration;

/// <summary>A configuration that was read: either <see cref="Problems"/> is empty and the rest may be used, or it says all that is wrong.</summary>
internal sealed class LoadedConfiguration
{
    /// <summary>One line for each thing that is wrong: where it stands, the setting's path, what was expected.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>The typed settings.</summary>
    public required NodeSettings? Settings { get; init; }

    /// <summary>The settings of the actor system that were given, for <c>ActorSystem.Create</c>.</summary>
    public required Config Akka { get; init; }

    /// <summary>Every setting under <c>akkakv</c> with its value and where it was given.</summary>
    public required SettingsLayer Effective { get; init; }
}

/// <summary>Reads the configuration of one process: reference.conf, files, environment, command line; the later wins.</summary>
internal static partial class ConfigurationLoader
{
    /// <summary>Loads and checks everything. Never throws for what a user wrote: that is in <see cref="LoadedConfiguration.Problems"/>.</summary>
    /// <param name="files">HOCON files, in the order of the command line.</param>
    /// <param name="sets">The values of --set: <c>path=value</c>.</param>
    /// <param name="environment">Names and values of the environment.</param>
    public static LoadedConfiguration Load(IReadOnlyList<string> files, IReadOnlyList<string> sets, IDictionary environment)
    {
        var problems = new List<string>();
        SettingsLayer effective = Reference();
        Config akka = Config.Empty;
        foreach (string file in files)
        {
            if (ReadFile(file, problems) is not { } read)
                continue;
            effective.Lay(read.Layer);
            akka = read.Config.WithFallback(akka);
        }
        SettingsLayer fromEnvironment = EnvironmentLayer.Read(environment, effective, problems);
        SettingsLayer fromCommandLine = ReadSets(sets, effective, problems);
        effective.Lay(fromEnvironment);
        effective.Lay(fromCommandLine);
        akka = AkkaSettings(fromCommandLine).WithFallback(akka);

        NodeSettings settings = NodeSettings.Read(OurEntries(effective), out IReadOnlyList<SettingsProblem> wrong);
        problems.AddRange(wrong.Select(problem => Describe(problem, effective)));
        return new LoadedConfiguration
        {
            Problems = problems,
            Settings = problems.Count == 0 ? settings : null,
            Akka = akka.GetConfig("akka") is { } given ? given.Root.AtKey("akka") : Config.Empty,
            Effective = effective,
        };
    }

    /// <summary>The embedded reference.conf.</summary>
    public static string ReferenceText()
    {
        using Stream stream = typeof(NodeSettings).Assembly.GetManifestResourceStream("reference.conf")
            ?? throw new InvalidOperationException("reference.conf is not embedded in this build");
        return new StreamReader(stream).ReadToEnd();
    }

    private static SettingsLayer Reference()
    {
        var layer = new SettingsLayer();
        foreach ((string path, SettingEntry entry) in HoconFlattener.Flatten(ConfigurationFactory.ParseString(ReferenceText()), "akkakv"))
            layer.Set(path, entry, new SettingSource(null));
        return layer;
    }

    private static (Config Config, SettingsLayer Layer)? ReadFile(string file, List<string> problems)
    {
        var lines = new Dictionary<string, string>(StringComparer.Ordinal);
        Config config;
        try
        {
            config = Parse(file, "", lines);
        }
        catch (ConfigurationException e)
        {
            problems.Add(SyntaxError(file, e.Message));
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add($"{file}: cannot be read: {Reason(e)}");
            return null;
        }

        var layer = new SettingsLayer();
        foreach ((string path, SettingEntry entry) in HoconFlattener.Flatten(config, "akkakv"))
            layer.Set(path, entry, new SettingSource(lines.GetValueOrDefault(path, file)));
        foreach ((string key, HoconValue value) in config.AsEnumerable())
        {
            if (key is not ("akkakv" or "akka" or "define"))
                problems.Add($"{lines.GetValueOrDefault(key, file)}: {key}: is no section; a file holds akkakv, akka and define");
            else if (!value.IsObject())
                problems.Add($"{lines.GetValueOrDefault(key, file)}: {key}: expected a section, {key} {{ … }}");
        }
        return (config, layer);
    }

    /// <summary>Parses a file; a file that it includes is looked for beside it and must exist.</summary>
    private static Config Parse(string file, string prefix, Dictionary<string, string> lines)
    {
        string text = File.ReadAllText(file);
        string Beside(string name) => Path.Combine(Path.GetDirectoryName(file) ?? "", name);
        Config config = ConfigurationFactory.ParseString(text, name =>
        {
            string included = Beside(name);
            try
            {
                Config content = Parse(included, "", []);
                return new HoconRoot(content.Root, content.Substitutions);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new ConfigurationException($"{included} cannot be read: {Reason(e)}");
            }
        });
        LocateKeys(file, text, prefix, lines);
        return config;
    }

    private static void LocateKeys(string file, string text, string prefix, Dictionary<string, string> lines)
    {
        HoconLocator.Locate(
            text,
            (path, line) =>
            {
                string full = Join(prefix, path);
                // a.b.c { … } gives a and a.b on the same line; what is said about them later in the file wins.
                for (int dot = full.IndexOf('.'); dot >= 0; dot = full.IndexOf('.', dot + 1))
                    lines.TryAdd(full[..dot], $"{file}:{line}");
                lines[full] = $"{file}:{line}";
            },
            (at, name) =>
            {
                string included = Path.Combine(Path.GetDirectoryName(file) ?? "", name);
                LocateKeys(included, File.ReadAllText(included), Join(prefix, at), lines);
            });

        static string Join(string prefix, string path) => prefix.Length == 0 ? path : path.Length == 0 ? prefix : $"{prefix}.{path}";
    }

    private static SettingsLayer ReadSets(IReadOnlyList<string> sets, SettingsLayer known, List<string> problems)
    {
        var layer = new SettingsLayer();
        foreach (string set in sets)
        {
            int equals = set.IndexOf('=');
            string path = equals < 0 ? set : set[..equals].Trim();
            if (equals <= 0 || !(path.StartsWith("akkakv.", StringComparison.Ordinal) || path.StartsWith("akka.", StringComparison.Ordinal)))
            {
                problems.Add($"--set {path}: expected path=value, such as akkakv.gateway.port=7001");
                continue;
            }
            layer.Set(path, GivenText.Entry(set[(equals + 1)..], EnvironmentLayer.DefaultOf(path, known)), new SettingSource("--set"));
        }
        return layer;
    }

    private static Config AkkaSettings(SettingsLayer layer)
    {
        IEnumerable<string> lines = layer.Settings
            .Where(setting => setting.Key.StartsWith("akka.", StringComparison.Ordinal))
            .Select(setting => $"{setting.Key} = {HoconText.Quote(setting.Value.Entry.Text)}");
        return ConfigurationFactory.ParseString(string.Join('\n', lines));
    }

    private static Dictionary<string, SettingEntry> OurEntries(SettingsLayer layer) => layer.Settings
        .Where(setting => setting.Key.StartsWith("akkakv.", StringComparison.Ordinal))
        .ToDictionary(setting => setting.Key, setting => setting.Value.Entry, StringComparer.Ordinal);

    private static string Describe(SettingsProblem problem, SettingsLayer effective)
    {
        string? where = effective.Settings.TryGetValue(problem.Path, out (SettingEntry Entry, SettingSource Source) setting)
            ? setting.Source.Where
            : null;
        return where is null ? $"{problem.Path}: {problem.Message}" : $"{where}: {problem.Path}: {problem.Message}";
    }

    /// <summary>The parser says "Line 3, column 5: …"; editors and compilers say file:3:5.</summary>
    private static string SyntaxError(string file, string message)
    {
        Match position = LineAndColumn().Match(message);
        return position.Success
            ? $"{file}:{position.Groups[1].Value}:{position.Groups[2].Value}: {position.Groups[3].Value}"
            : $"{file}: {message}";
    }

    private static string Reason(Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => "it does not exist",
        UnauthorizedAccessException => "access is denied",
        _ => e.Message,
    };

    [GeneratedRegex(@"^Line (\d+), column (\d+): (.*)$", RegexOptions.Singleline)]
    private static partial Regex LineAndColumn();
}
