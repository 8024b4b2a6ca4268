using AkkaKv.Simulation.Faults;

namespace AkkaKv.Simulation;

/// <summary>What happened in a world, or in many, in numbers.</summary>
internal sealed class Statistics
{
    public int Worlds { get; private set; } = 1;

    public long VirtualMs { get; set; }

    public long Events { get; set; }

    public int Promotions { get; set; }

    public int Elections { get; set; }

    public int FullSyncs { get; set; }

    public int PartialSyncs { get; set; }

    public int AcknowledgedWrites { get; set; }

    public int LostWrites { get; set; }

    /// <summary>The longest time from the end of all faults to a cluster that is one again.</summary>
    public long ConvergenceMaxMs { get; set; }

    public SortedDictionary<FaultKind, int> Faults { get; } = [];

    /// <summary>How failovers ended.</summary>
    public SortedDictionary<string, int> Outcomes { get; } = new(StringComparer.Ordinal);

    public static Statistics None() => new() { Worlds = 0 };

    public void Count(FaultKind kind) => Faults[kind] = Faults.GetValueOrDefault(kind) + 1;

    public void Count(string outcome) => Outcomes[outcome] = Outcomes.GetValueOrDefault(outcome) + 1;

    public void Add(Statistics other)
    {
        Worlds += other.Worlds;
        VirtualMs += other.VirtualMs;
        Events += other.Events;
        Promotions += other.Promotions;
        Elections += other.Elections;
        FullSyncs += other.FullSyncs;
        PartialSyncs += other.PartialSyncs;
        AcknowledgedWrites += other.AcknowledgedWrites;
        LostWrites += other.LostWrites;
        ConvergenceMaxMs = Math.Max(ConvergenceMaxMs, other.ConvergenceMaxMs);
        foreach (var (kind, count) in other.Faults)
            Faults[kind] = Faults.GetValueOrDefault(kind) + count;
        foreach (var (outcome, count) in other.Outcomes)
            Outcomes[outcome] = Outcomes.GetValueOrDefault(outcome) + count;
    }

    public override string ToString() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"""
        worlds: {Worlds}, simulated hours: {VirtualMs / 3_600_000.0:F2}, events: {Events}
        faults: {Faults.Values.Sum()} ({Join(Faults)})
        elections won: {Elections}, promotions: {Promotions}; failovers: {Join(Outcomes)}
        resynchronisations: {FullSyncs} full, {PartialSyncs} partial
        writes acknowledged: {AcknowledgedWrites}, of which lost for a good reason: {LostWrites}
        longest convergence after the faults: {ConvergenceMaxMs} ms
        """);

    private static string Join<TKey>(SortedDictionary<TKey, int> counts)
        where TKey : notnull =>
        string.Join(", ", counts.Select(entry => $"{entry.Key} {entry.Value}"));
}
