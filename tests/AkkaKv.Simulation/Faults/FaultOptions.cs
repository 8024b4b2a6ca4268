namespace AkkaKv.Simulation.Faults;

/// <summary>Which faults a world has and how many.</summary>
/// <param name="Kinds">The kinds; empty for a world in which nothing goes wrong.</param>
/// <param name="PeriodMaxMs">Longest pause between two faults.</param>
/// <param name="DurationMaxMs">Longest fault.</param>
/// <param name="BeginMs">How long the world is left alone once all know each other.</param>
/// <param name="SafetyMs">How long faults happen.</param>
internal sealed record FaultOptions(
    IReadOnlyList<FaultKind> Kinds, long PeriodMaxMs, long DurationMaxMs, long BeginMs, long SafetyMs);
