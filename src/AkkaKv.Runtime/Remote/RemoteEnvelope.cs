using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Remote.Serialization;
using Akka.Remote.Wire;

namespace Akka.Remote;

/// <summary>What a message frame carries.</summary>
internal enum EnvelopeKind : byte
{
    /// <summary>A user's message: recipient, sender, message.</summary>
    Message = 1,

    /// <summary>Watcher wants to know when watchee stops.</summary>
    Watch = 2,

    /// <summary>Watcher does not want to know any more.</summary>
    Unwatch = 3,

    /// <summary>To the watcher: the watchee has stopped.</summary>
    DeathWatchNotification = 4,

    /// <summary>The recipient shall stop.</summary>
    Terminate = 5,

    /// <summary>"Is your system there?"</summary>
    WatchHeartbeat = 6,

    /// <summary>"It is."</summary>
    WatchHeartbeatResponse = 7,
}

/// <summary>Encodes what goes to another system. References go as paths with address and uid; a recipient's address is that of the connection.</summary>
internal static class RemoteEnvelope
{
    public static void Message(WireWriter writer, Address self, ActorPath recipient, IActorRef? sender, object message, Akka.Serialization.Serialization serialization)
    {
        writer.Byte((byte)EnvelopeKind.Message);
        writer.Text(LocalPart(recipient));
        writer.Text(sender is null ? "" : sender.Path.ToSerializationFormatWithAddress(self));
        ObjectCodec.Write(writer, message, serialization);
    }

    /// <summary>False for a system message that does not cross systems.</summary>
    public static bool System(WireWriter writer, Address self, ActorPath recipient, SystemMessage message)
    {
        switch (message)
        {
            case Watch watch:
                return Write(writer, EnvelopeKind.Watch, recipient, watch.Watcher.Path.ToSerializationFormatWithAddress(self));
            case Unwatch unwatch:
                return Write(writer, EnvelopeKind.Unwatch, recipient, unwatch.Watcher.Path.ToSerializationFormatWithAddress(self));
            case DeathWatchNotification dead:
                Write(writer, EnvelopeKind.DeathWatchNotification, recipient, dead.Actor.Path.ToSerializationFormatWithAddress(self));
                writer.Bool(dead.ExistenceConfirmed);
                return true;
            case Terminate:
                return Write(writer, EnvelopeKind.Terminate, recipient, "");
            default:
                return false;
        }
    }

    private static bool Write(WireWriter writer, EnvelopeKind kind, ActorPath recipient, string other)
    {
        writer.Byte((byte)kind);
        writer.Text(LocalPart(recipient));
        writer.Text(other);
        return true;
    }

    private static string LocalPart(ActorPath path) => path.Uid == ActorCell.UndefinedUid ? path.ToStringWithoutAddress() : $"{path.ToStringWithoutAddress()}#{path.Uid}";
}
