using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Remote.Wire;
using Akka.Serialization;

namespace Akka.Remote.Serialization;

/// <summary>Akka's own messages that users send or cause to be sent, and references as messages.</summary>
internal sealed class MiscMessageSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    public static readonly Type[] Types =
    [
        typeof(Identify), typeof(ActorIdentity), typeof(ActorSelectionMessage), typeof(PoisonPill), typeof(Kill), typeof(Status.Success),
        typeof(Status.Failure), typeof(Done), typeof(Address), typeof(IActorRef), typeof(ActorRefBase),
    ];

    public override int Identifier => 16;

    public override string Manifest(object o) => o switch
    {
        Identify => "ID",
        ActorIdentity => "AID",
        ActorSelectionMessage => "SEL",
        PoisonPill => "PP",
        Kill => "K",
        Status.Success => "SS",
        Status.Failure => "SF",
        Done => "D",
        Address => "A",
        IActorRef => "AR",
        _ => throw new ArgumentException($"Cannot serialize object of type [{o.GetType()}]"),
    };

    public override byte[] ToBinary(object obj)
    {
        var writer = new WireWriter();
        switch (obj)
        {
            case Identify identify:
                ObjectCodec.Write(writer, identify.MessageId, system.Serialization);
                break;
            case ActorIdentity identity:
                ObjectCodec.Write(writer, identity.MessageId, system.Serialization);
                Reference(writer, identity.Subject);
                break;
            case ActorSelectionMessage selection:
                writer.Varint(selection.Elements.Length);
                foreach (var element in selection.Elements)
                    writer.Text(element);
                ObjectCodec.Write(writer, selection.Message, system.Serialization);
                break;
            case Status.Success success:
                ObjectCodec.Write(writer, success.Status, system.Serialization);
                break;
            case Status.Failure failure:
                writer.Text($"{failure.Cause.GetType().Name}: {failure.Cause.Message}");
                ObjectCodec.Write(writer, failure.State, system.Serialization);
                break;
            case Address address:
                writer.Address(address);
                break;
            case IActorRef reference:
                Reference(writer, reference);
                break;
        }
        return writer.ToArray();
    }

    public override object FromBinary(byte[] bytes, string manifest)
    {
        var reader = new WireReader(bytes);
        object message = manifest switch
        {
            "ID" => new Identify(ObjectCodec.Read(ref reader, system.Serialization)),
            "AID" => new ActorIdentity(ObjectCodec.Read(ref reader, system.Serialization), Reference(ref reader)),
            "SEL" => Selection(ref reader),
            "PP" => PoisonPill.Instance,
            "K" => Kill.Instance,
            "SS" => new Status.Success(ObjectCodec.Read(ref reader, system.Serialization)),
            "SF" => new Status.Failure(new RemoteFailureException(reader.Text()), ObjectCodec.Read(ref reader, system.Serialization)),
            "D" => Done.Instance,
            "A" => reader.Address(),
            "AR" => Reference(ref reader) ?? Nobody.Instance,
            _ => throw new SerializationException($"Unimplemented deserialization of message with manifest [{manifest}] in [{GetType().Name}]"),
        };
        reader.End();
        return message;
    }

    private ActorSelectionMessage Selection(ref WireReader reader)
    {
        var elements = new string[reader.Count(bytesEach: 1)];
        for (var i = 0; i < elements.Length; i++)
            elements[i] = reader.Text();
        var message = ObjectCodec.Read(ref reader, system.Serialization) ?? throw new SerializationException("A selection carries no message");
        return new ActorSelectionMessage(message, elements);
    }

    private static void Reference(WireWriter writer, IActorRef? reference) =>
        writer.Text(reference is null ? "" : Akka.Serialization.Serialization.SerializedActorPath(reference));

    private IActorRef? Reference(ref WireReader reader) => reader.Text() is { Length: > 0 } path ? system.Serialization.DeserializeActorRef(path) : null;
}

/// <summary>What went wrong on another system; only its text comes over.</summary>
internal sealed class RemoteFailureException(string message) : Exception(message);
