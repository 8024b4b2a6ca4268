namespace AkkaKv.Sentinel;

/// <summary>Everything a sentinel keeps on disk: its id and one entry per watched master.</summary>
/// <param name="MyId">The sentinel's id, 40 hexadecimal digits.</param>
/// <param name="Masters">The masters by name.</param>
/// <param name="Removed">Declared masters that SENTINEL REMOVE took away; they stay away.</param>
public sealed record SentinelState(string MyId, IReadOnlyList<MasterState> Masters, IReadOnlyList<string> Removed)
{
    /// <summary>The state of a sentinel that starts for the first time.</summary>
    public static SentinelState New(string myId) => new(myId, [], []);

    /// <summary>The same with this master's entry replaced or added.</summary>
    public SentinelState With(MasterState master)
    {
        var masters = Masters.Where(known => known.Name != master.Name).Append(master).OrderBy(known => known.Name, StringComparer.Ordinal);
        return this with { Masters = [.. masters], Removed = [.. Removed.Where(name => name != master.Name)] };
    }

    /// <summary>The same without this master.</summary>
    public SentinelState Without(string masterName) => this with
    {
        Masters = [.. Masters.Where(known => known.Name != masterName)],
        Removed = [.. Removed.Where(name => name != masterName).Append(masterName)],
    };

    /// <summary>The entry of a master; null when there is none.</summary>
    public MasterState? Find(string masterName) => Masters.FirstOrDefault(known => known.Name == masterName);
}
