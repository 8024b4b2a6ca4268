using AkkaKv.Commands.Hosting;

namespace AkkaKv.Commands.Sessions;

/// <summary>The open connections, in the order in which they came.</summary>
public sealed class SessionRegistry
{
    private readonly Dictionary<long, ClientSession> _sessions = [];
    private long _lastId;

    /// <summary>How many connections are open, those of replicas and of the master included.</summary>
    public int Count => _sessions.Count;

    /// <summary>How many of them are clients.</summary>
    public int ClientCount => _sessions.Values.Count(session => session.Kind == SessionKind.Normal);

    /// <summary>The open connections by ascending id. A copy: it may be walked while connections are closed.</summary>
    public IReadOnlyList<ClientSession> All => [.. _sessions.Values.OrderBy(session => session.Id)];

    /// <summary>The open connection with that id; null if there is none.</summary>
    public ClientSession? Find(long id) => _sessions.GetValueOrDefault(id);

    internal ClientSession Add(ISessionHost host, string address, string localAddress, long nowMs)
    {
        var session = new ClientSession(++_lastId, host, address, localAddress, nowMs);
        _sessions.Add(session.Id, session);
        return session;
    }

    internal bool Remove(ClientSession session) => _sessions.Remove(session.Id);

    /// <summary>The open connections without a copy: none may be added or removed while they are walked.</summary>
    internal Dictionary<long, ClientSession>.ValueCollection InAnyOrder => _sessions.Values;
}
