using AkkaKv.Commands.Access;
using AkkaKv.Commands.Sessions;
using AkkaKv.Commands.Statistics;
using AkkaKv.Commands.Table;
using AkkaKv.Commands.Tracking;
using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Execution;

/// <summary>The way of one request: finds the command, asks the gates, holds it back, queues or runs it, and has propagated what it changed.</summary>
internal sealed class Dispatcher
{
    private readonly CommandEngine _engine;
    private readonly CommandTable _table;
    private readonly CommandRow _execRow;
    private readonly Propagation _propagation;
    private readonly ServerStatistics _statistics;
    private readonly CommandContext _context;
    private readonly Gates _gates;
    private readonly Rejections _rejections;
    private readonly List<(int Position, KeySpec Spec)> _keys = [];
    private int _errorsSeen;
    private long _endedAt;
    private bool _beginsAtLastEnd;
    private bool _scriptBeganGroup;

    public Dispatcher(CommandEngine engine)
    {
        _engine = engine;
        _table = engine.Table;
        _execRow = engine.ExecRow;
        _propagation = engine.Propagation;
        _statistics = engine.Statistics;
        _context = new CommandContext(engine);
        _rejections = new Rejections(engine);
        _gates = new Gates(engine);
    }

    /// <summary>Whether the running command has left its session waiting.</summary>
    public bool HasBlocked { get; set; }

    /// <summary>The error that the running command answers was counted when a command of its script failed.</summary>
    public bool ErrorIsCounted { get; set; }

    /// <summary>The request that is running.</summary>
    public Arguments RunningRequest => _context.Args;

    /// <summary>A request comes; if it <paramref name="follows"/> directly, its time begins where that of the last command before it ended.</summary>
    public void Begin(bool follows)
    {
        if (!follows)
        {
            _endedAt = 0;
        }

        _beginsAtLastEnd = _endedAt != 0;
    }

    /// <summary>Executes one request of <paramref name="session"/>.</summary>
    public ExecutionResult Dispatch(ClientSession session, in Arguments request, long nowMs)
    {
        CommandRow? row = _table.Find(request[0]);
        if (row is { Subcommands.Count: > 0 } && request.Count > 1)
        {
            CommandRow container = row;
            row = container.FindSubcommand(request[1]);
            if (row is null && container.IsServed)
            {
                return _rejections.UnknownSubcommand(session, request);
            }
        }

        if (row is null || !row.IsServed)
        {
            return _rejections.Unknown(session, request);
        }

        if (!row.AcceptsCount(request.Count))
        {
            return _rejections.WrongArgumentCount(session, row);
        }

        ReadOnlySpan<byte> closed = _gates.FirstClosed(session, row, request, nowMs);
        if (!closed.IsEmpty)
        {
            return _rejections.Reject(session, row, closed);
        }

        if (_gates.IsHeldBack(session, row, request, nowMs))
        {
            _engine.Block(session, new BlockedByPause(new OwnedArguments(request)) { DeadlineMs = long.MaxValue });
            HasBlocked = false;
            return ExecutionResult.Blocked;
        }

        if (session.Transaction is { } transaction && !row.Has(CommandFlags.NeverQueued))
        {
            transaction.Add(row, request);
            session.Reply.SimpleString("QUEUED"u8);
            return ExecutionResult.Continue;
        }

        _context.Session = session;
        _context.Args = request;
        _context.NowMs = nowMs;
        _context.Database = _engine.Store[session.DatabaseIndex];
        HasBlocked = false;
        _engine.Tracking.Current = session;
        Call(row);
        if (session.IsClosing)
        {
            return ExecutionResult.Close;
        }

        return HasBlocked ? ExecutionResult.Blocked : ExecutionResult.Continue;
    }

    /// <summary>Runs the queued commands of a transaction, from inside EXEC; what they propagate belongs together.</summary>
    public void RunTransaction(Transaction transaction)
    {
        _context.IsInTransaction = true;
        _propagation.BeginGroup();
        foreach (QueuedCommand queued in transaction.Commands)
        {
            _context.Args = queued.Arguments.View;
            if (IsStillAllowed(queued))
            {
                Call(queued.Row);
            }
        }

        _propagation.EndGroup();
        _propagation.Suppress();
        _context.IsInTransaction = false;
        _context.Session.LastCommand = _execRow;
    }

    /// <summary>Whether what was allowed when it was queued is so still; answers if not.</summary>
    private bool IsStillAllowed(QueuedCommand queued)
    {
        ClientSession session = _context.Session;
        if (session.Account is null or { MayEverything: true } || session.Kind == SessionKind.Master)
        {
            return true;
        }

        AclDenial denial = _engine.FirstDenial(session, queued.Row, queued.Arguments.View, AclOrigin.Transaction);
        if (!denial.IsAllowed)
        {
            session.Reply.Error(denial.ErrorInExec());
            _statistics.RecordError(session.Reply.LastErrorCode);
        }

        return denial.IsAllowed;
    }

    /// <summary>From here on the running command's script calls commands; what they propagate belongs together.</summary>
    public void BeginScript()
    {
        _context.IsInScript = true;
        _scriptBeganGroup = _propagation.BeginGroup();
    }

    /// <summary>The script is over. It is not propagated itself, only what its commands did.</summary>
    public void EndScript()
    {
        _context.IsInScript = false;
        _propagation.IsSuspended = false;
        if (_scriptBeganGroup)
        {
            _propagation.EndGroup();
        }

        _propagation.Suppress();
    }

    /// <summary>Runs a command that a script calls, on the session of scripts.</summary>
    public void CallFromScript(ClientSession session, CommandRow row, in Arguments request) => CallNested(session, row, request);

    /// <summary>Executes a request of another client while a script has run for so long that its end cannot be waited for.</summary>
    public ExecutionResult DispatchWhileBusy(ClientSession session, in Arguments request, bool isEval)
    {
        CommandRow? row = _table.FindForCall(request);
        if (row is null || !row.AcceptsCount(request.Count))
        {
            // As at any other time.
            return row is null ? _rejections.Unknown(session, request) : _rejections.WrongArgumentCount(session, row);
        }

        if (_engine.MustAuthenticate(session) && !row.Has(CommandFlags.NoAuth))
        {
            return _rejections.Reject(session, row, ErrorText.NoAuth);
        }

        if (!row.Has(CommandFlags.AllowBusy) || (row.Name == "shutdown" && !IsWithoutSaving(request)))
        {
            return _rejections.Reject(session, row, ErrorText.BusyWith(isEval));
        }

        int errors = session.Reply.ErrorCount;
        CallNested(session, row, request);
        if (row.Name == "shutdown" && session.Reply.ErrorCount == errors)
        {
            // Nothing of what the script has begun is going to be kept.
            _engine.Scripts.Running.Kill("ERR The server is shutting down");
        }

        return session.IsClosing ? ExecutionResult.Close : ExecutionResult.Continue;
    }

    /// <summary>
    /// A key that sessions wait for has changed: whoever came first gets what it waits for, then the next, as long as there is something. What that changes is propagated
    /// for each of them by itself.
    /// </summary>
    public void Serve(AwaitedKey awaited, long nowMs)
    {
        _context.NowMs = nowMs;
        _context.Database = _engine.Store[awaited.DatabaseIndex];
        for (LinkedListNode<ClientSession>? place = awaited.Queue.First, next; place is not null; place = next)
        {
            next = place.Next;
            ClientSession session = place.Value;
            var blocked = (BlockedOnKeys)session.Blocked!;
            _context.Session = session;
            _context.Row = blocked.Row;
            _context.Args = blocked.Request.View;
            _context.Changes = 0;
            _propagation.BeginCommand();
            _errorsSeen = session.Reply.ErrorCount;
            long started = _engine.Server.TimestampNanoseconds;
            Entry entry = _context.LookupQuiet(awaited.Key);
            bool ended = entry.Exists && entry.Type == blocked.Wait.Type
                ? blocked.Wait.Serve(_context, awaited.Key)
                : blocked.Wait.HearsOfLoss && blocked.Wait.Lose(_context, awaited.Key);
            long nanoseconds = _engine.Server.TimestampNanoseconds - started;
            _propagation.Changes += _context.Changes;
            _propagation.EndCommand(_context.Args, awaited.DatabaseIndex, changed: false);
            if (!ended)
            {
                continue;
            }

            session.WriteOffset = _engine.Replication.Offset;
            bool failed = RecordErrors(session.Reply);
            _statistics.RecordServed(blocked.Row, nanoseconds, failed);
            LogIfSlow(blocked.Row, blocked.Request.View, session, nanoseconds);
            _engine.Unblock(session);
        }
    }

    private static bool IsWithoutSaving(in Arguments request)
    {
        for (int i = 1; i < request.Count; i++)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(request[i], "NOSAVE"u8))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Runs a command inside another one, which then goes on as if nothing had happened.</summary>
    private void CallNested(ClientSession session, CommandRow row, in Arguments request)
    {
        CommandContext context = _context;
        (ClientSession Session, CommandRow Row, Arguments Args, Database Database, long Changes, int Errors, bool IsInTransaction, bool HasBlocked) outer =
            (context.Session, context.Row, context.Args, context.Database, context.Changes, _errorsSeen, context.IsInTransaction, HasBlocked);
        try
        {
            context.Session = session;
            context.Args = request;
            context.Database = _engine.Store[session.DatabaseIndex];
            Call(row);
        }
        finally
        {
            context.Session = outer.Session;
            context.Row = outer.Row;
            context.Args = outer.Args;
            context.Database = outer.Database;
            context.Changes = outer.Changes;
            context.IsInTransaction = outer.IsInTransaction;
            _errorsSeen = outer.Errors;
            HasBlocked = outer.HasBlocked;
        }
    }

    /// <summary>
    /// Runs a handler. Where the system gives no memory for what it wants to store, the store is as whole as before, and the client hears of it instead
    /// of everybody.
    /// </summary>
    private void Run(CommandRow row)
    {
        OutputBuffer output = _context.Reply.Output;
        long replied = output.Length;
        try
        {
            row.Handler!(_context);
        }
        catch (OutOfMemoryException)
        {
            RemoveEmptyValues(row);
            output.Truncate(replied);
            _context.Reply.Error(ErrorText.NoMemory);
        }
    }

    /// <summary>A command creates a value before it fills it: one that got no memory for its first element must not leave an empty one.</summary>
    private void RemoveEmptyValues(CommandRow row)
    {
        CommandContext context = _context;
        var keys = new List<(int Position, KeySpec Spec)>();
        KeyExtraction.TryFind(row, context.Args, keys);
        foreach ((int position, _) in keys)
        {
            Entry entry = context.Database.Find(context.Args[position]);
            if (entry.Exists && context.Database.HoldsNothing(entry))
            {
                context.Database.Remove(context.Args[position]);
            }
        }
    }

    private void Call(CommandRow row)
    {
        CommandContext context = _context;
        ClientSession session = context.Session;
        ReplyWriter reply = session.Reply;
        Database database = context.Database;
        Arguments request = context.Args;
        long changesBefore = context.Changes;
        _errorsSeen = reply.ErrorCount;
        session.LastCommand = row;
        context.Row = row;
        context.Changes = 0;
        if (_engine.Monitors.Any)
        {
            _engine.Monitors.Show(session, database.Index, row, request, _engine.Server.UnixTimeMicroseconds);
        }

        _propagation.BeginCommand();
        long started = _beginsAtLastEnd ? _endedAt : _engine.Server.TimestampNanoseconds;
        _beginsAtLastEnd = false;
        Run(row);
        _endedAt = _engine.Server.TimestampNanoseconds;
        long nanoseconds = _endedAt - started;
        long changes = context.Changes;
        if (row != _execRow)
        {
            _propagation.Changes += changes;
        }

        _propagation.EndCommand(request, database.Index, changes > 0);
        context.Changes = changesBefore + changes;
        session.WriteOffset = _engine.Replication.Offset;

        if (session.Tracking is { } tracking)
        {
            TrackReads(session, tracking, row, request);
        }

        // The errors of a transaction's commands are theirs, not those of EXEC.
        _statistics.RecordCall(row, nanoseconds, RecordErrors(reply));
        if (_engine.Settings.LatencyTracking)
        {
            _statistics.RecordLatency(row, nanoseconds);
        }
        LogIfSlow(row, request, session, nanoseconds);
    }

    /// <summary>Counts the error that the command answered, if it did; returns that.</summary>
    private bool RecordErrors(ReplyWriter reply)
    {
        if (reply.ErrorCount == _errorsSeen)
        {
            return false;
        }

        if (!ErrorIsCounted)
        {
            _statistics.RecordError(reply.LastErrorCode);
        }

        ErrorIsCounted = false;
        _errorsSeen = reply.ErrorCount;
        return true;
    }

    private void LogIfSlow(CommandRow row, in Arguments request, ClientSession session, long nanoseconds)
    {
        _engine.ObserveLatency(row.Has(CommandFlags.Fast) ? LatencyMonitor.FastCommand : LatencyMonitor.Command, nanoseconds, _context.NowMs);
        if (nanoseconds >= 1000 * _engine.Settings.SlowLogSlowerThanMicroseconds)
        {
            _engine.SlowLog.Record(_engine.Settings, row, request, session, nanoseconds / 1000, _context.NowMs);
        }
    }

    /// <summary>Remembers the keys that the command has read, for the connection's cache. CLIENT CACHING holds for one command, or for the transaction it stands in.</summary>
    private void TrackReads(ClientSession session, SessionTracking tracking, CommandRow row, in Arguments request)
    {
        if (row.Has(CommandFlags.ReadOnly) && tracking.RemembersReads)
        {
            _keys.Clear();
            KeyExtraction.TryFind(row, request, _keys);
            foreach ((int position, _) in _keys)
            {
                _engine.Tracking.Remember(session, request[position]);
            }
        }

        if (!_context.IsInTransaction && session.Transaction is null && row.Parent?.Name != "client")
        {
            tracking.IsCachingGiven = false;
        }
    }
}
