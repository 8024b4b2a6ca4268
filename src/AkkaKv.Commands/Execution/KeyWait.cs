using AkkaKv.Keyspace;

namespace AkkaKv.Commands.Execution;

/// <summary>
/// How a command that waits for keys (BLPOP, BZPOPMIN, XREAD) goes on. A handler that finds nothing calls
/// <see cref="KeyWaiting.TryWaitForKeys"/> with one of these; it may be one object for all, or hold what the handler has found out (the last id of a stream).
/// </summary>
/// <remarks>
/// In all methods the context is that of the waiting session: its request in <see cref="CommandContext.Args"/>, its row, its reply, and the database that it waits in.
/// What is changed is propagated only as <see cref="CommandContext.PropagateInstead(int)"/> says, behind the command that made the key ready.
/// </remarks>
public abstract class KeyWait
{
    /// <summary>The type of value that is waited for.</summary>
    public abstract DataType Type { get; }

    /// <summary>Whether <see cref="Lose"/> wants to hear of keys that no longer hold that type.</summary>
    public virtual bool HearsOfLoss => false;

    /// <summary>
    /// <paramref name="key"/>, one of those that are waited for, holds a value of <see cref="Type"/>. Answers from this key alone, as Redis 7.0 does, and returns true;
    /// or returns false, has written no reply, and waits on.
    /// </summary>
    public abstract bool Serve(CommandContext context, ReadOnlySpan<byte> key);

    /// <summary>
    /// <paramref name="key"/> was removed, or holds another type now (XREADGROUP: there is no group any more). True if that ended the wait with a reply.
    /// </summary>
    public virtual bool Lose(CommandContext context, ReadOnlySpan<byte> key) => false;
}
