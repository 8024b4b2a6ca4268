using System.Text;
using AkkaKv.Commands.Access;
using AkkaKv.Commands.Configuration;
using AkkaKv.Commands.Hosting;
using AkkaKv.Commands.Sessions;
using AkkaKv.Commands.Table;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Execution;

/// <summary>
/// The ladder that every command climbs before it runs, in the order of processCommand in Redis 7.0's server.c. A gate reads the command's flags and
/// the state of session and server, and nothing else; each answers with one well-known error.
/// </summary>
internal sealed class Gates
{
    private const int LargeRequest = 32 * 1024;
    private const int HugeRequest = 1024 * 1024;

    private readonly CommandEngine _engine;

    public Gates(CommandEngine engine) => _engine = engine;

    /// <summary>The error of the first closed gate; empty when all are open.</summary>
    public ReadOnlySpan<byte> FirstClosed(ClientSession session, CommandRow row, in Arguments request, long nowMs)
    {
        ServerSettings settings = _engine.Settings;
        IReplicationControl replication = _engine.Replication;

        // EXEC stands for what it will run.
        CommandFlags any = FlagsOf(row, request);
        CommandFlags common = any;
        if (row.Has(CommandFlags.NeverQueued) && session.Transaction is { Commands.Count: > 0 } transaction && row == _engine.ExecRow)
        {
            any |= transaction.AnyFlags;
            common &= transaction.CommonFlags;
        }

        bool fromMaster = session.Kind == SessionKind.Master;
        if (!session.IsAuthenticated && !fromMaster && _engine.MustAuthenticate(session) && !row.Has(CommandFlags.NoAuth))
        {
            return ErrorText.NoAuth;
        }

        if (session.Transaction is not null && row.Has(CommandFlags.NoMulti))
        {
            return ErrorText.NotInTransaction;
        }

        // The check of a user who may do everything is this comparison.
        if (session.Account is { MayEverything: false } && !fromMaster)
        {
            AclDenial denial = _engine.FirstDenial(session, row, request, session.Transaction is null ? AclOrigin.TopLevel : AclOrigin.Transaction);
            if (!denial.IsAllowed)
            {
                return AclText.Bytes(denial.Error(row));
            }
        }

        // Any command may find memory short and evict; a transaction's queue takes memory too.
        if (settings.MaxMemory > 0 && !_engine.MemoryLimit.Keep(nowMs, LargeRequestBytes(request)) && !fromMaster
            && ((any & CommandFlags.DenyOom) != 0 || (session.Transaction is not null && !row.Has(CommandFlags.NeverQueued))))
        {
            return ErrorText.OutOfMemory;
        }

        // What the system will not give is refused before the command has begun to change anything.
        if ((any & CommandFlags.DenyOom) != 0
            && (_engine.Store.IsShortOfMemory || (request.Raw.Length >= HugeRequest && !_engine.Store.CanTake(request.Raw.Length))))
        {
            return ErrorText.NoMemory;
        }

        if (_engine.Server.RefusesWrites && !fromMaster && !replication.IsReplica && ((any & CommandFlags.Write) != 0 || row == _engine.PingRow))
        {
            return ErrorText.SavingFails;
        }

        if ((any & CommandFlags.Write) != 0 && !fromMaster)
        {
            if (replication.IsReplica)
            {
                if (settings.ReplicaReadOnly)
                {
                    return ErrorText.ReadOnly;
                }
            }
            else if (settings.MinReplicasToWrite > 0 && settings.MinReplicasMaxLagSeconds > 0
                && replication.CountReplicasWithin(settings.MinReplicasMaxLagSeconds) < settings.MinReplicasToWrite)
            {
                return ErrorText.NoReplicas;
            }
        }

        if (session.IsSubscribed && session.Reply.RespVersion == 2 && !row.Has(CommandFlags.SubscribedContext))
        {
            return Encoding.Latin1.GetBytes(
                $"ERR Can't execute '{row.FullName}': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context");
        }

        if (!settings.ReplicaServeStaleData && !fromMaster && (common & CommandFlags.Stale) == 0
            && replication.IsReplica && !replication.IsMasterLinkUp)
        {
            return ErrorText.MasterDown;
        }

        if ((common & CommandFlags.Loading) == 0 && !fromMaster && _engine.Server.Loading is not null)
        {
            return ErrorText.Loading;
        }

        // Redis counts a monitor as a kind of replica.
        if ((session.Kind == SessionKind.Replica || session.IsMonitor) && (any & (CommandFlags.Write | CommandFlags.ReadOnly | CommandFlags.MayReplicate)) != 0)
        {
            return "ERR Replica can't interact with the keyspace"u8;
        }

        return default;
    }

    /// <summary>A command that runs a script may do what the script says that it does.</summary>
    private CommandFlags FlagsOf(CommandRow row, in Arguments request) =>
        row.Has(CommandFlags.RunsScript) ? _engine.Scripts.FlagsOf(row, request) : row.Flags;

    /// <summary>
    /// A large request lies in a buffer that grew for it after buffers were last counted. In Redis, too, the value that would exceed the limit counts
    /// before it is stored.
    /// </summary>
    private static long LargeRequestBytes(in Arguments request) => request.Raw.Length >= LargeRequest ? request.Raw.Length : 0;

    /// <summary>Whether CLIENT PAUSE holds the command back.</summary>
    public bool IsHeldBack(ClientSession session, CommandRow row, in Arguments request, long nowMs)
    {
        if (!_engine.Pause.IsActive(nowMs) || session.Kind != SessionKind.Normal)
        {
            return false;
        }

        if (_engine.Pause.AllCommands)
        {
            return true;
        }

        CommandFlags any = FlagsOf(row, request);
        if (row == _engine.ExecRow && session.Transaction is { } transaction)
        {
            any |= transaction.AnyFlags;
        }

        return (any & (CommandFlags.Write | CommandFlags.MayReplicate)) != 0;
    }
}
