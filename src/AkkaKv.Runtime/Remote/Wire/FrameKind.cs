namespace Akka.Remote.Wire;

/// <summary>
/// The first byte of every frame. A frame stands behind its length as four bytes, little-endian. Messages flow in one direction of a
/// connection only, from the side that called; the way back carries <see cref="Pong"/> and <see cref="Quarantined"/>.
/// </summary>
internal enum FrameKind : byte
{
    Hello = 1,
    Challenge = 2,
    Proof = 3,
    Welcome = 4,
    Refusal = 5,

    /// <summary>A message for an actor.</summary>
    Message = 16,

    /// <summary>"Are you there?"</summary>
    Ping = 17,

    /// <summary>"I am."</summary>
    Pong = 18,

    /// <summary>"I will never talk to this incarnation of you again."</summary>
    Quarantined = 19,

    /// <summary>"I am shutting down."</summary>
    Goodbye = 20,
}
