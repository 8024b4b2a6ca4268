using Akka.Actor;

namespace Akka.Cluster.Membership;

/// <summary>What the host must do, in order.</summary>
internal abstract record MembershipEffect
{
    /// <summary>Send a message to whatever runs at the address. It may get lost.</summary>
    internal sealed record Send(Address To, ClusterMessage Message) : MembershipEffect;

    /// <summary>The state that users see changed.</summary>
    internal sealed record StateChanged(ClusterEvent.CurrentClusterState State) : MembershipEffect;

    /// <summary>Tell the subscribers.</summary>
    internal sealed record Publish(ClusterEvent.IClusterDomainEvent Event) : MembershipEffect;

    /// <summary>Never talk to this incarnation again: it was removed without having left.</summary>
    internal sealed record Quarantine(UniqueAddress Node, string Reason) : MembershipEffect;

    /// <summary>All know that this node leaves. End what must end, then answer <see cref="MembershipInput.ExitingCompleted"/>.</summary>
    internal sealed record SelfExiting : MembershipEffect
    {
        public static readonly SelfExiting Instance = new();
    }

    /// <summary>This incarnation is no longer a member and never will be again. The machine does nothing more.</summary>
    internal sealed record Stopped(MemberStatus PreviousStatus, string Reason) : MembershipEffect;

    /// <summary>A line for the log.</summary>
    internal sealed record Log(bool Warning, string Text) : MembershipEffect;
}
