namespace Akka.Cluster.Membership;

/// <summary>
/// What the leader does to the state. With convergence (everybody who decides has seen the same state): Joining and WeaklyUp → Up,
/// Leaving → Exiting, Down and finished Exiting members out. Without it only Joining → WeaklyUp, which takes nothing from anybody.
/// </summary>
internal static class LeaderActions
{
    /// <summary>The state after the leader's actions, or the same object when there is nothing to do.</summary>
    public static Gossip OnConvergence(Gossip gossip, UniqueAddress self, MembershipSettings settings, Func<UniqueAddress, bool> exitConfirmed, long nowUnixMs)
    {
        var changed = gossip;
        var unreachable = gossip.Unreachable;
        foreach (var member in gossip.Members.Values)
        {
            var node = member.UniqueAddress;
            var gone = unreachable.Contains(node);
            // A reachable member that is Down gets the chance to learn it: it is removed when it has seen it, or has fallen silent.
            var removable = member.Status == MemberStatus.Down ? gone || gossip.Seen.Contains(node)
                : member.Status == MemberStatus.Exiting && (gone || exitConfirmed(node));
            if (removable && !node.Equals(self))
                changed = changed.Without(node, nowUnixMs);
            else if (member.Status == MemberStatus.Leaving)
                changed = changed.With(member.Copy(MemberStatus.Exiting));
        }

        if (EnoughMembers(gossip, settings))
        {
            var upNumber = gossip.Members.Values.Select(m => m.UpNumber).Where(n => n != Member.NeverUp).DefaultIfEmpty(0).Max();
            foreach (var member in gossip.Members.Values)
            {
                if ((member.Status is MemberStatus.Joining or MemberStatus.WeaklyUp) && !unreachable.Contains(member.UniqueAddress))
                    changed = changed.With(member.CopyUp(++upNumber));
            }
        }
        return ReferenceEquals(changed, gossip) ? gossip : changed.Changed(self);
    }

    /// <summary>The state with every joining member that can be reached WeaklyUp, or the same object when there is none.</summary>
    public static Gossip WithoutConvergence(Gossip gossip, UniqueAddress self, MembershipSettings settings)
    {
        if (!EnoughMembers(gossip, settings))
            return gossip;
        var unreachable = gossip.Unreachable;
        var changed = gossip;
        foreach (var member in gossip.Members.Values)
        {
            if (member.Status == MemberStatus.Joining && !unreachable.Contains(member.UniqueAddress))
                changed = changed.With(member.Copy(MemberStatus.WeaklyUp));
        }
        return ReferenceEquals(changed, gossip) ? gossip : changed.Changed(self);
    }

    private static bool EnoughMembers(Gossip gossip, MembershipSettings settings)
    {
        int Count(string? role) => gossip.Members.Values.Count(m =>
            (m.Status is MemberStatus.Joining or MemberStatus.WeaklyUp or MemberStatus.Up) && (role is null || m.HasRole(role)));

        return Count(null) >= settings.MinNumberOfMembers && settings.MinNumberOfMembersOfRole.All(r => Count(r.Key) >= r.Value);
    }
}
