using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Membership;

/// <summary>
/// How a node gets in. It asks all seed nodes until one says yes, joins through that one, and starts again when no Welcome comes.
/// It never gives up. Only the first seed node may found a cluster: when all other seed nodes have said no, or nobody said yes for a while.
/// </summary>
internal sealed class JoinProcess
{
    private const long AskIntervalMaxMs = 1_000;
    private const int WarnEveryRounds = 10;

    private readonly UniqueAddress _self;
    private readonly MembershipSettings _settings;
    private ImmutableList<Address> _seeds = [];
    private readonly HashSet<Address> _nacks = [];
    private Address? _target;
    private bool _direct;
    private int _rounds;
    private long _roundStartedAt;
    private long _joinStartedAt;

    public JoinProcess(UniqueAddress self, MembershipSettings settings)
    {
        _self = self;
        _settings = settings;
    }

    /// <summary>When it must be called next.</summary>
    public long Deadline { get; private set; } = long.MaxValue;

    private long AskIntervalMs => Math.Max(10, Math.Min(AskIntervalMaxMs, _settings.SeedNodeTimeoutMs / 5));

    /// <summary>Starts to join through one of the seed nodes. Returns true when this node shall found the cluster.</summary>
    public bool Start(long now, IReadOnlyList<Address> seeds, List<MembershipEffect> outbox)
    {
        _direct = false;
        _seeds = [.. seeds.Distinct()];
        _target = null;
        _nacks.Clear();
        _roundStartedAt = now;
        return Tick(now, outbox);
    }

    /// <summary>Starts to join through exactly this node. Returns true when it is this node itself.</summary>
    public bool StartDirect(long now, Address address, List<MembershipEffect> outbox)
    {
        _direct = true;
        _seeds = [];
        _target = address;
        _joinStartedAt = now;
        return Tick(now, outbox);
    }

    /// <summary>Does what is due. Returns true when this node shall found the cluster.</summary>
    public bool Tick(long now, List<MembershipEffect> outbox)
    {
        Deadline = now + AskIntervalMs;
        if (_target is not null && !_direct && now - _joinStartedAt >= _settings.RetryUnsuccessfulJoinAfterMs)
        {
            outbox.Add(new MembershipEffect.Log(true, $"No welcome from {_target} within {_settings.RetryUnsuccessfulJoinAfterMs} ms, asking the seed nodes again"));
            _target = null;
            _nacks.Clear();
            _roundStartedAt = now;
        }
        if (_target is not null)
        {
            if (_target.Equals(_self.Address))
                return true;
            outbox.Add(new MembershipEffect.Send(_target, new Join(_self, _settings.Roles)));
            return false;
        }

        var others = _seeds.Remove(_self.Address);
        var mayFound = _seeds.Count > 0 && _seeds[0].Equals(_self.Address);
        if (mayFound && (others.All(_nacks.Contains) || now - _roundStartedAt >= _settings.SeedNodeTimeoutMs))
            return true;
        foreach (var seed in others)
            outbox.Add(new MembershipEffect.Send(seed, new InitJoin(_self)));
        if (++_rounds % WarnEveryRounds == 0)
            outbox.Add(new MembershipEffect.Log(true, $"None of the seed nodes [{string.Join(", ", others)}] has let this node in after {_rounds} attempts, trying on"));
        return false;
    }

    /// <summary>A seed node said yes.</summary>
    public void Acked(long now, UniqueAddress from, List<MembershipEffect> outbox)
    {
        if (_target is not null || !_seeds.Contains(from.Address))
            return;
        _target = from.Address;
        _joinStartedAt = now;
        Tick(now, outbox);
    }

    /// <summary>A seed node said not yet. Returns true when this node shall found the cluster.</summary>
    public bool Nacked(long now, UniqueAddress from, List<MembershipEffect> outbox)
    {
        if (_target is not null || !_nacks.Add(from.Address) || !_seeds.Remove(_self.Address).All(_nacks.Contains))
            return false;
        return _seeds.Count > 0 && _seeds[0].Equals(_self.Address) && Tick(now, outbox);
    }
}
