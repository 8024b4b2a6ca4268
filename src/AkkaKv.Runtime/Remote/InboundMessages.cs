using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.Remote.Serialization;
using Akka.Remote.Transport;
using Akka.Remote.Wire;

namespace Akka.Remote;

/// <summary>Takes what the transport delivers to the actors, and what it has to tell to the log and the event stream.</summary>
internal sealed class InboundMessages(RemoteActorRefProvider provider, EventStream eventStream, bool logLifecycleEvents) : IRemotingEvents
{
    private ILoggingAdapter _log = NoLogger.Instance;

    public void UseLog(ILoggingAdapter log) => _log = log;

    /// <summary>An error in a frame is logged and ends with that frame; the link stays.</summary>
    public void Deliver(Address from, ReadOnlySpan<byte> frame)
    {
        try
        {
            Dispatch(from, frame);
        }
        catch (Exception e) when (e is WireFormatException or SerializationException or ArgumentException)
        {
            _log.Error("{0}", $"A message from {from} was dropped: {e.Message}");
        }
        catch (Exception e)
        {
            _log.Error(e, "{0}", $"A message from {from} could not be delivered");
        }
    }

    public void Associated(Address remote, int uid, bool inbound)
    {
        provider.Watcher.Associated(remote, uid);
        Announce(new AssociatedEvent(provider.DefaultAddress, remote, inbound));
    }

    public void Disassociated(Address remote, bool inbound) => Announce(new DisassociatedEvent(provider.DefaultAddress, remote, inbound));

    public void AssociationError(Exception cause, Address remote, bool inbound)
    {
        var level = cause is HandshakeRefusedException or WireFormatException ? LogLevel.ErrorLevel : LogLevel.WarningLevel;
        Announce(new AssociationErrorEvent(cause, provider.DefaultAddress, remote, inbound, level));
    }

    public void IncarnationReplaced(Address remote, int oldUid, int newUid)
    {
        _log.Info("{0}", $"A new incarnation of {remote} is there: uid {newUid} after {oldUid}");
        provider.Watcher.AddressTerminated(remote, oldUid);
        eventStream.Publish(new QuarantinedEvent(remote, oldUid));
    }

    public void QuarantinedBy(Address remote) => Announce(new ThisActorSystemQuarantinedEvent(provider.DefaultAddress, remote));

    public void Log(TransportLogLevel level, string text)
    {
        switch (level)
        {
            case TransportLogLevel.Debug:
                _log.Debug("{0}", text);
                break;
            case TransportLogLevel.Info:
                _log.Info("{0}", text);
                break;
            case TransportLogLevel.Warning:
                _log.Warning("{0}", text);
                break;
            default:
                _log.Error("{0}", text);
                break;
        }
    }

    /// <summary>Publishes an event, and logs it at its own level.</summary>
    public void Announce(RemotingLifecycleEvent happened)
    {
        if (logLifecycleEvents && _log.IsEnabled(happened.LogLevel()))
        {
            var level = happened.LogLevel() switch
            {
                LogLevel.DebugLevel => TransportLogLevel.Debug,
                LogLevel.InfoLevel => TransportLogLevel.Info,
                LogLevel.WarningLevel => TransportLogLevel.Warning,
                _ => TransportLogLevel.Error,
            };
            Log(level, happened.ToString()!);
        }
        eventStream.Publish(happened);
    }

    private void Dispatch(Address from, ReadOnlySpan<byte> frame)
    {
        var reader = new WireReader(frame);
        var kind = (EnvelopeKind)reader.Byte();
        switch (kind)
        {
            case EnvelopeKind.Message:
                var recipient = Recipient(ref reader);
                var sender = reader.Text() is { Length: > 0 } path ? provider.ResolveActorRef(path) : null;
                var message = ObjectCodec.Read(ref reader, provider.System.Serialization) ?? throw new WireFormatException("empty message");
                reader.End();
                recipient.Tell(message, sender);
                break;
            case EnvelopeKind.Watch:
            case EnvelopeKind.Unwatch:
                var watchee = Recipient(ref reader);
                var watcher = Other(ref reader, from);
                if (kind == EnvelopeKind.Watch)
                {
                    provider.Watcher.WatchedFrom(watchee, watcher);
                    watchee.SendSystemMessage(new Watch(watchee, watcher));
                }
                else
                {
                    provider.Watcher.UnwatchedFrom(watchee, watcher);
                    watchee.SendSystemMessage(new Unwatch(watchee, watcher));
                }
                break;
            case EnvelopeKind.DeathWatchNotification:
                var told = Recipient(ref reader);
                var dead = Other(ref reader, from);
                var existed = reader.Bool();
                provider.Watcher.Unwatch(dead, told);
                told.SendSystemMessage(new DeathWatchNotification(dead, existed, addressTerminated: false));
                break;
            case EnvelopeKind.Terminate:
                Recipient(ref reader).SendSystemMessage(new Terminate());
                break;
            case EnvelopeKind.WatchHeartbeat:
                provider.SendBare(from, EnvelopeKind.WatchHeartbeatResponse);
                break;
            case EnvelopeKind.WatchHeartbeatResponse:
                provider.Watcher.Answered(from, Environment.TickCount64);
                break;
            default:
                throw new WireFormatException($"envelope of unknown kind {(byte)kind}");
        }
    }

    private IInternalActorRef Recipient(ref WireReader reader)
    {
        var text = reader.Text();
        return ActorPath.TryParse(provider.RootPath, text, out var path)
            ? (IInternalActorRef)provider.ResolveActorRef(path)
            : throw new WireFormatException("recipient is no path");
    }

    /// <summary>The other actor of a watch; it must live in the system that sent the frame.</summary>
    private IInternalActorRef Other(ref WireReader reader, Address from)
    {
        var text = reader.Text();
        return ActorPath.TryParse(text, out var path) && path.Address.Equals(from)
            ? (IInternalActorRef)provider.ResolveActorRef(path)
            : throw new WireFormatException("the actor of a watch does not live in the sender's system");
    }
}
