using Akka.Actor;
using AkkaKv.Actors.Cluster;
using AkkaKv.Sentinel;

namespace AkkaKv.Actors.Sentinel;

/// <summary>Where the other sentinels of the cluster are: learned from the nodes' announcements and from the messages themselves.</summary>
internal sealed class SentinelPeers(string myId, IUntypedActorContext context)
{
    private readonly Dictionary<string, ICanTell> _peers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, InstanceAddress> _addresses = new(StringComparer.Ordinal);

    /// <summary>The sentinels met so far, with the addresses of their RESP ports.</summary>
    public IEnumerable<PeerFound> Found => _addresses.Select(known => new PeerFound(known.Key, known.Value));

    /// <summary>A node told who it is. Returns the sentinel that it is, when it is one and this was not known.</summary>
    public PeerFound? Meet(NodeAnnouncement announcement, IActorRef node)
    {
        if (!announcement.Roles.Contains(RoleNames.Sentinel) || announcement.Id == myId)
            return null;
        _peers[announcement.Id] = context.ActorSelection(new RootActorPath(node.Path.Address) / "user" / "sentinel");
        // A node with several roles announces the port of its data; where the sentinel's is, its own first message tells.
        if (announcement.Roles.Contains(RoleNames.Data))
            return null;
        var address = new InstanceAddress(announcement.Host, announcement.Port);
        if (_addresses.TryGetValue(announcement.Id, out var known) && known == address)
            return null;
        _addresses[announcement.Id] = address;
        return new PeerFound(announcement.Id, address);
    }

    /// <summary>A sentinel spoke: answers go to where it spoke from.</summary>
    public void Heard(string id, IActorRef sentinel)
    {
        if (id != myId)
            _peers[id] = sentinel;
    }

    /// <summary>Tells one; a sentinel that is not known any more cannot be told.</summary>
    public void Tell(string id, PeerMessage message, IActorRef self)
    {
        if (_peers.TryGetValue(id, out var peer))
            peer.Tell(message, self);
    }

    /// <summary>Tells all.</summary>
    public void TellAll(PeerMessage message, IActorRef self)
    {
        foreach (var peer in _peers.Values)
            peer.Tell(message, self);
    }
}
