namespace AkkaKv.Sentinel;

/// <summary>The monitors that answer a subcommand.</summary>
/// <param name="Subcommand">The subcommand.</param>
/// <param name="MasterNames">The masters; exactly one unless the subcommand concerns every master.</param>
public sealed record SentinelRoute(SentinelSubcommand Subcommand, IReadOnlyList<string> MasterNames)
{
    /// <summary>Whether the monitors' replies are elements of one array, whose header the host writes with <see cref="ArrayLength"/>.</summary>
    public bool IsJoined => Subcommand.Target == SentinelCommandTarget.EveryMaster;

    /// <summary>The length of that array: INFO-CACHE has two elements for each master.</summary>
    public int ArrayLength => Subcommand.Name == "info-cache" ? 2 * MasterNames.Count : MasterNames.Count;
}
