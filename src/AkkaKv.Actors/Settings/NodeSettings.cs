namespace AkkaKv.Actors.Settings;

/// <summary>Everything that one process is told: the typed form of <c>akkakv</c> in HOCON. Values are checked; each has its unit in its type or name.</summary>
public sealed record NodeSettings
{
    /// <summary>What this process is.</summary>
    public required RoleSet Roles { get; init; }

    /// <summary>The name of this process in the cluster and among the voters; never empty.</summary>
    public required string Name { get; init; }

    /// <summary>Directory of learned state, as written in the settings.</summary>
    public required string DataDir { get; init; }

    /// <summary>This process's own directory in <see cref="DataDir"/>, so that several processes can share one.</summary>
    public string StateDirectory => Path.Combine(DataDir, Name);

    /// <summary>The RESP port of a data node.</summary>
    public required GatewaySettings Gateway { get; init; }

    /// <summary>The data of a data node.</summary>
    public required KeyspaceSettings Keyspace { get; init; }

    /// <summary>The files of a data node.</summary>
    public required PersistenceSettings Persistence { get; init; }

    /// <summary>Replication of a data node.</summary>
    public required ReplicationSettings Replication { get; init; }

    /// <summary>The sentinel role.</summary>
    public required SentinelSettings Sentinel { get; init; }

    /// <summary>The gateway role.</summary>
    public required RouterSettings Router { get; init; }

    /// <summary>The cluster.</summary>
    public required ClusterSettings Cluster { get; init; }

    /// <summary>Log lines.</summary>
    public required LogSettings Log { get; init; }

    /// <summary>True when this process has the role.</summary>
    public bool Has(RoleSet role) => (Roles & role) != 0;

    /// <summary>
    /// Reads the settings from flat entries under <c>akkakv.</c>. Every rule is checked for every section, also for roles that this process
    /// does not have. The result may be used only if <paramref name="problems"/> is empty.
    /// </summary>
    public static NodeSettings Read(IReadOnlyDictionary<string, SettingEntry> entries, out IReadOnlyList<SettingsProblem> problems)
    {
        var reader = new SettingsReader(entries);
        NodeSettings settings = Read(reader);
        foreach (string path in reader.Unknown)
            reader.Report(path, "is not a setting" + Suggestion(path, reader.Asked));
        problems = reader.Problems;
        return settings;
    }

    private static NodeSettings Read(SettingsReader reader)
    {
        RoleSet roles = ReadRoles(reader);
        string name = reader.Text("akkakv.name");
        if (!name.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_') || name is "." or "..")
            reader.Report("akkakv.name", $"expected letters, digits, . - and _, found '{name}'");
        var settings = new NodeSettings
        {
            Roles = roles,
            Name = name,
            DataDir = reader.RequiredText("akkakv.data-dir", "a directory"),
            Gateway = GatewaySettings.Read(reader),
            Keyspace = KeyspaceSettings.Read(reader),
            Persistence = PersistenceSettings.Read(reader),
            Replication = ReplicationSettings.Read(reader),
            Sentinel = SentinelSettings.Read(reader),
            Router = RouterSettings.Read(reader),
            Cluster = ClusterSettings.Read(reader),
            Log = LogSettings.Read(reader),
        };
        settings = settings with { Name = name.Length > 0 ? name : DefaultName(settings) };
        CheckTogether(settings, reader);
        return settings;
    }

    private static RoleSet ReadRoles(SettingsReader reader)
    {
        const string Path = "akkakv.roles";
        var roles = RoleSet.None;
        IReadOnlyList<string> words = reader.List(Path);
        foreach (string word in words)
        {
            RoleSet role = word switch
            {
                "data" => RoleSet.Data,
                "sentinel" => RoleSet.Sentinel,
                "gateway" => RoleSet.Gateway,
                _ => RoleSet.None,
            };
            if (role == RoleSet.None)
                reader.Report(Path, $"expected a list of data, sentinel and gateway, found '{word}'");
            roles |= role;
        }
        if (words.Count == 0 && reader.Problems.Count == 0)
            reader.Report(Path, "expected at least one of data, sentinel and gateway");
        return roles;
    }

    private static string DefaultName(NodeSettings settings)
    {
        (string host, int port) = settings.Has(RoleSet.Data) ? (settings.Gateway.ReachableHost, settings.Gateway.Port)
            : settings.Has(RoleSet.Sentinel) ? (settings.Sentinel.ReachableHost, settings.Sentinel.Port)
            : (settings.Router.Host, settings.Router.Port);
        return $"{host.Replace(':', '_')}-{port}";
    }

    private static void CheckTogether(NodeSettings settings, SettingsReader reader)
    {
        if (reader.Problems.Count > 0)
            return; // a rule over several settings says nothing useful while one of them is wrong

        IReadOnlyList<string> voters = settings.Sentinel.Voters;
        if (settings.Has(RoleSet.Sentinel) && voters.Count > 0 && !voters.Contains(settings.Name))
            reader.Report("akkakv.sentinel.voters", $"expected a list that has this process's name '{settings.Name}' in it (akkakv.name)");
        if (voters.Count > 1 && settings.Has(RoleSet.Sentinel) && !settings.Cluster.Enabled)
            reader.Report("akkakv.cluster.port", "expected a port, because akkakv.sentinel.voters names other sentinels to talk to");
        foreach (WatchedMasterSettings master in settings.Sentinel.Masters)
        {
            if (master.Quorum > Math.Max(1, voters.Count) && settings.Has(RoleSet.Sentinel))
            {
                reader.Report($"akkakv.sentinel.masters.{master.Name}.quorum",
                    $"expected at most {Math.Max(1, voters.Count)}, the number of akkakv.sentinel.voters, found {master.Quorum}");
            }
        }
        if (settings.Has(RoleSet.Gateway) && settings.Router.Sentinels.Count == 0)
            reader.Report("akkakv.router.sentinels", "expected at least one host:port, because this process has the role gateway");
        CheckPorts(settings, reader);
        CheckAnnouncedAddresses(settings, reader);
    }

    /// <summary>A wildcard is an address to listen on, not one to connect to: whoever joins a cluster must say what others connect to.</summary>
    private static void CheckAnnouncedAddresses(NodeSettings settings, SettingsReader reader)
    {
        void Check(bool used, string section, string host, string announceHost)
        {
            if (used && settings.Cluster.Enabled && announceHost.Length == 0 && (host is "0.0.0.0" or "::"))
                reader.Report($"{section}.announce-host", $"expected the address that others connect to, because {section}.host is {host}");
        }
        Check(settings.Has(RoleSet.Data), "akkakv.gateway", settings.Gateway.Host, settings.Gateway.AnnounceHost);
        Check(settings.Has(RoleSet.Sentinel), "akkakv.sentinel", settings.Sentinel.Host, settings.Sentinel.AnnounceHost);
        Check(true, "akkakv.cluster", settings.Cluster.Host, settings.Cluster.AnnounceHost);
    }

    private static void CheckPorts(NodeSettings settings, SettingsReader reader)
    {
        var taken = new Dictionary<int, string>();
        void Take(bool used, string path, int port)
        {
            if (used && port != 0 && !taken.TryAdd(port, path))
                reader.Report(path, $"expected another port than {taken[port]}, found {port} in both");
        }
        Take(settings.Has(RoleSet.Data), "akkakv.gateway.port", settings.Gateway.Port);
        Take(settings.Has(RoleSet.Sentinel), "akkakv.sentinel.port", settings.Sentinel.Port);
        Take(settings.Has(RoleSet.Gateway), "akkakv.router.port", settings.Router.Port);
        Take(settings.Cluster.Enabled, "akkakv.cluster.port", settings.Cluster.Port);
    }

    private static string Suggestion(string path, IEnumerable<string> known)
    {
        string? nearest = known.MinBy(candidate => Distance(path, candidate));
        return nearest is not null && Distance(path, nearest) <= 4 ? $"; did you mean {nearest}?" : "";
    }

    /// <summary>Levenshtein's edit distance.</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.Length];
    }
}
