using System.Collections.Immutable;

namespace Akka.Cluster.Membership;

/// <summary>What one node says about another.</summary>
internal enum ReachabilityStatus
{
    /// <summary>Heartbeats are answered. Never stored: it is the absence of a record.</summary>
    Reachable,

    /// <summary>Heartbeats are not answered; that may change.</summary>
    Unreachable,

    /// <summary>A newer incarnation runs at its address: it will never answer again.</summary>
    Terminated,
}

/// <summary>
/// Who sees whom as unreachable. Only the observer writes its own row, each change under the row's next version, so two tables
/// merge row by row: the higher version wins.
/// </summary>
internal sealed class Reachability
{
    public static readonly Reachability Empty = new(ImmutableSortedDictionary<UniqueAddress, Row>.Empty);

    public Reachability(ImmutableSortedDictionary<UniqueAddress, Row> rows) => Rows = rows;

    public ImmutableSortedDictionary<UniqueAddress, Row> Rows { get; }

    /// <summary>Everybody whom at least one observer sees as not reachable.</summary>
    public ImmutableSortedSet<UniqueAddress> Unreachable => UnreachableIgnoring(_ => false);

    /// <summary>Everybody whom at least one observer, except the ignored ones, sees as not reachable.</summary>
    public ImmutableSortedSet<UniqueAddress> UnreachableIgnoring(Func<UniqueAddress, bool> ignoredObserver) =>
        Rows.Where(r => !ignoredObserver(r.Key)).SelectMany(r => r.Value.Subjects.Keys).ToImmutableSortedSet();

    public ReachabilityStatus StatusOf(UniqueAddress observer, UniqueAddress subject) =>
        Rows.TryGetValue(observer, out var row) ? row.Subjects.GetValueOrDefault(subject) : ReachabilityStatus.Reachable;

    /// <summary>Records what <paramref name="observer"/> sees now. A terminated incarnation stays terminated.</summary>
    public Reachability Change(UniqueAddress observer, UniqueAddress subject, ReachabilityStatus status)
    {
        var row = Rows.GetValueOrDefault(observer) ?? Row.Empty;
        var current = row.Subjects.GetValueOrDefault(subject);
        if (current == status || current == ReachabilityStatus.Terminated)
            return this;
        var subjects = status == ReachabilityStatus.Reachable ? row.Subjects.Remove(subject) : row.Subjects.SetItem(subject, status);
        return new Reachability(Rows.SetItem(observer, new Row(row.Version + 1, subjects)));
    }

    /// <summary>Keeps the rows and records of the given nodes only. A node's row version survives an emptied row.</summary>
    public Reachability KeepOnly(Func<UniqueAddress, bool> member) => new(Rows
        .Where(r => member(r.Key))
        .ToImmutableSortedDictionary(r => r.Key, r => new Row(r.Value.Version, r.Value.Subjects.Where(s => member(s.Key)).ToImmutableSortedDictionary())));

    /// <summary>Per observer, the row with the higher version.</summary>
    public Reachability Merge(Reachability other)
    {
        var merged = Rows.ToBuilder();
        foreach (var (observer, row) in other.Rows)
        {
            if (!merged.TryGetValue(observer, out var mine) || mine.Version < row.Version)
                merged[observer] = row;
        }
        return new Reachability(merged.ToImmutable());
    }

    /// <summary>What one observer sees.</summary>
    internal sealed record Row(long Version, ImmutableSortedDictionary<UniqueAddress, ReachabilityStatus> Subjects)
    {
        public static readonly Row Empty = new(0, ImmutableSortedDictionary<UniqueAddress, ReachabilityStatus>.Empty);
    }
}
