namespace AkkaKv.Commands.Execution;

/// <summary>What the host does after a request.</summary>
public enum ExecutionResult
{
    /// <summary>Go on with the session's next request.</summary>
    Continue,

    /// <summary>Execute nothing more of this session until its <c>Unblocked</c> event fires.</summary>
    Blocked,

    /// <summary>Send the session's output, then close the connection.</summary>
    Close,
}
