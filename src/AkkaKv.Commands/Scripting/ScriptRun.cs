using System.Text;
using AkkaKv.Commands.Access;
using AkkaKv.Commands.Execution;
using AkkaKv.Commands.Hosting;
using AkkaKv.Commands.Sessions;
using AkkaKv.Commands.Table;
using AkkaKv.Protocol;
using AkkaKv.Scripting.Runtime;

namespace AkkaKv.Commands.Scripting;

/// <summary>
/// The script or function that is running: what it may do, what it has done, and the connection of its own on which it calls commands. There is one at a time.
/// </summary>
internal sealed class ScriptRun : IScriptHost, ISessionHost
{
    /// <summary>A library has so long to register its functions, as in Redis.</summary>
    private const long LoadLimitMs = 500;

    private const int ReplicateToReplicas = 2;

    private readonly CommandEngine _engine;
    private readonly Dispatcher _dispatcher;
    private ClientSession? _session;
    private ScriptFlags _flags;
    private bool _isReadOnly;
    private string? _killReason;
    private long _startedNanoseconds;
    private OwnedArguments? _request;

    public ScriptRun(CommandEngine engine, Dispatcher dispatcher)
    {
        _engine = engine;
        _dispatcher = dispatcher;
    }

    /// <summary>The script's digest or the function's name; null when nothing runs.</summary>
    public string? Name { get; private set; }

    /// <summary>Whether it is a script of EVAL, not a function.</summary>
    public bool IsEval { get; private set; }

    /// <summary>Whether it has run so long that other clients are answered BUSY.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>Whether it has written.</summary>
    public bool HasWritten { get; private set; }

    /// <summary>The connection that runs it; null while a library is loaded.</summary>
    public ClientSession? Caller { get; private set; }

    /// <summary>The request that runs it; only known when it has become busy.</summary>
    public OwnedArguments? Request => _request;

    /// <summary>The version of the protocol in which the script wants and gives replies.</summary>
    public int RespVersion => Session.Reply.RespVersion;

    /// <summary>How long it has run.</summary>
    public long ElapsedMs => (_engine.Server.TimestampNanoseconds - _startedNanoseconds) / 1_000_000;

    ConnectionBuffers ISessionHost.Buffers => default;

    /// <summary>On which the script's commands run; it is no client's.</summary>
    private ClientSession Session => _session ??= new ClientSession(0, this, "lua", "", 0) { IsAuthenticated = true };

    /// <summary>A script or function begins for <paramref name="caller"/>.</summary>
    public void Begin(ClientSession caller, string name, bool isEval, ScriptFlags flags, bool isReadOnly)
    {
        Caller = caller;
        Name = name;
        IsEval = isEval;
        _flags = flags;
        _isReadOnly = isReadOnly || (flags & ScriptFlags.NoWrites) != 0;
        ClientSession session = Session;
        session.Kind = caller.Kind;
        session.DatabaseIndex = caller.DatabaseIndex;
        session.Account = caller.Account;
        session.IsNoTouch = caller.IsNoTouch;
        session.Reply.RespVersion = 2;
        session.Reply.Muted = false;
        Start();
    }

    /// <summary>A library begins to register its functions.</summary>
    public void BeginLoad()
    {
        Caller = null;
        Name = "";
        Start();
    }

    /// <summary>It is over.</summary>
    public void End()
    {
        Name = null;
        Caller = null;
        _request = null;
        IsBusy = false;
        _engine.Propagation.IsSuspended = false;
        _session?.Output.Clear();
    }

    /// <summary>Ends the script at the next opportunity.</summary>
    public void Kill(string reason) => _killReason = reason;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Call(in Arguments request)
    {
        ClientSession session = Session;
        OutputBuffer output = session.Output;
        output.Clear();
        CommandRow? row = _engine.Table.FindForCall(request);
        ReadOnlySpan<byte> refusal = row is null ? "ERR Unknown Redis command called from script"u8 : WhyNot(row, request);
        if (!refusal.IsEmpty)
        {
            session.Reply.Error(refusal);
            _engine.Statistics.RecordError(session.Reply.LastErrorCode);
            if (row is not null)
            {
                _engine.Statistics.RecordRejected(row);
            }
        }
        else
        {
            HasWritten |= row!.Has(CommandFlags.Write);
            _dispatcher.CallFromScript(session, row, request);
        }

        if (output.IsEmpty)
        {
            throw new InvalidOperationException($"'{row?.FullName}' gave a script no reply.");
        }

        return output.IsSingleSegment ? output.First.Span : output.ToArray();
    }

    /// <inheritdoc/>
    public void Log(int level, ReadOnlySpan<byte> message) => _engine.Server.Log(level, Encoding.UTF8.GetString(message));

    /// <inheritdoc/>
    public void SetRespVersion(int version) => Session.Reply.RespVersion = version;

    /// <inheritdoc/>
    public void SetReplication(int flags) => _engine.Propagation.IsSuspended = (flags & ReplicateToReplicas) == 0;

    /// <inheritdoc/>
    public bool? MayRun(in Arguments request)
    {
        if (_engine.Table.FindForCall(request) is not { } row || !row.AcceptsCount(request.Count))
        {
            return null;
        }

        return Caller?.Account is not { } user || _engine.Access.Check(user, row, request).IsAllowed;
    }

    /// <inheritdoc/>
    public string? Tick()
    {
        long elapsedMs = ElapsedMs;
        if (Caller is null)
        {
            return elapsedMs >= LoadLimitMs ? "ERR FUNCTION LOAD timeout" : null;
        }

        long thresholdMs = _engine.Settings.BusyReplyThresholdMs;
        if (thresholdMs > 0 && elapsedMs >= thresholdMs)
        {
            if (!IsBusy)
            {
                IsBusy = true;
                _request = new OwnedArguments(_dispatcher.RunningRequest);
                _engine.Server.Log(3, $"Slow script detected: still in execution after {elapsedMs} milliseconds. Its name is {Name}; SCRIPT KILL or FUNCTION KILL ends it.");
            }

            _engine.Server.ServeWhileBusy();
        }

        return _killReason;
    }

    void ISessionHost.OutputReady()
    {
        // The script reads its replies itself.
    }

    void ISessionHost.Close(string reason)
    {
        // There is no connection.
    }

    private void Start()
    {
        _killReason = null;
        HasWritten = false;
        IsBusy = false;
        _startedNanoseconds = _engine.Server.TimestampNanoseconds;
    }

    /// <summary>The rules for commands in scripts, in the order of Redis's scriptCall. Empty: it may run.</summary>
    private ReadOnlySpan<byte> WhyNot(CommandRow row, in Arguments request)
    {
        if (!row.AcceptsCount(request.Count))
        {
            return "ERR Wrong number of args calling Redis command from script"u8;
        }

        if (row.Has(CommandFlags.NoScript))
        {
            return "ERR This Redis command is not allowed from script"u8;
        }

        IReplicationControl replication = _engine.Replication;
        bool fromMaster = Caller!.Kind == SessionKind.Master;
        if (!row.Has(CommandFlags.Stale) && replication.IsReplica && !replication.IsMasterLinkUp && !_engine.Settings.ReplicaServeStaleData && !fromMaster)
        {
            return "ERR Can not execute the command on a stale replica"u8;
        }

        if (!fromMaster && _engine.FirstDenial(Caller, row, request, AclOrigin.Script) is { IsAllowed: false } denial)
        {
            return AclText.Bytes(denial.ErrorInScript());
        }

        if (_isReadOnly && row.Has(CommandFlags.Write | CommandFlags.MayReplicate))
        {
            return "ERR Write commands are not allowed from read-only scripts."u8;
        }

        // What has begun to write goes on: nobody can take back the half of it.
        if (HasWritten || fromMaster)
        {
            return default;
        }

        if (row.Has(CommandFlags.Write))
        {
            ReadOnlySpan<byte> refusal = WhyNoWrites();
            if (!refusal.IsEmpty)
            {
                return refusal;
            }
        }

        bool memoryMatters = row.Has(CommandFlags.DenyOom) && (_flags & ScriptFlags.AllowOutOfMemory) == 0;
        return memoryMatters && _engine.Settings.MaxMemory > 0 && _engine.MemoryLimit.IsOutOfMemory ? ErrorText.OutOfMemory : default;
    }

    /// <summary>Why the state of the server forbids writing; empty: it does not.</summary>
    public ReadOnlySpan<byte> WhyNoWrites()
    {
        IReplicationControl replication = _engine.Replication;
        if (replication.IsReplica)
        {
            return _engine.Settings.ReplicaReadOnly ? ErrorText.ReadOnly : default;
        }

        int needed = _engine.Settings.MinReplicasToWrite;
        int lag = _engine.Settings.MinReplicasMaxLagSeconds;
        return needed > 0 && lag > 0 && replication.CountReplicasWithin(lag) < needed ? ErrorText.NoReplicas : default;
    }
}
