using Akka.Actor;

namespace Akka.Remote;

/// <summary>Remoting can't be used as it is configured, for instance because its port is taken.</summary>
public class RemoteTransportException : AkkaException
{
    /// <summary>Makes the exception.</summary>
    public RemoteTransportException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
