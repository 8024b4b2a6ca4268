using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Membership;

/// <summary>What users see of the state, and the events that lead from one state to the next.</summary>
internal static class ClusterView
{
    public static readonly ClusterEvent.CurrentClusterState Empty = new();

    /// <summary>The state as users see it. A node never sees itself as unreachable.</summary>
    public static ClusterEvent.CurrentClusterState Of(Gossip gossip, UniqueAddress self) => new(
        [.. gossip.Members.Values],
        [.. gossip.Unreachable.Where(n => !n.Equals(self)).Select(n => gossip.Members[n])],
        [.. gossip.Seen.Select(n => n.Address)],
        gossip.Leader(self)?.Address,
        gossip.Members.Values.SelectMany(m => m.Roles).Distinct().ToImmutableDictionary(role => role, role => gossip.Leader(self, m => m.HasRole(role))?.Address));

    /// <summary>The events between two states: who can be reached first, then the members, then the leaders.</summary>
    public static IEnumerable<ClusterEvent.IClusterDomainEvent> Changes(ClusterEvent.CurrentClusterState before, ClusterEvent.CurrentClusterState after)
    {
        var old = before.Members.ToDictionary(m => m.UniqueAddress);
        foreach (var member in after.Unreachable.Order())
        {
            if (!before.Unreachable.Contains(member))
                yield return new ClusterEvent.UnreachableMember(member);
        }
        foreach (var member in before.Unreachable.Order())
        {
            if (!after.Unreachable.Contains(member) && after.Members.TryGetValue(member, out var now) && now.Status != MemberStatus.Down)
                yield return new ClusterEvent.ReachableMember(now);
        }
        foreach (var member in after.Members)
        {
            if (!old.TryGetValue(member.UniqueAddress, out var was) || was.Status != member.Status)
                yield return OfStatus(member);
        }
        foreach (var member in before.Members)
        {
            if (!after.Members.Contains(member))
                yield return new ClusterEvent.MemberRemoved(member.Copy(MemberStatus.Removed), member.Status);
        }
        if (!Equals(before.Leader, after.Leader))
            yield return new ClusterEvent.LeaderChanged(after.Leader);
        foreach (var role in before.RoleLeaders.Keys.Union(after.RoleLeaders.Keys).Order(StringComparer.Ordinal))
        {
            if (!Equals(before.RoleLeader(role), after.RoleLeader(role)))
                yield return new ClusterEvent.RoleLeaderChanged(role, after.RoleLeader(role));
        }
    }

    private static ClusterEvent.IClusterDomainEvent OfStatus(Member member) => member.Status switch
    {
        MemberStatus.Joining => new ClusterEvent.MemberJoined(member),
        MemberStatus.WeaklyUp => new ClusterEvent.MemberWeaklyUp(member),
        MemberStatus.Up => new ClusterEvent.MemberUp(member),
        MemberStatus.Leaving => new ClusterEvent.MemberLeft(member),
        MemberStatus.Exiting => new ClusterEvent.MemberExited(member),
        MemberStatus.Down => new ClusterEvent.MemberDowned(member),
        var status => throw new InvalidOperationException($"A member in the state can't be {status}: {member}"),
    };
}
