using Akka.Actor;

namespace Akka.TestKit;

/// <summary>An actor that a test speaks for and listens to.</summary>
public class TestProbe(ActorSystem system, ITestKitAssertions assertions, string? testProbeName = null)
    : TestKitBase(assertions, system, implicitSender: false, testProbeName)
{
    /// <summary>The probe's actor.</summary>
    public IActorRef Ref => TestActor;

    /// <summary>The sender of the message that was received last.</summary>
    public IActorRef Sender => LastSender;

    /// <summary>Sends a message as the probe.</summary>
    public void Send(IActorRef actor, object message) => actor.Tell(message, TestActor);

    /// <summary>Answers the message that was received last.</summary>
    public void Reply(object message) => Sender.Tell(message, TestActor);

    /// <summary>Sends the message that was received last on, as from its sender.</summary>
    public void Forward(IActorRef actor) => Forward(actor, LastMessage!);

    /// <summary>Sends a message as from the sender of the one that was received last.</summary>
    public void Forward(IActorRef actor, object message) => actor.Tell(message, Sender);
}
