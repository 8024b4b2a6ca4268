using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Membership;

namespace AkkaKv.Runtime.Tests.Membership;

/// <summary>Short names for the values that these tests are made of.</summary>
internal static class Nodes
{
    public static readonly UniqueAddress A = Node("a");
    public static readonly UniqueAddress B = Node("b");
    public static readonly UniqueAddress C = Node("c");
    public static readonly UniqueAddress D = Node("d");
    public static readonly UniqueAddress E = Node("e");

    public static UniqueAddress Node(string host, int uid = 1) => new(new Address("akka.tcp", "test", host, 1000), uid);

    public static Member Member(UniqueAddress node, MemberStatus status, params string[] roles) => new(node, status, [.. roles]);

    public static Gossip Gossip(params Member[] members) => Akka.Cluster.Membership.Gossip.Empty with
    {
        Members = members.ToImmutableSortedDictionary(m => m.UniqueAddress, m => m),
    };

    public static Gossip Up(params UniqueAddress[] nodes) => Gossip([.. nodes.Select((n, i) => Member(n, MemberStatus.Up).CopyUp(i + 1))]);

    public static Gossip SeenByAll(this Gossip gossip) => gossip with { Seen = [.. gossip.Members.Keys] };

    /// <summary>The gossip after <paramref name="observer"/> lost sight of the subjects.</summary>
    public static Gossip Losing(this Gossip gossip, UniqueAddress observer, params UniqueAddress[] subjects) => gossip with
    {
        Reachability = subjects.Aggregate(gossip.Reachability, (r, s) => r.Change(observer, s, ReachabilityStatus.Unreachable)),
    };
}
