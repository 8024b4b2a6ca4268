using System.Collections.Immutable;

namespace Akka.Cluster.Membership;

/// <summary>
/// Decides who is declared down when members can't be reached, so that after a partition exactly one side goes on. Both sides
/// apply the same rule to the same membership, each without hearing the other; so the side that may not go on must down itself.
/// Nothing is decided before the picture has been stable for a while, or else both sides could judge different pictures.
/// </summary>
internal sealed class SplitBrainResolver
{
    private readonly UniqueAddress _self;
    private readonly DowningSettings _settings;
    private string _picture = "";
    private long _stableAt;
    private long? _unstableAt;

    public SplitBrainResolver(UniqueAddress self, DowningSettings settings)
    {
        _self = self;
        _settings = settings;
    }

    /// <summary>When it may decide next; null while everybody can be reached.</summary>
    public long? Deadline { get; private set; }

    /// <summary>Looks at the state and returns whom this node must declare down now (usually nobody), and why.</summary>
    public (ImmutableSortedSet<UniqueAddress> Nodes, string Reason) Decide(long now, Gossip gossip)
    {
        var unreachable = gossip.Unreachable.Where(n => gossip.Members[n].Status is not (MemberStatus.Down or MemberStatus.Exiting)).ToImmutableSortedSet();
        if (unreachable.IsEmpty)
        {
            _picture = "";
            _unstableAt = null;
            Deadline = null;
            return ([], "");
        }

        var picture = string.Join(",", unreachable.Select(n => n.ToString())) + "|" + string.Join(",", gossip.Members.Values.Select(m => $"{m.UniqueAddress}{m.Status}"));
        if (picture != _picture)
        {
            _picture = picture;
            _stableAt = now + _settings.StableAfterMs;
            _unstableAt ??= now + _settings.StableAfterMs + _settings.DownAllWhenUnstableMs;
        }
        Deadline = _unstableAt < _stableAt ? _unstableAt : _stableAt;
        if (now < Deadline)
            return ([], "");

        // The leader of the members that this node can reach acts for them.
        if (!_self.Equals(gossip.Leader(_self)?.UniqueAddress))
        {
            Deadline = now + _settings.StableAfterMs;
            return ([], "");
        }
        _unstableAt = null;
        if (now < _stableAt)
            return (NotDown(gossip), "the picture did not become stable in time");
        _picture = "";
        return _settings.Strategy == DowningStrategy.DownAll
            ? (NotDown(gossip), "the strategy is down-all")
            : KeepMajority(gossip, unreachable);
    }

    private (ImmutableSortedSet<UniqueAddress> Nodes, string Reason) KeepMajority(Gossip gossip, ImmutableSortedSet<UniqueAddress> unreachable)
    {
        var indirect = IndirectlyConnected(gossip, unreachable);
        var countable = gossip.Members.Values.Where(m => m.Status is MemberStatus.Up or MemberStatus.Leaving
            && (_settings.Role.Length == 0 || m.HasRole(_settings.Role)) && !indirect.Contains(m.UniqueAddress)).ToList();
        var theirs = countable.Count(m => unreachable.Contains(m.UniqueAddress));
        var ours = countable.Count - theirs;
        var counted = _settings.Role.Length == 0 ? "members" : $"members with role '{_settings.Role}'";
        if (countable.Count == 0)
            return (NotDown(gossip), $"there are no {counted} to count");

        var weStay = ours > theirs || (ours == theirs && !unreachable.Contains(countable[0].UniqueAddress));
        var tie = ours == theirs ? $", the tie goes to the side with {countable[0].Address}" : "";
        var down = NotDown(gossip).Where(n => indirect.Contains(n) || unreachable.Contains(n) == weStay).ToImmutableSortedSet();
        return (down, $"keep-majority: {ours} {counted} on this side, {theirs} on the other{tie}; {(weStay ? "this" : "the other")} side stays");
    }

    /// <summary>
    /// Members that some can reach and some can't: those that are suspected and yet have seen the present state, and those that
    /// suspect somebody and are suspected themselves. No side of a clean split fits them, so they go.
    /// </summary>
    private static ImmutableSortedSet<UniqueAddress> IndirectlyConnected(Gossip gossip, ImmutableSortedSet<UniqueAddress> unreachable)
    {
        var observers = gossip.Reachability.Rows.Where(r => r.Value.Subjects.Keys.Any(unreachable.Contains)).Select(r => r.Key).ToHashSet();
        var alive = unreachable.Where(n => gossip.Seen.Contains(n)).ToHashSet();
        var doubtful = unreachable.Where(observers.Contains).Concat(alive)
            .Concat(gossip.Reachability.Rows.Where(r => r.Value.Subjects.Keys.Any(alive.Contains)).Select(r => r.Key));
        return doubtful.Where(n => gossip.Find(n) is { Status: not MemberStatus.Down }).ToImmutableSortedSet();
    }

    private static ImmutableSortedSet<UniqueAddress> NotDown(Gossip gossip) =>
        gossip.Members.Values.Where(m => m.Status != MemberStatus.Down).Select(m => m.UniqueAddress).ToImmutableSortedSet();
}
