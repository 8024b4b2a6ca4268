using Akka.Actor;

namespace Akka.Remote.Transport;

/// <summary>What the transport tells the actor system. Called from the transport's threads; messages of one sender in their order.</summary>
internal interface IRemotingEvents
{
    /// <summary>A message frame came from a system that has proved itself. The bytes are valid during the call only.</summary>
    void Deliver(Address from, ReadOnlySpan<byte> frame);

    /// <summary>A connection to or from the system is open.</summary>
    void Associated(Address remote, int uid, bool inbound);

    /// <summary>A connection to or from the system has ended.</summary>
    void Disassociated(Address remote, bool inbound);

    /// <summary>A connection to or from the system could not be made, or broke.</summary>
    void AssociationError(Exception cause, Address remote, bool inbound);

    /// <summary>Another incarnation answers at the address; the old one is gone.</summary>
    void IncarnationReplaced(Address remote, int oldUid, int newUid);

    /// <summary>The system refuses this incarnation until it restarts.</summary>
    void QuarantinedBy(Address remote);

    /// <summary>For the log.</summary>
    void Log(TransportLogLevel level, string text);
}

/// <summary>How important a line of the transport is.</summary>
internal enum TransportLogLevel
{
    /// <summary>Only when looking for something.</summary>
    Debug,

    /// <summary>Worth a line.</summary>
    Info,

    /// <summary>Somebody should look at it.</summary>
    Warning,

    /// <summary>Something was refused or lost.</summary>
    Error,
}
