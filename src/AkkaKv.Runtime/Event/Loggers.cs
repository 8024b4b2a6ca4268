using Akka.Actor;

namespace Akka.Event;

/// <summary>To a logger actor when the system starts; it answers <see cref="LoggerInitialized"/>.</summary>
public class InitializeLogger(LoggingBus loggingBus) : INoSerializationVerificationNeeded
{
    /// <summary>The event stream, to subscribe to more than log entries.</summary>
    public LoggingBus LoggingBus { get; } = loggingBus;
}

/// <summary>The answer of a logger that is ready.</summary>
public class LoggerInitialized : INoSerializationVerificationNeeded;

/// <summary>A logger without an actor.</summary>
public abstract class MinimalLogger : ActorRefBase, IInternalActorRef
{
    private readonly ActorPath _path = new RootActorPath(new Address("akka", "all-systems"), "/StandardOutLogger");

    /// <inheritdoc/>
    public sealed override ActorPath Path => _path;

    IInternalActorRef IInternalActorRef.Parent => Nobody.Internal;

    IActorRefProvider IInternalActorRef.Provider => throw new NotSupportedException("A minimal logger has no provider.");

    bool IInternalActorRef.IsTerminated => false;

    bool IActorRefScope.IsLocal => true;

    /// <summary>Writes an entry.</summary>
    protected abstract void Log(object message);

    /// <inheritdoc/>
    protected sealed override void TellInternal(object message, IActorRef? sender) => Log(message);

    IActorRef IInternalActorRef.GetChild(IReadOnlyList<string> name) => Nobody.Instance;

    void IInternalActorRef.SendSystemMessage(Dispatch.SysMsg.SystemMessage message)
    {
    }

    void IInternalActorRef.Start()
    {
    }

    void IInternalActorRef.Stop()
    {
    }

    void IInternalActorRef.Suspend()
    {
    }

    void IInternalActorRef.Resume(Exception? causedByFailure)
    {
    }

    void IInternalActorRef.Restart(Exception cause)
    {
    }
}

/// <summary>Writes entries to the console.</summary>
public class StandardOutLogger : MinimalLogger
{
    /// <inheritdoc/>
    protected override void Log(object message) => Write(message);

    internal static void Write(object message) => Console.Out.WriteLine(message);
}

/// <summary>The logger actor that writes entries to the console.</summary>
public class DefaultLogger : ActorBase
{
    /// <inheritdoc/>
    protected override bool Receive(object message)
    {
        switch (message)
        {
            case InitializeLogger:
                Sender.Tell(new LoggerInitialized());
                return true;
            case LogEvent entry:
                StandardOutLogger.Write(entry);
                return true;
            default:
                return false;
        }
    }
}
