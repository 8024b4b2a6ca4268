using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Akka.Actor;
using Akka.Event;
using AkkaKv.Actors.Hosting;
using AkkaKv.Actors.Network;
using AkkaKv.Actors.Settings;
using AkkaKv.Commands;
using AkkaKv.Commands.Hosting;
using AkkaKv.Commands.Sessions;
using AkkaKv.Persistence.Rdb;
using AkkaKv.Protocol;
using AkkaKv.Replication;

namespace AkkaKv.Actors.Replication;

/// <summary>
/// Replication as the engine sees it: role, history, attached replicas, the followed master. It belongs to the keyspace actor and runs
/// on its turn; the cores decide, and actors of their own move the bytes.
/// </summary>
internal sealed class ReplicationController : IReplicationControl, IReplicationStream
{
    private const long CronPeriodMs = 1000;

    private readonly GatewaySettings _gateway;
    private readonly ReplicationHistory _history;
    private readonly AttachedReplicas _replicas;
    private readonly FollowedMaster _master;
    private readonly StreamUpkeep _upkeep;
    private readonly List<UpkeepEffect> _upkeepEffects = [];

    private CommandEngine _engine = null!;
    private ILoggingAdapter _log = null!;
    private ReplicationSettings _settings;
    private bool _acksChanged;
    private bool _acksWanted;
    private bool _roleChanged;
    private bool _isRestored;
    private long _upkeptAt;

    public ReplicationController(ReplicationSettings settings, GatewaySettings gateway)
    {
        (_settings, _gateway) = (settings, gateway);
        _history = new ReplicationHistory(new ReplicationBuffer { SizeMax = settings.BacklogSize }, AttachedReplicas.NewId());
        var replicaSettings = new ReplicaSettings(
            TimeoutMs: (long)settings.Timeout.TotalMilliseconds,
            LagHardMax: gateway.ReplicaOutput.HardBytes,
            LagSoftMax: gateway.ReplicaOutput.SoftBytes,
            LagSoftMs: (long)gateway.ReplicaOutput.SoftTime.TotalMilliseconds);
        _replicas = new AttachedReplicas(_history, replicaSettings);
        _master = new FollowedMaster(_history, _replicas);
        _upkeep = new StreamUpkeep((long)settings.PingPeriod.TotalMilliseconds);
    }

    /// <summary>Called on the keyspace's turn whenever role, master or link have changed.</summary>
    public Action? Changed { get; set; }

    /// <inheritdoc/>
    public bool IsReplica => _master.IsFollowing;

    /// <inheritdoc/>
    public bool IsMasterLinkUp => _master.IsLinkUp;

    /// <inheritdoc/>
    public long Offset => _history.Offset;

    private static long Now => Environment.TickCount64;

    /// <summary>
    /// Called when the keyspace actor starts: it becomes the parent of the actors of replication, and follows the configured master; the link begins with
    /// <see cref="Release"/>.
    /// </summary>
    public void Attach(CommandEngine engine, IActorContext context, TrafficCounters traffic)
    {
        _engine = engine;
        _log = context.GetLogger();
        _replicas.Attach(engine, context, _log);
        _master.Attach(engine, context.ActorOf(UpstreamActor.Props(_master, context.Self, traffic, engine.Store.DatabaseCount), "upstream"));
        _master.LinkChanged = () => Changed?.Invoke();
        _master.Hold();
        if (_settings.ReplicaOf is { } master)
            Follow(master.Host, master.Port);
    }

    /// <summary>The node has loaded its data: the link to the master may begin.</summary>
    public void Release() => _master.Release();

    /// <summary>
    /// The data that were loaded stand at this place of a history. A replica asks its master to continue from there; a master goes on under a new id, and
    /// lets those continue who were there, too. A node that does not know yet what it is becomes a master with <see cref="ConfirmMaster"/>.
    /// </summary>
    public void Restore(ReplicationId id, long offset, int streamDatabase)
    {
        _history.Restore(id, offset);
        _master.RestoreDatabase(streamDatabase);
        if (IsReplica)
            _history.Follow();
        _isRestored = !IsReplica;
    }

    /// <summary>This node is a master, whatever history its data came from.</summary>
    public void ConfirmMaster()
    {
        if (!_isRestored || IsReplica)
            return;
        _isRestored = false;
        _history.Follow();
        _history.Promote(AttachedReplicas.NewId());
        _engine.Propagation.ForgetSelectedDatabase();
    }

    /// <summary>Where in which history the data stand now, for a file; null if nobody could continue from there.</summary>
    public RdbReplicationFacts? GetHistory() => _history.Buffer.IsActive
        ? new RdbReplicationFacts(IsReplica ? _master.StreamDatabase : Math.Max(_engine.Propagation.SelectedDatabase, 0), _history.Id.ToString(), _history.Offset)
        : null;

    /// <summary>The keyspace's turn ends: what the turn has produced goes out.</summary>
    public void EndTurn(long nowMs)
    {
        if (_acksWanted)
        {
            _acksWanted = false;
            if (!IsReplica)
                _history.Buffer.Append(StreamCommands.GetAck);
        }

        if (_roleChanged)
        {
            _roleChanged = false;
            _engine.RoleChanged(nowMs);
        }

        if (_acksChanged)
        {
            _acksChanged = false;
            _engine.AcknowledgementsChanged(nowMs);
        }

        _replicas.WakeAll();
    }

    /// <summary>To be called several times a second.</summary>
    public void Cron()
    {
        if (Now - _upkeptAt < CronPeriodMs)
            return;
        _upkeptAt = Now;
        _upkeepEffects.Clear();
        _upkeep.Step(Now, !IsReplica, _replicas.Roster.Count, _history.Buffer.IsActive, _upkeepEffects);
        foreach (var effect in _upkeepEffects)
        {
            if (effect == UpkeepEffect.AppendPing)
                _history.Buffer.Append(StreamCommands.Ping);
            else
                _history.StopBacklog(AttachedReplicas.NewId());
        }
    }

    /// <summary>CONFIG SET of something that belongs to replication; other names are left alone. The value has been checked; sizes are in bytes.</summary>
    public string? ApplySetting(string name, string value)
    {
        switch (name)
        {
            case "repl-backlog-size":
                _history.Buffer.SizeMax = long.Parse(value, CultureInfo.InvariantCulture);
                break;
            case "repl-backlog-ttl":
                _upkeep.BacklogTtlMs = Milliseconds(value);
                break;
            case "repl-ping-replica-period":
                _upkeep.PingPeriodMs = Milliseconds(value);
                break;
            case "repl-timeout":
                _settings = _settings with { Timeout = TimeSpan.FromMilliseconds(Milliseconds(value)) };
                _replicas.Settings = _replicas.Settings with { TimeoutMs = Milliseconds(value) };
                break;
            case "masterauth":
                _settings = _settings with { MasterPassword = value };
                TryAgain();
                break;
            case "masteruser":
                _settings = _settings with { MasterUser = value };
                TryAgain();
                break;
            case "replica-announce-ip":
                _settings = _settings with { AnnounceHost = value };
                break;
            case "replica-announce-port":
                _settings = _settings with { AnnouncePort = int.Parse(value, CultureInfo.InvariantCulture) };
                break;
        }

        return null;
    }

    /// <inheritdoc/>
    public void Append(ReadOnlySpan<byte> bytes) => _history.Buffer.Append(bytes);

    /// <inheritdoc/>
    public int CountReplicasWithin(int maxLagSeconds) => _replicas.Roster.CountGood(maxLagSeconds, Now);

    /// <inheritdoc/>
    public int CountReplicasAt(long offset) => _replicas.Roster.CountAcked(offset);

    /// <inheritdoc/>
    public void RequestAcknowledgements() => _acksWanted = true;

    /// <inheritdoc/>
    public string? ReplicaOf(string? host, int port)
    {
        if (host is not null)
        {
            if (_master.Settings is { } current && current.Host == host && current.Port == port)
                return null;
            Follow(host, port);
        }
        else if (IsReplica)
        {
            Promote();
        }

        return null;
    }

    /// <inheritdoc/>
    public void BeginSync(ClientSession session, in Arguments request)
    {
        if (session.Kind == SessionKind.Replica)
            return;
        if (IsReplica && !IsMasterLinkUp)
        {
            session.Reply.Error("NOMASTERLINK Can't SYNC while not connected with my master"u8);
            return;
        }

        var isOldForm = request.Count == 1;
        var (asked, offset) = (ReplicationId.None, -2L);
        if (!isOldForm)
        {
            ReplicationId.TryParse(request[1], out asked);
            if (!Utf8Parser.TryParse(request[2], out long next, out var used) || used != request[2].Length)
            {
                session.Reply.Error("ERR value is not an integer or out of range"u8);
                return;
            }

            offset = next - 1;
        }

        _replicas.Begin(session, asked, offset, isOldForm, IsReplica ? _master.StreamDatabase : 0);
    }

    /// <inheritdoc/>
    public void ReplicaConfiguration(ClientSession session, in Arguments request)
    {
        if (request.Count % 2 == 0)
        {
            session.Reply.Error("ERR syntax error"u8);
            return;
        }

        for (var index = 1; index < request.Count; index += 2)
        {
            var option = request[index];
            var value = request[index + 1];
            if (Ascii.EqualsIgnoreCase(option, "ack"u8))
            {
                Acknowledge(session, value);
                return;
            }

            if (Ascii.EqualsIgnoreCase(option, "getack"u8))
            {
                if (session.Kind == SessionKind.Master)
                    _master.RequestAck();
                return;
            }

            if (_replicas.Handshake(session).Apply(option, value) is { } error)
            {
                session.Reply.Error(Encoding.UTF8.GetBytes(error));
                return;
            }
        }

        session.Reply.SimpleString("OK"u8);
    }

    /// <inheritdoc/>
    public void EndSync(ClientSession session) => _replicas.End(session);

    /// <inheritdoc/>
    public ReplicationFacts GetFacts()
    {
        var now = Now;
        var history = HistoryView.Of(_history);
        return new ReplicationFacts
        {
            Master = _master.View() is { } view ? MasterFacts(view, now) : null,
            Replicas =
            [
                .. _replicas.Roster.Views(now)
                    .Select(replica => new ReplicaFacts(replica.Address, replica.Port, replica.State.InfoName(), replica.Offset, replica.LagSeconds)),
            ],
            ReplicationId = history.Id.ToString(),
            ReplicationId2 = history.SecondId.ToString(),
            Offset = history.Offset,
            SecondOffset = history.SecondOffset,
            BacklogActive = history.BacklogActive,
            BacklogSize = history.BacklogSize,
            BacklogFirstByteOffset = history.BacklogFirstOffset,
            BacklogHistoryLength = history.BacklogLength,
            BufferBytes = _history.Buffer.MemoryUsage,
            SyncFull = _replicas.FullSyncs,
            SyncPartialOk = _replicas.PartialSyncs,
            SyncPartialErr = _replicas.RefusedPartialSyncs,
        };
    }

    private MasterLinkFacts MasterFacts(UpstreamView view, long now) => new()
    {
        Host = view.Host,
        Port = view.Port,
        State = view.State.RoleName(),
        LastIoSecondsAgo = view.LastIoSecondsAgo(now),
        SyncInProgress = view.State.IsSyncing(),
        SyncTotalBytes = view.Sync?.TotalBytes ?? 0,
        SyncReadBytes = view.Sync?.ReadBytes ?? 0,
        SyncLastIoSecondsAgo = view.LastIoSecondsAgo(now),
        DownSinceSeconds = view.DownSeconds(now),
        ReadOffset = _history.Offset,
    };

    private void Follow(string host, int port)
    {
        var nowMs = _engine.Server.UnixTimeMicroseconds / 1000;
        var settings = new UpstreamSettings(
            host,
            port,
            _settings.AnnouncePort != 0 ? _settings.AnnouncePort : _gateway.ReachablePort,
            _settings.AnnounceHost.Length > 0 ? _settings.AnnounceHost : _gateway.AnnounceHost,
            _settings.MasterUser,
            _settings.MasterPassword,
            TimeoutMs: (long)_settings.Timeout.TotalMilliseconds);
        _log.Info("REPLICAOF {0}:{1} enabled", host, port);
        _master.Follow(settings, nowMs);
        ChangeRole();
    }

    /// <summary>New credentials are tried at once where the old ones did not lead to a link.</summary>
    private void TryAgain()
    {
        if (_master.Settings is { } master && !IsMasterLinkUp)
            Follow(master.Host, master.Port);
    }

    private static long Milliseconds(string seconds) => long.Parse(seconds, CultureInfo.InvariantCulture) * 1000;

    private void Promote()
    {
        _master.Leave();
        _history.Promote(AttachedReplicas.NewId());
        _log.Info("MASTER MODE enabled. New replication ID is {0}, the old one {1} is valid up to offset {2}", _history.Id, _history.SecondId, _history.SecondOffset);
        _replicas.DropAll();
        ChangeRole();
    }

    /// <summary>The engine hears of it when the command that caused it is done: clients that go on because of it execute commands.</summary>
    private void ChangeRole()
    {
        _engine.Propagation.ForgetSelectedDatabase();
        _roleChanged = true;
        LogRoleLetter.Current = IsReplica ? 'S' : 'M';
        Changed?.Invoke();
    }

    private void Acknowledge(ClientSession session, ReadOnlySpan<byte> value)
    {
        if (session.Kind != SessionKind.Replica || !Utf8Parser.TryParse(value, out long offset, out var used) || used != value.Length)
            return;
        _replicas.Acknowledge(session, offset);
        _acksChanged = true;
    }
}
