namespace AkkaKv.Protocol;

/// <summary>How a call of a parser ended.</summary>
public enum ParseStatus
{
    /// <summary>Everything given was consumed; no request is begun.</summary>
    Ok,

    /// <summary>The bytes end inside a request: keep those from the consumed position on and call again with more.</summary>
    NeedMore,

    /// <summary>The bytes break the protocol. The connection gets the message and is closed; the parser must be reset before reuse.</summary>
    Error,
}
