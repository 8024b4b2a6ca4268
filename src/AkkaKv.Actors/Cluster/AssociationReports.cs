using Akka.Actor;
using Akka.Event;
using Akka.Remote;

namespace AkkaKv.Actors.Cluster;

/// <summary>
/// Says in the log why another node cannot be reached, once for each reason and not for each attempt: a node that is down is tried
/// several times a second.
/// </summary>
internal sealed class AssociationReports : ReceiveActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<Address, string> _reported = [];

    /// <summary>Creates it.</summary>
    public AssociationReports()
    {
        Receive<AssociationErrorEvent>(OnError);
        Receive<AssociatedEvent>(OnAssociated);
    }

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(AssociationErrorEvent));
        Context.System.EventStream.Subscribe(Self, typeof(AssociatedEvent));
    }

    /// <inheritdoc/>
    protected override void PostStop() => Context.System.EventStream.Unsubscribe(Self);

    private void OnError(AssociationErrorEvent error)
    {
        var reason = error.Cause.GetBaseException().Message;
        if (_reported.TryGetValue(error.RemoteAddress, out var reported) && reported == reason)
            return;
        _reported[error.RemoteAddress] = reason;
        _log.Warning("No connection to node {0}: {1}", error.RemoteAddress, reason);
    }

    private void OnAssociated(AssociatedEvent associated)
    {
        if (_reported.Remove(associated.RemoteAddress))
            _log.Info("Node {0} is reachable again", associated.RemoteAddress);
    }
}
