using System.Collections.Concurrent;
using AkkaKv.Actors.Keyspace;
using AkkaKv.Actors.Network.Io;

namespace AkkaKv.Actors.Gateway;

/// <summary>
/// Serves clients while a script runs for long. The keyspace's thread is inside the script: from there this desk takes the batches that were told to the keyspace and has
/// them answered. The messages that told of them find them done when the script has ended.
/// </summary>
public sealed class BusyDesk
{
    /// <summary>Looking at all connections is done this seldom.</summary>
    private const long IntervalMs = 10;

    private readonly ConcurrentDictionary<ClientConnection, byte> _opening = [];
    private long _servedAt;

    /// <summary>A connection will begin with the keyspace's next turn, or here.</summary>
    internal void Announce(ClientConnection connection) => _opening.TryAdd(connection, 0);

    /// <summary>The connection begins; false if it has done so already.</summary>
    internal bool TakeAnnounced(ClientConnection connection) => _opening.TryRemove(connection, out _);

    /// <summary>On the keyspace's turn, inside a script that has run for long: answers what has arrived.</summary>
    internal void Serve(KeyspaceTurn turn)
    {
        var now = Environment.TickCount64;
        if (now - _servedAt < IntervalMs)
            return;
        _servedAt = now;
        EpollLoop.RelieveThisThread();
        foreach (var (connection, _) in _opening)
            connection.BeginIfAnnounced(turn);
        foreach (var session in turn.Engine.Sessions.All)
        {
            if (session.Host is ClientConnection connection)
                connection.AnswerWhileBusy(turn);
        }
    }
}
