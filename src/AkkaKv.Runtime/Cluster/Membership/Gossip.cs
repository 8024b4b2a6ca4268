using System.Collections.Immutable;

namespace Akka.Cluster.Membership;

/// <summary>
/// The cluster's state as one node knows it: an immutable value that nodes exchange and merge until all have the same one.
/// Two values of the same version have the same members and reachability; only who has seen that version may differ.
/// </summary>
/// <param name="Members">The members by incarnation, in the cluster's order.</param>
/// <param name="Reachability">Who sees whom as unreachable.</param>
/// <param name="Seen">The members that are known to have this version.</param>
/// <param name="Version">The version.</param>
/// <param name="Tombstones">Removed incarnations and when they were removed (Unix ms). They keep an old copy of the state that is still
/// under way from bringing a removed member back, and their counts stay in the version as long as they are here.</param>
internal sealed record Gossip(
    ImmutableSortedDictionary<UniqueAddress, Member> Members,
    Reachability Reachability,
    ImmutableSortedSet<UniqueAddress> Seen,
    VectorClock Version,
    ImmutableSortedDictionary<UniqueAddress, long> Tombstones)
{
    /// <summary>A crash loop must not let the state grow for a day, so only the newest tombstones are kept.</summary>
    public const int TombstonesMax = 256;

    public static readonly Gossip Empty = new(
        ImmutableSortedDictionary<UniqueAddress, Member>.Empty, Reachability.Empty, [], VectorClock.Zero, ImmutableSortedDictionary<UniqueAddress, long>.Empty);

    /// <summary>The members by incarnation.</summary>
    public ImmutableSortedDictionary<UniqueAddress, Member> Members { get; init => field = TellingStatusesApart(value); } = TellingStatusesApart(Members);

    public Member? Find(UniqueAddress node) => Members.GetValueOrDefault(node);

    public bool Has(UniqueAddress node) => Members.ContainsKey(node);

    /// <summary>The members that can't be reached. What a node says that was itself declared down does not count.</summary>
    public ImmutableSortedSet<UniqueAddress> Unreachable =>
        Reachability.UnreachableIgnoring(observer => Find(observer) is null or { Status: MemberStatus.Down }).Where(Has).ToImmutableSortedSet();

    /// <summary>This state after a change that <paramref name="author"/> made: a new version that only the author has seen.</summary>
    public Gossip Changed(UniqueAddress author) => this with { Version = Version.Increment(author), Seen = [author] };

    public Gossip SeenBy(UniqueAddress node) => Seen.Contains(node) ? this : this with { Seen = Seen.Add(node) };

    public Gossip With(Member member) => this with { Members = Members.SetItem(member.UniqueAddress, member) };

    /// <summary>Takes a member out for good.</summary>
    public Gossip Without(UniqueAddress node, long nowUnixMs)
    {
        var members = Members.Remove(node);
        return this with
        {
            Members = members,
            Reachability = Reachability.KeepOnly(members.ContainsKey),
            Seen = Seen.Remove(node),
            Tombstones = Tombstones.SetItem(node, nowUnixMs),
        };
    }

    /// <summary>
    /// The state that has everything both have. Where they differ about a member the one further along its life wins
    /// (<see cref="StatusRank"/>), so no member ever goes back, and a tombstone beats everything. Nobody has seen the result.
    /// </summary>
    public Gossip Merge(Gossip other)
    {
        var tombstones = Tombstones.ToBuilder();
        foreach (var (node, removedAt) in other.Tombstones)
            tombstones[node] = tombstones.TryGetValue(node, out var mine) ? Math.Min(mine, removedAt) : removedAt;
        var members = Members.ToBuilder();
        foreach (var (node, theirs) in other.Members)
            members[node] = members.TryGetValue(node, out var mine) ? Further(mine, theirs) : theirs;
        members.RemoveRange(tombstones.Keys);
        return new Gossip(
            members.ToImmutable(),
            Reachability.Merge(other.Reachability).KeepOnly(members.ContainsKey),
            [],
            Version.Merge(other.Version),
            tombstones.ToImmutable());
    }

    /// <summary>Forgets removals older than <paramref name="keepMs"/> and those beyond <see cref="TombstonesMax"/>.</summary>
    public Gossip PruneTombstones(long nowUnixMs, long keepMs)
    {
        var excess = Tombstones.Count - TombstonesMax;
        var forget = Tombstones.OrderBy(t => t.Value).ThenBy(t => t.Key)
            .Where((t, index) => index < excess || nowUnixMs - t.Value > keepMs).Select(t => t.Key).ToList();
        if (forget.Count == 0)
            return this;
        return this with { Tombstones = Tombstones.RemoveRange(forget), Version = forget.Aggregate(Version, (v, node) => v.Remove(node)) };
    }

    /// <summary>
    /// True when every member that decides (Up, Leaving) has this version, and nobody who is unreachable may have another: members
    /// that can't be reached stand in the way until they are Down or Exiting.
    /// </summary>
    public bool IsConverged(Func<UniqueAddress, bool> exitConfirmed) =>
        Unreachable.All(node => Members[node].Status is MemberStatus.Down or MemberStatus.Exiting || exitConfirmed(node))
        && Members.Values.All(m => m.Status is not (MemberStatus.Up or MemberStatus.Leaving) || Seen.Contains(m.UniqueAddress) || exitConfirmed(m.UniqueAddress));

    /// <summary>
    /// The member that acts for all: the first Up or Leaving member in the cluster's order that can be reached, else the first of
    /// those still joining. Nobody elects it; with convergence all see the same one.
    /// </summary>
    public Member? Leader(UniqueAddress self, Func<Member, bool>? candidate = null)
    {
        var unreachable = Unreachable;
        var candidates = Members.Values.Where(m => m.Status != MemberStatus.Down
            && (m.UniqueAddress.Equals(self) || !unreachable.Contains(m.UniqueAddress)) && candidate?.Invoke(m) != false).ToList();
        return candidates.Find(m => m.Status is MemberStatus.Up or MemberStatus.Leaving)
            ?? candidates.MinBy(m => (m.Status switch { MemberStatus.WeaklyUp => 0, MemberStatus.Joining => 1, _ => 2 }, m.UniqueAddress));
    }

    /// <summary>How far along its life a member is.</summary>
    public static int StatusRank(MemberStatus status) => status switch
    {
        MemberStatus.Joining => 0,
        MemberStatus.WeaklyUp => 1,
        MemberStatus.Up => 2,
        MemberStatus.Leaving => 3,
        MemberStatus.Exiting => 4,
        MemberStatus.Down => 5,
        _ => 6,
    };

    /// <summary>
    /// Members are equal whatever their status, and an immutable dictionary keeps the old value where the new one is equal; this one compares
    /// members by reference, so that a changed status is a change.
    /// </summary>
    private static ImmutableSortedDictionary<UniqueAddress, Member> TellingStatusesApart(ImmutableSortedDictionary<UniqueAddress, Member> members) =>
        members.WithComparers(Comparer<UniqueAddress>.Default, ByReference.Instance);

    private static Member Further(Member a, Member b)
    {
        var order = StatusRank(a.Status).CompareTo(StatusRank(b.Status));
        var further = order >= 0 ? a : b;
        // Two leaders may have numbered the same member in a partition; both sides must pick the same number.
        var upNumber = Math.Min(a.UpNumber, b.UpNumber);
        return upNumber == further.UpNumber ? further : new Member(further.UniqueAddress, further.Status, further.Roles, upNumber);
    }

    private sealed class ByReference : IEqualityComparer<Member>
    {
        public static readonly ByReference Instance = new();

        public bool Equals(Member? x, Member? y) => ReferenceEquals(x, y);

        public int GetHashCode(Member member) => member.GetHashCode();
    }
}
