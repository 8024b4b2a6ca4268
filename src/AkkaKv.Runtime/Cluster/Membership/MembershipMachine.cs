using Akka.Actor;

namespace Akka.Cluster.Membership;

/// <summary>
/// The membership rules of one node as a pure state machine: one door in (<see cref="Step"/>), effects out in order, time and
/// randomness as arguments. The host sends the messages, tells the subscribers and calls again at <see cref="NextDeadline"/>.
/// <code>
///   Idle ──join──► Joining ──welcome / founds──► Member ──Down, removed, or left──► Stopped
///   Idle, Joining ──leave──► Stopped
/// </code>
/// </summary>
internal sealed class MembershipMachine
{
    private readonly UniqueAddress _self;
    private readonly MembershipSettings _settings;
    private readonly JoinProcess _join;
    private readonly HeartbeatMonitor _heartbeats;
    private readonly SplitBrainResolver? _resolver;
    private readonly HashSet<UniqueAddress> _exitConfirmed = [];
    private SeededRandom _random;
    private Gossip _gossip = Gossip.Empty;
    private ClusterEvent.CurrentClusterState _view = ClusterView.Empty;
    private bool _selfExitingAnnounced;
    private bool _leaderActionsBroughtForward;
    private long? _notConvergedSince;
    private long _gossipAt;
    private long _heartbeatAt;
    private long _reapAt;
    private long _leaderActionsAt;

    public MembershipMachine(UniqueAddress self, MembershipSettings settings, ulong seed)
    {
        _self = self;
        _settings = settings;
        _join = new JoinProcess(self, settings);
        _heartbeats = new HeartbeatMonitor(self, settings);
        _resolver = settings.Downing is null ? null : new SplitBrainResolver(self, settings.Downing);
        _random = new SeededRandom(seed);
    }

    /// <summary>Where the node stands.</summary>
    internal enum Phase
    {
        /// <summary>Nobody has told it to join.</summary>
        Idle,

        /// <summary>It looks for a way in.</summary>
        Joining,

        /// <summary>It is in the state that the members exchange.</summary>
        Member,

        /// <summary>It is out, for ever.</summary>
        Stopped,
    }

    public Phase CurrentPhase { get; private set; } = Phase.Idle;

    /// <summary>The state as this node knows it.</summary>
    public Gossip Gossip => _gossip;

    /// <summary>Whether this node knows that everybody agrees.</summary>
    public bool IsConverged => _gossip.IsConverged(_exitConfirmed.Contains);

    /// <summary>When <see cref="MembershipInput.Tick"/> is due; <see cref="long.MaxValue"/> for never.</summary>
    public long NextDeadline => CurrentPhase switch
    {
        Phase.Joining => _join.Deadline,
        Phase.Member => Math.Min(Math.Min(Math.Min(_gossipAt, _heartbeatAt), Math.Min(_reapAt, _leaderActionsAt)), _resolver?.Deadline ?? long.MaxValue),
        _ => long.MaxValue,
    };

    /// <summary>Takes one input in and appends what the host must do to <paramref name="outbox"/>.</summary>
    public void Step(long now, MembershipInput input, List<MembershipEffect> outbox)
    {
        if (CurrentPhase == Phase.Stopped)
            return;
        switch (input)
        {
            case MembershipInput.Tick:
                Tick(now, outbox);
                break;
            case MembershipInput.Received received:
                Receive(now, received.Message, outbox);
                break;
            case MembershipInput.JoinSeedNodes { Seeds: var seeds } when CurrentPhase != Phase.Member:
                CurrentPhase = Phase.Joining;
                if (_join.Start(now, seeds, outbox))
                    Found(now, outbox);
                break;
            case MembershipInput.JoinNode { Address: var address } when CurrentPhase != Phase.Member:
                CurrentPhase = Phase.Joining;
                if (_join.StartDirect(now, address, outbox))
                    Found(now, outbox);
                break;
            case MembershipInput.JoinSeedNodes or MembershipInput.JoinNode:
                outbox.Add(new MembershipEffect.Log(false, "Asked to join, but this node is a member already"));
                break;
            case MembershipInput.Leave { Address: var address } when CurrentPhase != Phase.Member && address.Equals(_self.Address):
                Stop(MemberStatus.Removed, "left before it had joined", outbox);
                break;
            case MembershipInput.Leave { Address: var address }:
                Leave(now, address, outbox);
                break;
            case MembershipInput.DownNode { Address: var address }:
                Down(now, _gossip.Members.Values.Where(m => m.Address.Equals(address)).Select(m => m.UniqueAddress), $"asked to down {address}", outbox);
                break;
            case MembershipInput.ExitingCompleted when CurrentPhase == Phase.Member:
                foreach (var peer in ReachablePeers())
                {
                    Send(peer, new GossipEnvelope(_self, peer, _gossip), outbox);
                    Send(peer, new ExitingConfirmed(_self), outbox);
                }
                Stop(_gossip.Find(_self)?.Status ?? MemberStatus.Removed, "left the cluster", outbox);
                break;
            case MembershipInput.QuarantinedBy { Address: var address } when _gossip.Members.Values.Any(m => m.Address.Equals(address) && m.Status != MemberStatus.Down):
                Stop(MemberStatus.Down, $"{address} has quarantined this incarnation", outbox);
                break;
        }
    }

    private void Tick(long now, List<MembershipEffect> outbox)
    {
        if (CurrentPhase == Phase.Joining)
        {
            if (now >= _join.Deadline && _join.Tick(now, outbox))
                Found(now, outbox);
            return;
        }
        if (CurrentPhase != Phase.Member)
            return;
        if (now >= _heartbeatAt)
        {
            _heartbeatAt = now + _settings.HeartbeatIntervalMs;
            _heartbeats.Beat(now, outbox);
        }
        if (now >= _reapAt)
        {
            // When it is this node that stood still, the others' answers are still waiting to be read: judge them next time.
            var stoodStill = now - _reapAt > _settings.FailureDetector.AcceptableHeartbeatPauseMs / 2;
            _reapAt = now + _settings.UnreachableNodesReaperIntervalMs;
            if (!stoodStill)
                Reap(now, outbox);
        }
        Resolve(now, outbox);
        if (CurrentPhase == Phase.Member && now >= _leaderActionsAt)
            ActAsLeader(now, outbox);
        if (CurrentPhase == Phase.Member && now >= _gossipAt)
            SendGossip(now, outbox);
    }

    private void Receive(long now, ClusterMessage message, List<MembershipEffect> outbox)
    {
        var from = message.From;
        switch (message)
        {
            case InitJoin when !from.Equals(_self):
                var canWelcome = CurrentPhase == Phase.Member && _gossip.Find(_self) is { Status: not (MemberStatus.Exiting or MemberStatus.Down) };
                Send(from, canWelcome ? new InitJoinAck(_self) : new InitJoinNack(_self), outbox);
                break;
            case InitJoinAck when CurrentPhase == Phase.Joining:
                _join.Acked(now, from, outbox);
                break;
            case InitJoinNack when CurrentPhase == Phase.Joining:
                if (_join.Nacked(now, from, outbox))
                    Found(now, outbox);
                break;
            case Join join when CurrentPhase == Phase.Member:
                TakeIn(now, join, outbox);
                break;
            case Welcome { Gossip: var gossip } when CurrentPhase == Phase.Joining && gossip.Has(_self):
                Become(now, gossip.SeenBy(_self), $"welcomed by {from.Address}", outbox);
                Send(from, new GossipEnvelope(_self, from, _gossip), outbox);
                break;
            case GossipEnvelope stray when CurrentPhase == Phase.Member && IsStrandedJoiner(stray):
                TakeIn(now, new Join(from, stray.Gossip.Members[from].Roles), outbox);
                break;
            case GossipEnvelope envelope when CurrentPhase == Phase.Member && envelope.To.Equals(_self) && MayGossip(from, outbox) && envelope.Gossip.Has(_self):
                var (result, answer) = GossipExchange.Receive(_gossip, envelope.Gossip, _self);
                SetState(now, result, outbox);
                if (answer && CurrentPhase == Phase.Member)
                    Send(from, new GossipEnvelope(_self, from, _gossip), outbox);
                break;
            case GossipStatus status when CurrentPhase == Phase.Member && MayGossip(from, outbox):
                if (GossipExchange.AnswerStatus(_gossip, status, _self) is { } reply)
                    Send(from, reply, outbox);
                break;
            case Heartbeat heartbeat when CurrentPhase == Phase.Member:
                Send(from, new HeartbeatResponse(_self, heartbeat.Sequence), outbox);
                break;
            case HeartbeatResponse:
                _heartbeats.Answered(now, from);
                break;
            case ExitingConfirmed when _gossip.Find(from) is { Status: MemberStatus.Exiting }:
                _exitConfirmed.Add(from);
                _leaderActionsAt = Math.Min(_leaderActionsAt, now);
                break;
            case RemovedNotice { Node: var node } when CurrentPhase == Phase.Member && node.Equals(_self) && _gossip.Has(from):
                Stop(MemberStatus.Down, $"was removed while it could not be reached, says {from.Address}", outbox);
                break;
        }
    }

    /// <summary>Gossip counts only between members that can reach each other. A removed one is told that it is.</summary>
    private bool MayGossip(UniqueAddress from, List<MembershipEffect> outbox)
    {
        if (_gossip.Has(from))
            return _gossip.Reachability.StatusOf(_self, from) == ReachabilityStatus.Reachable;
        if (_gossip.Tombstones.ContainsKey(from))
            Send(from, new RemovedNotice(_self, from), outbox);
        return false;
    }

    /// <summary>
    /// Whether the sender was welcomed by a member that then crashed before anybody heard of it: it believes to be joining, but nobody
    /// knows it. It is taken in as if it had asked here.
    /// </summary>
    private bool IsStrandedJoiner(GossipEnvelope envelope) =>
        envelope.To.Equals(_self) && !_gossip.Has(envelope.From) && !_gossip.Tombstones.ContainsKey(envelope.From)
        && envelope.Gossip.Has(_self) && envelope.Gossip.Find(envelope.From) is { Status: MemberStatus.Joining or MemberStatus.WeaklyUp };

    private void Found(long now, List<MembershipEffect> outbox)
    {
        var self = new Member(_self, MemberStatus.Joining, _settings.Roles);
        Become(now, Gossip.Empty.With(self).Changed(_self), "founded the cluster", outbox);
        ActAsLeader(now, outbox);
    }

    private void Become(long now, Gossip gossip, string how, List<MembershipEffect> outbox)
    {
        CurrentPhase = Phase.Member;
        _gossipAt = now + _settings.GossipIntervalMs;
        _heartbeatAt = now;
        _reapAt = now + _settings.UnreachableNodesReaperIntervalMs;
        _leaderActionsAt = now + _settings.LeaderActionsIntervalMs;
        outbox.Add(new MembershipEffect.Log(false, $"{_self.Address}: {how}"));
        SetState(now, gossip, outbox);
    }

    private void TakeIn(long now, Join join, List<MembershipEffect> outbox)
    {
        var node = join.From;
        if (node.Equals(_self) || _gossip.Find(_self) is { Status: MemberStatus.Down or MemberStatus.Exiting })
            return;
        if (_gossip.Tombstones.ContainsKey(node))
        {
            Send(node, new RemovedNotice(_self, node), outbox);
            return;
        }
        if (!_gossip.Has(node))
        {
            var old = _gossip.Members.Values.FirstOrDefault(m => m.Address.Equals(node.Address));
            if (old is not null)
            {
                // Its process is gone: the address answers as somebody else. The joining one keeps asking until the old one is out.
                var reachability = _gossip.Reachability.Change(_self, old.UniqueAddress, ReachabilityStatus.Terminated);
                var changed = _gossip with { Reachability = reachability };
                changed = old.Status == MemberStatus.Down ? changed : changed.With(old.Copy(MemberStatus.Down));
                if (old.Status == MemberStatus.Down && ReferenceEquals(reachability, _gossip.Reachability))
                    return;
                outbox.Add(new MembershipEffect.Log(false, $"A new incarnation of {node.Address} joins; the old one (uid {old.UniqueAddress.Uid}) is down"));
                SetState(now, changed.Changed(_self), outbox);
                return;
            }
            outbox.Add(new MembershipEffect.Log(false, $"{node.Address} is joining, roles [{string.Join(", ", join.Roles.Order(StringComparer.Ordinal))}]"));
            SetState(now, _gossip.With(new Member(node, MemberStatus.Joining, join.Roles)).Changed(_self), outbox);
        }
        else if (_gossip.Members[node].Status == MemberStatus.Down)
        {
            return;
        }
        Send(node, new Welcome(_self, _gossip), outbox);
    }

    private void Leave(long now, Address address, List<MembershipEffect> outbox)
    {
        var member = _gossip.Members.Values.FirstOrDefault(m =>
            m.Address.Equals(address) && (m.Status is MemberStatus.Joining or MemberStatus.WeaklyUp or MemberStatus.Up));
        if (member is not null)
            SetState(now, _gossip.With(member.Copy(MemberStatus.Leaving)).Changed(_self), outbox);
    }

    private void Down(long now, IEnumerable<UniqueAddress> nodes, string reason, List<MembershipEffect> outbox)
    {
        var members = nodes.Select(_gossip.Find).Where(m => m is not null && m.Status != MemberStatus.Down).ToList();
        if (members.Count == 0)
            return;
        outbox.Add(new MembershipEffect.Log(true, $"Declaring down [{string.Join(", ", members.Select(m => m!.Address))}]: {reason}"));
        SetState(now, members.Aggregate(_gossip, (g, m) => g.With(m!.Copy(MemberStatus.Down))).Changed(_self), outbox);
    }

    private void Reap(long now, List<MembershipEffect> outbox)
    {
        var reachability = _gossip.Reachability;
        foreach (var node in _heartbeats.Receivers)
        {
            var status = _heartbeats.IsAvailable(now, node) ? ReachabilityStatus.Reachable : ReachabilityStatus.Unreachable;
            reachability = reachability.Change(_self, node, status);
        }
        if (!ReferenceEquals(reachability, _gossip.Reachability))
            SetState(now, (_gossip with { Reachability = reachability }).Changed(_self), outbox);
    }

    private void Resolve(long now, List<MembershipEffect> outbox)
    {
        if (CurrentPhase != Phase.Member || _resolver is null)
            return;
        var (nodes, reason) = _resolver.Decide(now, _gossip);
        if (!nodes.IsEmpty)
            Down(now, nodes, reason, outbox);
    }

    private void ActAsLeader(long now, List<MembershipEffect> outbox)
    {
        _leaderActionsAt = now + _settings.LeaderActionsIntervalMs;
        _leaderActionsBroughtForward = false;
        if (!_self.Equals(_gossip.Leader(_self)?.UniqueAddress))
        {
            // It becomes the leader by a change of the state, which brings the next time forward.
            _leaderActionsAt = long.MaxValue;
            _notConvergedSince = null;
        }
        else if (IsConverged)
        {
            _notConvergedSince = null;
            SetState(now, LeaderActions.OnConvergence(_gossip, _self, _settings, _exitConfirmed.Contains, now + _settings.UnixTimeOffsetMs), outbox);
        }
        else
        {
            _notConvergedSince ??= now;
            if (_settings.WeaklyUpAfterMs is { } after && now - _notConvergedSince >= after)
                SetState(now, LeaderActions.WithoutConvergence(_gossip, _self, _settings), outbox);
        }
    }

    private void SendGossip(long now, List<MembershipEffect> outbox)
    {
        _gossip = _gossip.PruneTombstones(now + _settings.UnixTimeOffsetMs, _settings.PruneTombstonesAfterMs);
        if (GossipExchange.PickPeer(_gossip, _self, _settings.GossipDifferentViewProbability, ref _random) is { } peer)
            Send(peer, GossipExchange.MessageFor(_gossip, _self, peer), outbox);
        // Three times the rate while somebody lacks the news; a fifth of it while there are none, because a change brings the next time forward.
        var allHaveSeen = _gossip.Members.Keys.All(_gossip.Seen.Contains);
        var atRest = allHaveSeen && _gossip.Unreachable.Count == 0;
        _gossipAt = now + (atRest ? _settings.GossipIntervalMs * 5 : allHaveSeen ? _settings.GossipIntervalMs : Math.Max(1, _settings.GossipIntervalMs / 3));
    }

    /// <summary>Every change of the state goes through here: what follows from it, and what users hear of it.</summary>
    private void SetState(long now, Gossip gossip, List<MembershipEffect> outbox)
    {
        if (ReferenceEquals(gossip, _gossip))
            return;
        var before = _gossip;
        _gossip = gossip;
        if (!gossip.Has(_self))
        {
            Stop(before.Find(_self)?.Status ?? MemberStatus.Removed, "was removed", outbox);
            return;
        }
        _heartbeats.Update([.. gossip.Members.Keys], n => gossip.Reachability.StatusOf(_self, n) != ReachabilityStatus.Reachable);
        _exitConfirmed.RemoveWhere(n => !gossip.Has(n));
        Announce(before, outbox);

        if (gossip.Members[_self].Status == MemberStatus.Down)
        {
            // The others that are being downed with this node, and those that stay, should hear it from here rather than wait for silence.
            foreach (var peer in ReachablePeers())
                Send(peer, new GossipEnvelope(_self, peer, _gossip), outbox);
            Stop(MemberStatus.Down, "was declared down", outbox);
            return;
        }
        // The members that leave together with this one don't decide, but must know of it too before it is gone.
        if (gossip.Members[_self].Status == MemberStatus.Exiting && !_selfExitingAnnounced && IsConverged
            && ReachablePeers().All(n => gossip.Members[n].Status != MemberStatus.Exiting || gossip.Seen.Contains(n) || _exitConfirmed.Contains(n)))
        {
            _selfExitingAnnounced = true;
            outbox.Add(MembershipEffect.SelfExiting.Instance);
        }
        // News travel at once, and the leader acts soon after; the intervals are for what got lost. A batch of changes is one round.
        if (gossip.Seen.Count < gossip.Members.Count)
            _gossipAt = Math.Min(_gossipAt, now + (_settings.GossipIntervalMs / 5));
        if (!_leaderActionsBroughtForward)
        {
            _leaderActionsBroughtForward = true;
            _leaderActionsAt = Math.Min(_leaderActionsAt, now + (_settings.LeaderActionsIntervalMs / 10));
        }
    }

    private void Announce(Gossip before, List<MembershipEffect> outbox)
    {
        var view = ClusterView.Of(_gossip, _self);
        outbox.Add(new MembershipEffect.StateChanged(view));
        foreach (var change in ClusterView.Changes(_view, view))
        {
            outbox.Add(new MembershipEffect.Publish(change));
            if (change is ClusterEvent.MemberRemoved { Member.UniqueAddress: var node, PreviousStatus: var previous }
                && (previous is not (MemberStatus.Leaving or MemberStatus.Exiting) || before.Unreachable.Contains(node)))
            {
                outbox.Add(new MembershipEffect.Quarantine(node, $"removed from the cluster, was {previous}"));
            }
        }
        _view = view;
    }

    private void Stop(MemberStatus previousStatus, string reason, List<MembershipEffect> outbox)
    {
        var wasMember = CurrentPhase == Phase.Member;
        CurrentPhase = Phase.Stopped;
        outbox.Add(new MembershipEffect.Log(previousStatus == MemberStatus.Down, $"{_self.Address}: {reason}; no longer a member"));
        if (wasMember)
        {
            var self = _view.Members.FirstOrDefault(m => m.UniqueAddress.Equals(_self)) ?? new Member(_self, previousStatus, _settings.Roles);
            _view = new ClusterEvent.CurrentClusterState(_view.Members.Remove(self), _view.Unreachable, _view.SeenBy, null, _view.RoleLeaders.Clear());
            outbox.Add(new MembershipEffect.StateChanged(_view));
            outbox.Add(new MembershipEffect.Publish(new ClusterEvent.MemberRemoved(self.Copy(MemberStatus.Removed), previousStatus)));
            outbox.Add(new MembershipEffect.Publish(ClusterEvent.ClusterShuttingDown.Instance));
        }
        outbox.Add(new MembershipEffect.Stopped(previousStatus, reason));
    }

    private IEnumerable<UniqueAddress> ReachablePeers() =>
        _gossip.Members.Keys.Where(n => !n.Equals(_self) && _gossip.Reachability.StatusOf(_self, n) == ReachabilityStatus.Reachable);

    private static void Send(UniqueAddress to, ClusterMessage message, List<MembershipEffect> outbox) => outbox.Add(new MembershipEffect.Send(to.Address, message));
}
