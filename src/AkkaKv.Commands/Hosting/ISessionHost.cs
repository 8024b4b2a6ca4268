namespace AkkaKv.Commands.Hosting;

/// <summary>What the owner of a connection does for its session. Called on the thread that runs the engine.</summary>
public interface ISessionHost
{
    /// <summary>
    /// The session's output holds bytes that no request of its own put there (a published message, the end of a wait): send them. May be called many
    /// times before the host gets to it; must not call the engine.
    /// </summary>
    void OutputReady();

    /// <summary>Close the connection once its output is sent. <paramref name="reason"/> is for the log. Must not call the engine before it returns.</summary>
    void Close(string reason);

    /// <summary>The sizes that CLIENT LIST shows, in bytes.</summary>
    ConnectionBuffers Buffers { get; }
}

/// <summary>What a connection's buffers hold, in bytes.</summary>
/// <param name="Received">Received and not yet executed.</param>
/// <param name="ReceiveFree">Free in the receive buffer.</param>
/// <param name="Unsent">Queued for sending, beyond what the session's output holds.</param>
public readonly record struct ConnectionBuffers(long Received, long ReceiveFree, long Unsent);
