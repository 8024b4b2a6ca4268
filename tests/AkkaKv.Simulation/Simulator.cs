using AkkaKv.Simulation.Checkers;
using AkkaKv.Simulation.Engine;

namespace AkkaKv.Simulation;

/// <summary>What came of one seed.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Options">The world that it drew.</param>
/// <param name="Violation">What a checker saw, or null.</param>
/// <param name="Trace">What happened.</param>
/// <param name="Statistics">The same in numbers.</param>
internal sealed record Outcome(ulong Seed, WorldOptions Options, InvariantViolation? Violation, IReadOnlyList<string> Trace, Statistics Statistics)
{
    /// <summary>The problem, and how to see it again.</summary>
    public string Describe() => $"""
        seed {Seed} failed: {Violation?.Message}
        replay it with: dotnet run -c Release --project tests/AkkaKv.Simulation -- replay {Seed}
        """;
}

/// <summary>Runs worlds: a safety phase with faults, then a liveness phase in which the healed cluster must become one again.</summary>
internal static class Simulator
{
    private const long LookEveryMs = 100;
    private const long AcquaintanceMaxMs = 60_000;
    private const long StableMs = 3_000;
    private const int SameOffsetTriesMax = 1_000;

    /// <summary>Runs the world of a seed.</summary>
    /// <param name="seed">Everything follows from it.</param>
    /// <param name="sabotage">A defect to be built into the world.</param>
    /// <param name="isDetailed">Whether the trace shows single messages.</param>
    /// <param name="adjust">Changes what the seed drew, for a test that needs a special world.</param>
    public static Outcome Run(
        ulong seed, Sabotage sabotage = Sabotage.None, bool isDetailed = false, Func<WorldOptions, WorldOptions>? adjust = null)
    {
        var random = new SimulationRandom(seed);
        var options = WorldOptions.Draw(random);
        options = adjust?.Invoke(options) ?? options;
        var world = new World(options, random, sabotage, isDetailed);
        InvariantViolation? violation = null;
        try
        {
            world.Start();
            GetAcquainted(world);
            world.Run(options.Faults.BeginMs);
            world.Faults.Begin();
            world.Run(options.Faults.SafetyMs);
            Heal(world);
            Converge(world);
        }
        catch (InvariantViolation seen)
        {
            violation = seen;
        }
        catch (Exception thrown)
        {
            violation = new InvariantViolation("exception", Brief(thrown));
        }
        if (violation is not null)
            world.Trace.Note("checker", violation.Message);
        Fill(world);
        return new Outcome(seed, options, violation, world.Trace.Lines, world.Statistics);
    }

    private static void GetAcquainted(World world)
    {
        while (!world.IsAcquainted)
        {
            if (world.Queue.NowMs > AcquaintanceMaxMs)
                throw new InvariantViolation("acquaintance", $"after {AcquaintanceMaxMs} ms not every sentinel knows every replica");
            world.Run(LookEveryMs);
        }
    }

    private static void Heal(World world)
    {
        world.Trace.Note("world", "is healed");
        world.Faults.End();
        world.Client.IsFinishing = true;
    }

    private static void Converge(World world)
    {
        var healedAt = world.Queue.NowMs;
        var oneSince = long.MaxValue;
        while (true)
        {
            world.Run(LookEveryMs);
            var now = world.Queue.NowMs;
            var missing = ConvergenceChecker.WhatIsMissing(world, toTheByte: oneSince == long.MaxValue);
            if (missing is not null)
                oneSince = long.MaxValue;
            else
                oneSince = Math.Min(oneSince, now);
            if (missing is not null && now - healedAt > world.Options.ConvergenceMaxMs)
                throw new InvariantViolation("convergence", $"{world.Options.ConvergenceMaxMs} ms after everything was healed: {missing}");
            if (missing is null && now - oneSince >= StableMs)
                break;
        }
        world.Statistics.ConvergenceMaxMs = oneSince - healedAt;
        world.Trace.Note("world", $"is one again since {oneSince - healedAt} ms after it was healed");
        // A PING may be on its way; it arrives within milliseconds.
        for (var tries = 0; ConvergenceChecker.WhatIsMissing(world, toTheByte: true) is { } missing; tries++)
        {
            if (tries == SameOffsetTriesMax)
                throw new InvariantViolation("convergence", $"replicas stay behind: {missing}");
            world.Run(1);
        }
        ConvergenceChecker.CheckData(world);
        var master = world.NodeAt(world.Sentinels[0].Monitor!.CurrentAddress);
        world.Statistics.LostWrites = world.Checks.Writes.Check(master, world.Checks.History);
    }

    /// <summary>What was thrown, and from where: the deepest frames say it.</summary>
    private static string Brief(Exception thrown) => string.Join('\n', thrown.ToString().Split('\n').Take(6));

    private static void Fill(World world)
    {
        world.Statistics.VirtualMs = world.Queue.NowMs;
        world.Statistics.Events = world.Queue.Count;
        world.Statistics.Elections = world.Checks.Leaders.Count;
        world.Statistics.AcknowledgedWrites = world.Checks.Writes.AcknowledgedCount;
    }
}
