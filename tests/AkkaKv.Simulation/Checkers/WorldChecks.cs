namespace AkkaKv.Simulation.Checkers;

/// <summary>All checkers of a world; the doubles call them as things happen.</summary>
internal sealed class WorldChecks
{
    public LeadersChecker Leaders { get; } = new();

    public VotesChecker Votes { get; } = new();

    public EpochsChecker Epochs { get; } = new();

    public DurabilityChecker Durability { get; } = new();

    public ConfigurationsChecker Configurations { get; } = new();

    public HistoryChecker History { get; } = new();

    public WritesChecker Writes { get; } = new();
}
