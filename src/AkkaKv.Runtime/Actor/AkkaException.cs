namespace Akka.Actor;

/// <summary>The root of the exceptions that the actor runtime itself throws.</summary>
public abstract class AkkaException : Exception
{
    /// <summary>Creates the exception without a message.</summary>
    protected AkkaException()
    {
    }

    /// <summary>Creates the exception with a message and, optionally, what caused it.</summary>
    protected AkkaException(string? message, Exception? cause = null) : base(message, cause)
    {
    }

    /// <summary>What caused this exception, or null.</summary>
    protected Exception? Cause => InnerException;
}
