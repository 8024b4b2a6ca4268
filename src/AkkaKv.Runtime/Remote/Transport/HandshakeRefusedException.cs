using Akka.Remote.Wire;

namespace Akka.Remote.Transport;

/// <summary>One side did not want the connection.</summary>
internal sealed class HandshakeRefusedException(RefusalReason reason, bool byThisSide)
    : Exception($"association refused {(byThisSide ? "by this side" : "by the other side")}: {Handshake.Explain(reason)}")
{
    public RefusalReason Reason { get; } = reason;

    public bool ByThisSide { get; } = byThisSide;
}
