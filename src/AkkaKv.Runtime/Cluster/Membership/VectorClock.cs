using System.Collections.Immutable;

namespace Akka.Cluster.Membership;

/// <summary>How one version relates to another.</summary>
internal enum Causality
{
    /// <summary>The same version.</summary>
    Same,

    /// <summary>The other one has everything this one has, and more.</summary>
    Before,

    /// <summary>This one has everything the other one has, and more.</summary>
    After,

    /// <summary>Each has something that the other lacks.</summary>
    Concurrent,
}

/// <summary>
/// A version as a count of changes per node (Fidge, Mattern). A node counts its own changes only, so what two versions know of
/// each other follows from comparing the counts. Absent means zero.
/// </summary>
internal sealed class VectorClock
{
    public static readonly VectorClock Zero = new(ImmutableSortedDictionary<UniqueAddress, long>.Empty);

    public VectorClock(ImmutableSortedDictionary<UniqueAddress, long> counts) => Counts = counts;

    public ImmutableSortedDictionary<UniqueAddress, long> Counts { get; }

    public VectorClock Increment(UniqueAddress node) => new(Counts.SetItem(node, Counts.GetValueOrDefault(node) + 1));

    public VectorClock Remove(UniqueAddress node) => Counts.ContainsKey(node) ? new VectorClock(Counts.Remove(node)) : this;

    /// <summary>The smallest version that is not before either of the two.</summary>
    public VectorClock Merge(VectorClock other)
    {
        var merged = Counts.ToBuilder();
        foreach (var (node, count) in other.Counts)
        {
            if (count > merged.GetValueOrDefault(node))
                merged[node] = count;
        }
        return new VectorClock(merged.ToImmutable());
    }

    public Causality CompareTo(VectorClock other)
    {
        if (ReferenceEquals(this, other))
            return Causality.Same;
        var less = other.Counts.Any(o => Counts.GetValueOrDefault(o.Key) < o.Value);
        var more = Counts.Any(c => other.Counts.GetValueOrDefault(c.Key) < c.Value);
        return (less, more) switch
        {
            (false, false) => Causality.Same,
            (true, false) => Causality.Before,
            (false, true) => Causality.After,
            (true, true) => Causality.Concurrent,
        };
    }

    public override string ToString() => string.Join(" ", Counts.Select(c => $"{c.Key.Address.HostPort()}#{c.Key.Uid}:{c.Value}"));
}
