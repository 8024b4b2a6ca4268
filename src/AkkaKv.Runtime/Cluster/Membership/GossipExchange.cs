namespace Akka.Cluster.Membership;

/// <summary>The rules of the exchange: whom to gossip to, what to send, and what to make of what comes.</summary>
internal static class GossipExchange
{
    /// <summary>
    /// Picks whom to gossip to: mostly somebody who has not seen this version, sometimes anybody, never somebody this node can't reach.
    /// Null when there is nobody.
    /// </summary>
    public static UniqueAddress? PickPeer(Gossip gossip, UniqueAddress self, double differentViewProbability, ref SeededRandom random)
    {
        var peers = gossip.Members.Keys.Where(n => !n.Equals(self) && gossip.Reachability.StatusOf(self, n) == ReachabilityStatus.Reachable).ToList();
        var behind = peers.Where(n => !gossip.Seen.Contains(n)).ToList();
        if (behind.Count > 0 && random.NextDouble() < differentViewProbability)
            peers = behind;
        return peers.Count == 0 ? null : peers[random.Next(peers.Count)];
    }

    /// <summary>The whole state for somebody who lacks it, only its version for somebody who probably has it.</summary>
    public static ClusterMessage MessageFor(Gossip gossip, UniqueAddress self, UniqueAddress peer) => gossip.Seen.Contains(peer)
        ? new GossipStatus(self, gossip.Version, SeenDigest(gossip))
        : new GossipEnvelope(self, peer, gossip);

    /// <summary>The state after another one came, seen by this node; and whether the sender needs to hear of it.</summary>
    public static (Gossip Result, bool Answer) Receive(Gossip mine, Gossip theirs, UniqueAddress self)
    {
        switch (mine.Version.CompareTo(theirs.Version))
        {
            case Causality.Same:
                var news = theirs.Seen.Except(mine.Seen);
                return (news.IsEmpty ? mine : mine with { Seen = mine.Seen.Union(news) }, !mine.Seen.IsSubsetOf(theirs.Seen));
            case Causality.Before:
                return (theirs.SeenBy(self), !theirs.Seen.Contains(self));
            case Causality.After:
                return (mine, true);
            default:
                return (mine.Merge(theirs).SeenBy(self), true);
        }
    }

    /// <summary>What to answer to a version: the state if the other lacks something, the own version if this node does, else nothing.</summary>
    public static ClusterMessage? AnswerStatus(Gossip mine, GossipStatus status, UniqueAddress self) => mine.Version.CompareTo(status.Version) switch
    {
        Causality.Same when SeenDigest(mine) == status.SeenDigest => null,
        Causality.Before => new GossipStatus(self, mine.Version, SeenDigest(mine)),
        _ => new GossipEnvelope(self, status.From, mine),
    };

    /// <summary>A digest of who has seen the version, the same on every node.</summary>
    public static ulong SeenDigest(Gossip gossip)
    {
        var digest = 14695981039346656037UL;
        foreach (var node in gossip.Seen)
        {
            foreach (var c in node.Address.ToString())
                digest = (digest ^ c) * 1099511628211UL;
            digest = (digest ^ (uint)node.Uid) * 1099511628211UL;
        }
        return digest;
    }
}

/// <summary>A small generator (xorshift64*) whose seed the host gives, so that a run can be repeated.</summary>
internal struct SeededRandom
{
    private ulong _state;

    public SeededRandom(ulong seed) => _state = (seed * 0x9E3779B97F4A7C15UL) | 1;

    public int Next(int exclusiveMax) => (int)(NextBits() % (uint)exclusiveMax);

    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    private ulong NextBits()
    {
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return (_state * 0x2545F4914F6CDD1DUL) >> 1;
    }
}
