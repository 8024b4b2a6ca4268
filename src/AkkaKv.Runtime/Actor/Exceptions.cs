namespace Akka.Actor;

/// <summary>An actor could not be created: its constructor or PreStart threw.</summary>
public class ActorInitializationException : AkkaException
{
    /// <summary>Creates the exception.</summary>
    public ActorInitializationException(string message) : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    public ActorInitializationException(string message, Exception? cause) : base(message, cause)
    {
    }

    /// <summary>Creates the exception.</summary>
    public ActorInitializationException(IActorRef? actor, string message, Exception? cause = null) : base(message, cause) => Actor = actor;

    /// <summary>The actor.</summary>
    public IActorRef? Actor { get; set; }

    /// <inheritdoc/>
    public override string ToString() => Actor is null ? base.ToString() : Actor + ": " + base.ToString();
}

/// <summary>PreRestart threw.</summary>
public class PreRestartException(IActorRef? actor, Exception restartException, Exception cause, object? optionalMessage)
    : ActorInitializationException(actor, "PreRestart threw.", restartException)
{
    /// <summary>What PreRestart threw.</summary>
    public Exception RestartException { get; } = restartException;

    /// <summary>Why the actor was restarted.</summary>
    public new Exception Cause { get; } = cause;

    /// <summary>The message at which it had failed.</summary>
    public object? OptionalMessage { get; } = optionalMessage;
}

/// <summary>The new instance of a restarted actor could not be made, or PostRestart threw.</summary>
public class PostRestartException(IActorRef? actor, Exception cause, Exception originalCause)
    : ActorInitializationException(actor, $"Exception post restart ({originalCause.GetType().Name})", cause)
{
    /// <summary>Why the actor was restarted.</summary>
    public Exception OriginalCause { get; } = originalCause;
}

/// <summary>The actor got <see cref="Kill"/>.</summary>
public class ActorKilledException : AkkaException
{
    /// <summary>Creates the exception.</summary>
    public ActorKilledException(string message) : base(message)
    {
    }
}

/// <summary>An actor did not handle the <see cref="Terminated"/> of an actor it watches.</summary>
public class DeathPactException(IActorRef deadActor) : AkkaException($"Monitored actor [{deadActor}] terminated")
{
    /// <summary>Who stopped.</summary>
    public IActorRef DeadActor { get; } = deadActor;
}

/// <summary>A name that an actor cannot have: malformed or taken.</summary>
public class InvalidActorNameException : AkkaException
{
    /// <summary>Creates the exception.</summary>
    public InvalidActorNameException(string message) : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    public InvalidActorNameException(string message, Exception? innerException) : base(message, innerException)
    {
    }
}

/// <summary>A message that cannot be sent, such as null.</summary>
public class InvalidMessageException : AkkaException
{
    /// <summary>Creates the exception.</summary>
    public InvalidMessageException() : this("Message is null")
    {
    }

    /// <summary>Creates the exception.</summary>
    public InvalidMessageException(string message) : base(message)
    {
    }
}

/// <summary>No answer to an Ask in time.</summary>
public class AskTimeoutException(string message) : AkkaException(message);

/// <summary>A selection found no actor.</summary>
public class ActorNotFoundException : AkkaException
{
    /// <summary>Creates the exception.</summary>
    public ActorNotFoundException()
    {
    }

    /// <summary>Creates the exception.</summary>
    public ActorNotFoundException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}

/// <summary>A stash is full, or the same message was stashed twice.</summary>
public class StashOverflowException(string message, Exception? cause = null) : AkkaException(message, cause);

/// <summary>A logger did not start.</summary>
public class LoggerInitializationException : AkkaException
{
    /// <summary>Creates the exception.</summary>
    public LoggerInitializationException(string message) : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    public LoggerInitializationException(string message, Exception? cause = null) : base(message, cause)
    {
    }
}

/// <summary>The scheduler was used after it was shut down.</summary>
public sealed class SchedulerException(string message) : AkkaException(message);
