namespace AkkaKv.Simulation.Engine;

/// <summary>Something happened that must never happen.</summary>
/// <param name="checker">The short name of the checker that saw it.</param>
/// <param name="problem">What it saw.</param>
internal sealed class InvariantViolation(string checker, string problem) : Exception($"{checker}: {problem}")
{
    public string Checker { get; } = checker;
}
