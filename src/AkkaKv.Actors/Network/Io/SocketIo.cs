using AkkaKv.Protocol;

namespace AkkaKv.Actors.Network.Io;

/// <summary>
/// How the bytes of one connection get through its socket. Receiving belongs to one thread at a time, sending to one thread at a time; what could not be done at once
/// is continued by the connection's callbacks, on a thread of the implementation's.
/// </summary>
internal abstract class SocketIo
{
    /// <summary>The result of an operation that goes on later: nothing may be touched any more that belongs to it.</summary>
    public const int Pending = -1;

    /// <summary>The result of an operation that can never succeed again.</summary>
    public const int Failed = -2;

    /// <summary>
    /// Whether everything that has arrived is received, so that the connection has to <see cref="TryWait"/> before it receives again. Always false where a receive
    /// itself waits.
    /// </summary>
    public abstract bool IsDrained { get; }

    /// <summary>Called once, before anything is received. True if the caller is to begin receiving, false if the connection will be told.</summary>
    public abstract bool Start();

    /// <summary>Leaves receiving until something arrives, of which the connection is told. False if something has: the caller goes on.</summary>
    public abstract bool TryWait();

    /// <summary>Receives what is there, at most <paramref name="count"/> bytes: their number, 0 at the end of the stream or <see cref="Failed"/>, or <see cref="Pending"/>.</summary>
    public abstract int Receive(byte[] buffer, int offset, int count);

    /// <summary>Sends the beginning of what is there: the number of bytes, <see cref="Pending"/> or <see cref="Failed"/>.</summary>
    public abstract int Send(OutputBuffer output);

    /// <summary>The socket is about to be closed.</summary>
    public abstract void Stop();
}
