using Akka.Actor;

namespace Akka.Remote.Transport;

/// <summary>Which incarnation was last met at each address, and which ones are quarantined.</summary>
internal sealed class PeerTable(long quarantineMs)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Address, int> _current = [];
    private readonly Dictionary<(Address Address, int Uid), long> _quarantined = [];

    /// <summary>The incarnation last met at the address.</summary>
    public int? UidOf(Address address)
    {
        lock (_lock)
            return _current.TryGetValue(address, out var uid) ? uid : null;
    }

    /// <summary>An incarnation has proved itself. Returns the one that it replaces, if it does; that one is quarantined from now on.</summary>
    public int? Met(Address address, int uid, long now)
    {
        lock (_lock)
        {
            var replaced = _current.TryGetValue(address, out var old) && old != uid ? old : (int?)null;
            _current[address] = uid;
            if (replaced is { } gone)
                _quarantined[(address, gone)] = now;
            return replaced;
        }
    }

    /// <summary>Quarantines an incarnation; false when it was already.</summary>
    public bool Quarantine(Address address, int uid, long now)
    {
        lock (_lock)
        {
            foreach (var old in _quarantined.Where(q => now - q.Value > quarantineMs).Select(q => q.Key).ToList())
                _quarantined.Remove(old);
            return _quarantined.TryAdd((address, uid), now);
        }
    }

    public bool IsQuarantined(Address address, int uid)
    {
        lock (_lock)
            return _quarantined.ContainsKey((address, uid));
    }

    /// <summary>True when the incarnation last met at the address is quarantined.</summary>
    public bool IsCurrentQuarantined(Address address)
    {
        lock (_lock)
            return _current.TryGetValue(address, out var uid) && _quarantined.ContainsKey((address, uid));
    }
}
