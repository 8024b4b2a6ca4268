using Akka.Actor;

namespace Akka.Cluster.Membership;

/// <summary>Everything that can happen to the membership machine.</summary>
internal abstract record MembershipInput
{
    /// <summary>Time has passed; do what is due.</summary>
    internal sealed record Tick : MembershipInput
    {
        public static readonly Tick Instance = new();
    }

    /// <summary>Another node said something.</summary>
    internal sealed record Received(ClusterMessage Message) : MembershipInput;

    /// <summary>Join through any of these nodes; if this node is the first of them and nobody answers, found the cluster.</summary>
    internal sealed record JoinSeedNodes(IReadOnlyList<Address> Seeds) : MembershipInput;

    /// <summary>Join through this node; the own address founds a cluster.</summary>
    internal sealed record JoinNode(Address Address) : MembershipInput;

    /// <summary>The member at this address shall leave.</summary>
    internal sealed record Leave(Address Address) : MembershipInput;

    /// <summary>The member at this address is dead.</summary>
    internal sealed record DownNode(Address Address) : MembershipInput;

    /// <summary>After <see cref="MembershipEffect.SelfExiting"/>: everything that had to end before the node goes has ended.</summary>
    internal sealed record ExitingCompleted : MembershipInput
    {
        public static readonly ExitingCompleted Instance = new();
    }

    /// <summary>The system at this address refuses this incarnation for ever.</summary>
    internal sealed record QuarantinedBy(Address Address) : MembershipInput;
}
