using System.Collections;
using AkkaKv.Actors.Settings;

namespace AkkaKv.Server.Configuration;

/// <summary>
/// Settings from the environment. A setting's variable is AKKAKV_ and its path in capitals without the leading <c>akkakv.</c>, every dot and
/// dash an underscore: <c>akkakv.replication.backlog-size</c> is AKKAKV_REPLICATION_BACKLOG_SIZE. A watched master's settings are
/// AKKAKV_SENTINEL_MASTERS_NAME_KEY; the name is taken from the files where one matches, else it is the variable's in lower case.
/// </summary>
internal static class EnvironmentLayer
{
    private const string Prefix = "AKKAKV_";
    private const string Masters = "akkakv.sentinel.masters";
    private const string MasterDefaults = "akkakv.sentinel.master-defaults";

    /// <summary>Reads the variables that start with AKKAKV_; one that names no setting is a problem.</summary>
    /// <param name="environment">Names and values, as of <see cref="Environment.GetEnvironmentVariables()"/>.</param>
    /// <param name="known">The settings of reference.conf and of the files.</param>
    /// <param name="problems">What is wrong is added here.</param>
    public static SettingsLayer Read(IDictionary environment, SettingsLayer known, List<string> problems)
    {
        var layer = new SettingsLayer();
        Dictionary<string, string> paths = PathsByVariable(known);
        foreach (DictionaryEntry variable in environment)
        {
            string name = (string)variable.Key, value = (string?)variable.Value ?? "";
            if (!name.StartsWith(Prefix, StringComparison.Ordinal) || IsServiceDiscovery(name, value))
                continue;
            if (!paths.TryGetValue(name, out string? path) && !TryMaster(name, paths, out path))
                problems.Add($"environment {name}: names no setting; akkakv.gateway.port is {VariableOf("akkakv.gateway.port")}");
            else
                layer.Set(path, GivenText.Entry(value, DefaultOf(path, known)), new SettingSource($"environment {name}"));
        }
        return layer;
    }

    /// <summary>The variable of a setting.</summary>
    public static string VariableOf(string path) =>
        Prefix + path["akkakv.".Length..].ToUpperInvariant().Replace('.', '_').Replace('-', '_');

    /// <summary>The default of a setting, that of a watched master's setting included.</summary>
    public static SettingEntry? DefaultOf(string path, SettingsLayer known)
    {
        if (known.Settings.TryGetValue(path, out (SettingEntry Entry, SettingSource Source) setting))
            return setting.Entry;
        return path.StartsWith(Masters + ".", StringComparison.Ordinal)
            && known.Settings.TryGetValue(MasterDefaults + path[path.LastIndexOf('.')..], out setting) ? setting.Entry : null;
    }

    private static Dictionary<string, string> PathsByVariable(SettingsLayer known)
    {
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string path in known.Settings.Keys.Where(path => path.StartsWith("akkakv.", StringComparison.Ordinal)))
        {
            paths.TryAdd(VariableOf(path), path);
            // A master that a file names can be given any of its settings, not only those that the file gives.
            string[] parts = path.Split('.');
            if (path.StartsWith(Masters + ".", StringComparison.Ordinal) && parts.Length == 5)
            {
                foreach (string key in MasterKeys)
                    paths.TryAdd(VariableOf($"{Masters}.{parts[3]}.{key}"), $"{Masters}.{parts[3]}.{key}");
            }
        }
        return paths;
    }

    private static readonly string[] MasterKeys =
        ["host", "port", "quorum", "down-after", "failover-timeout", "parallel-syncs", "trust-hard-evidence", "user", "password"];

    private static bool TryMaster(string variable, Dictionary<string, string> paths, out string path)
    {
        path = "";
        string prefix = VariableOf(Masters) + "_";
        if (!variable.StartsWith(prefix, StringComparison.Ordinal))
            return false;
        foreach (string key in MasterKeys)
        {
            string suffix = "_" + key.ToUpperInvariant().Replace('-', '_');
            if (!variable.EndsWith(suffix, StringComparison.Ordinal) || variable.Length <= prefix.Length + suffix.Length - 1)
                continue;
            path = $"{Masters}.{variable[prefix.Length..^suffix.Length].ToLowerInvariant()}.{key}";
            paths.TryAdd(variable, path);
            return true;
        }
        return false;
    }

    /// <summary>
    /// Container platforms describe a service called "akkakv…" to every process by variables such as AKKAKV_PORT=tcp://10.0.0.1:7000 and
    /// AKKAKV_SERVICE_HOST; they are no settings of ours.
    /// </summary>
    private static bool IsServiceDiscovery(string name, string value) =>
        value.StartsWith("tcp://", StringComparison.Ordinal) || value.StartsWith("udp://", StringComparison.Ordinal)
        || name.EndsWith("_SERVICE_HOST", StringComparison.Ordinal) || name.Contains("_SERVICE_PORT", StringComparison.Ordinal)
        || name.Contains("_TCP", StringComparison.Ordinal) || name.Contains("_UDP", StringComparison.Ordinal);
}
