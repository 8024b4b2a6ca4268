using AkkaKv.Commands.Access;
using AkkaKv.Commands.Channels;
using AkkaKv.Commands.Configuration;
using AkkaKv.Commands.Execution;
using AkkaKv.Commands.Execution.Eviction;
using AkkaKv.Commands.Hosting;
using AkkaKv.Commands.Scripting;
using AkkaKv.Commands.Sessions;
using AkkaKv.Commands.Statistics;
using AkkaKv.Commands.Table;
using AkkaKv.Commands.Tracking;
using AkkaKv.Keyspace;
using AkkaKv.Protocol;

namespace AkkaKv.Commands;

/// <summary>
/// Executes requests against a store, and holds what that needs: the data, the settings, the connections, the statistics. The way of one request is
/// <see cref="Dispatcher"/>'s. An engine belongs to one thread at a time, knows no socket and no clock, and takes no memory for a plain GET or SET.
/// </summary>
public sealed class CommandEngine : IDisposable
{
    private readonly Dispatcher _dispatcher;
    private readonly WaitingSessions _waiting;
    private readonly KeyPrefetch _prefetch = new();
    private long _random;
    private bool _executing;

    /// <summary>An engine over <paramref name="store"/>.</summary>
    public CommandEngine(
        Store store, ServerSettings settings, IServerControl server, IReplicationControl replication, IReplicationStream stream, ulong randomSeed)
    {
        Store = store;
        Settings = settings;
        store.Limits.CopyFrom(settings.Encodings);
        settings.Encodings = store.Limits;
        Access = AccessControl.Of(settings, Table);
        settings.RequirePassChanged = Access.SetDefaultPassword;
        Server = server;
        Replication = replication;
        Statistics = new ServerStatistics(Table.IdCount);
        Propagation = new Propagation(stream, replication);
        StartupMemory = store.UsedMemory;
        WatchedKeys = new WatchedKeys(store.DatabaseCount);
        AwaitedKeys = new AwaitedKeys(store.DatabaseCount);
        Tracking = new TrackingTable(Sessions);
        LazyFree = new LazyFree(server);
        Expiry = new ExpiryPolicy(this);
        MemoryLimit = new MemoryLimit(this);
        Defragmentation = new Defragmentation(this);
        ExecRow = Table.Find("exec"u8)!;
        PingRow = Table.Find("ping"u8)!;
        _dispatcher = new Dispatcher(this);
        Scripts = new ScriptEngine(this, _dispatcher);
        _waiting = new WaitingSessions(this);
        _random = (long)randomSeed;
    }

    /// <summary>The commands.</summary>
    public CommandTable Table { get; } = CommandTable.Default;

    /// <summary>The data.</summary>
    public Store Store { get; }

    /// <summary>What the store took when the engine was made, in bytes.</summary>
    internal long StartupMemory { get; }

    /// <summary>The settings in force.</summary>
    public ServerSettings Settings { get; }

    /// <summary>The users and what they may do.</summary>
    internal AccessControl Access { get; }

    /// <summary>The process around the engine.</summary>
    public IServerControl Server { get; }

    /// <summary>The replication side.</summary>
    public IReplicationControl Replication { get; }

    /// <summary>The open connections.</summary>
    public SessionRegistry Sessions { get; } = new();

    /// <summary>What INFO counts.</summary>
    public ServerStatistics Statistics { get; }

    /// <summary>What was slow, by kind.</summary>
    public LatencyMonitor LatencyMonitor { get; } = new();

    /// <summary>Slow commands.</summary>
    public SlowLog SlowLog { get; } = new();

    /// <summary>Channels and their listeners.</summary>
    public PubSubHub PubSub { get; } = new();

    /// <summary>Client-side caching.</summary>
    public TrackingTable Tracking { get; }

    /// <summary>Watched keys.</summary>
    public WatchedKeys WatchedKeys { get; }

    /// <summary>Keys that sessions wait for.</summary>
    internal AwaitedKeys AwaitedKeys { get; }

    /// <summary>MONITOR's audience.</summary>
    public Monitors Monitors { get; } = new();

    /// <summary>CLIENT PAUSE.</summary>
    public PauseState Pause { get; } = new();

    /// <summary>What goes to replicas.</summary>
    public Propagation Propagation { get; }

    /// <summary>Freeing of large values and of whole databases.</summary>
    internal LazyFree LazyFree { get; }

    /// <summary>Eviction: keeps maxmemory.</summary>
    internal MemoryLimit MemoryLimit { get; }

    /// <summary>Moves keys together.</summary>
    internal Defragmentation Defragmentation { get; }

    /// <summary>Removal of expired keys.</summary>
    public ExpiryPolicy Expiry { get; }

    /// <summary>Scripts and functions.</summary>
    internal ScriptEngine Scripts { get; }

    internal CommandRow ExecRow { get; }

    internal CommandRow PingRow { get; }

    /// <summary>Closes the states of Lua. The store belongs to the host.</summary>
    public void Dispose() => Scripts.Dispose();

    /// <summary>Registers a connection. The host sends <see cref="ClientSession.Output"/> and calls <see cref="Disconnect"/> at its end.</summary>
    public ClientSession Connect(ISessionHost host, string address, string localAddress, long nowMs)
    {
        Statistics.ConnectionsReceived++;
        ClientSession session = Sessions.Add(host, address, localAddress, nowMs);
        this.LogOut(session);
        return session;
    }

    /// <summary>The connection is gone: forgets the session and everything it held.</summary>
    public void Disconnect(ClientSession session)
    {
        session.IsClosing = true;
        session.Transaction = null;
        _waiting.Remove(session);
        WatchedKeys.Unwatch(session);
        PubSub.RemoveSession(session);
        Tracking.Disable(session);
        if (session.IsMonitor)
        {
            Monitors.Remove(session);
        }

        if (session.Kind == SessionKind.Replica)
        {
            Replication.EndSync(session);
        }

        Sessions.Remove(session);
        session.Output.Clear();
    }

    /// <summary>Whether <paramref name="session"/> must authenticate first, so that the parser allows it little.</summary>
    public bool MustAuthenticate(ClientSession session) => !session.IsAuthenticated && !Access.Default.IsOpen;

    /// <summary>
    /// Looks ahead at the requests of <paramref name="session"/> that are executed next, one after the other: what their keys will touch is loaded at the same time.
    /// Worth it from two requests on; changes nothing.
    /// </summary>
    /// <param name="session">The connection.</param>
    /// <param name="batch">What it has sent.</param>
    /// <param name="first">The number of the next request.</param>
    /// <returns>The number of the request before which to look ahead again.</returns>
    public int LookAhead(ClientSession session, RequestBatch batch, int first)
    {
        Database database = Store[session.DatabaseIndex];
        int end = Math.Min(batch.Count, first + KeyPrefetch.KeysMax);
        if (end - first < 2 || !KeyPrefetch.IsWorthwhile(database))
        {
            return end;
        }

        for (int i = first; i < end; i++)
        {
            // Most commands have their first key here; where it is something else, a line is loaded in vain.
            Arguments request = batch[i];
            if (request.Count > 1)
            {
                _prefetch.TryAdd(database, request[1]);
            }
        }

        _prefetch.Load(database);
        return end;
    }

    /// <summary>
    /// As the other overload for the keys of one request, which stand at <paramref name="first"/> and every <paramref name="step"/> arguments behind it. Returns the
    /// argument before which to look ahead again.
    /// </summary>
    internal int LookAhead(Database database, in Arguments request, int first, int step)
    {
        if (request.Count - first <= step || !KeyPrefetch.IsWorthwhile(database))
        {
            return request.Count;
        }

        int next = first;
        while (next < request.Count && _prefetch.TryAdd(database, request[next]))
        {
            next += step;
        }

        _prefetch.Load(database);
        return next;
    }

    /// <summary>Executes one request of <paramref name="session"/>; the reply goes to its output.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="request">The request; it is not kept, so its buffer may be reused afterwards.</param>
    /// <param name="nowMs">The time, Unix milliseconds.</param>
    /// <param name="follows">
    /// Whether this is directly behind another request that was executed: its time then begins where that one's ended, which spares one of two looks at the clock.
    /// </param>
    public ExecutionResult Execute(ClientSession session, in Arguments request, long nowMs, bool follows = false)
    {
        if (session.IsClosing)
        {
            return ExecutionResult.Close;
        }

        if (_executing)
        {
            throw new InvalidOperationException("The engine was entered while it executes a command.");
        }

        _executing = true;
        try
        {
            session.LastInteractionMs = nowMs;
            SetEntryClock(nowMs);
            session.Reply.Muted = session.IsMuted;

            // CLIENT REPLY SKIP holds for the one command behind it, which may be another CLIENT REPLY.
            if (session.ReplyMode == ReplyMode.SkipNext)
            {
                session.ReplyMode = ReplyMode.On;
            }

            _dispatcher.Begin(follows);
            ExecutionResult result = _dispatcher.Dispatch(session, request, nowMs);
            ServeAwaitedKeys(nowMs);
            return result;
        }
        finally
        {
            _executing = false;
            _waiting.EndOverdue(nowMs);
            Tracking.EndCommand();
            _waiting.ResumeReady(nowMs);
        }
    }

    /// <summary>
    /// Executes a request while a script runs that is answered BUSY to everybody else; only from inside <see cref="IServerControl.ServeWhileBusy"/>. Little is allowed
    /// then: ending the script, transactions' brackets, logging in.
    /// </summary>
    public ExecutionResult ExecuteWhileBusy(ClientSession session, in Arguments request, long nowMs)
    {
        if (session.IsClosing)
        {
            return ExecutionResult.Close;
        }

        if (!Scripts.Running.IsBusy)
        {
            throw new InvalidOperationException("No script has run for long.");
        }

        session.LastInteractionMs = nowMs;
        session.Reply.Muted = session.IsMuted;
        return _dispatcher.DispatchWhileBusy(session, request, Scripts.Running.IsEval);
    }

    /// <summary>
    /// What has to be done regularly, about ten times a second: removes expired keys, ends pauses and waits whose time is over, closes idle clients, measures rates.
    /// </summary>
    public void Cron(long nowMs)
    {
        long started = Server.TimestampNanoseconds;
        Expiry.Cycle(nowMs);
        ObserveLatency(LatencyMonitor.ExpireCycle, Server.TimestampNanoseconds - started, nowMs);
        MemoryLimit.Cron(nowMs);
        Defragmentation.Cron();
        ServeAwaitedKeys(nowMs);
        Statistics.RecordMemory(MemoryLimit.CountedBytes + Store.SnapshotMemory, nowMs / 1000);
        Store.ReleaseSomeIdleMemory();
        Statistics.Commands.Sample(Statistics.CommandsProcessed, nowMs);
        ProcessCounters counters = Server.GetCounters();
        Statistics.InputBytes.Sample(counters.InputBytes, nowMs);
        Statistics.OutputBytes.Sample(counters.OutputBytes, nowMs);
        Statistics.ObservePauses(counters.CollectionPauses);
        CloseIdleClients(nowMs);
        Tracking.Limit(Settings.TrackingTableMaxKeys);
        Tracking.EndCommand();
        _waiting.EndOverdue(nowMs);
        _waiting.ResumeReady(nowMs);
    }

    /// <summary>Carries on with work that was left over so that nobody had to wait for it; the engine asks for it by <see cref="IServerControl.RequestTurn"/>.</summary>
    public void ContinueWork(long nowMs)
    {
        MemoryLimit.Continue(nowMs);
        Defragmentation.Continue();
    }

    /// <summary>Replicas have acknowledged something: ends the WAITs that this satisfies.</summary>
    public void AcknowledgementsChanged(long nowMs)
    {
        _waiting.CheckReplicas();
        _waiting.ResumeReady(nowMs);
    }

    /// <summary>The server became a master or a replica: clients that wait for what the new role cannot give are answered.</summary>
    public void RoleChanged(long nowMs)
    {
        Propagation.ForgetSelectedDatabase();
        if (Replication.IsReplica)
        {
            _waiting.DisconnectAll();
        }

        _waiting.ResumeReady(nowMs);
    }

    /// <summary>Empties the data set, outside of any command: before a full copy from the master is loaded.</summary>
    public void DataReplaced(long nowMs)
    {
        for (int i = 0; i < Store.DatabaseCount; i++)
        {
            WatchedKeys.TouchAll(Store[i], replacement: null, nowMs);
        }

        Tracking.InvalidateAll();
    }

    /// <summary>A key was changed or removed, by a connection's command or (null) by expiry or eviction: whoever watches, awaits or caches it must know.</summary>
    internal void KeyChanged(ClientSession? by, Database database, ReadOnlySpan<byte> key)
    {
        WatchedKeys.Touch(database, key);
        AwaitedKeys.Signal(database, key);
        Tracking.Invalidate(by, key);
    }

    /// <summary>The full copy is there: sessions that wait for one of its keys get it.</summary>
    public void DataLoaded(long nowMs)
    {
        for (int i = 0; i < Store.DatabaseCount; i++)
        {
            AwaitedKeys.SignalAll(Store[i]);
        }

        ServeAwaitedKeys(nowMs);
        _waiting.ResumeReady(nowMs);
    }

    /// <summary>Something was done in so much time: remembered if it was long.</summary>
    internal void ObserveLatency(string name, long nanoseconds, long nowMs)
    {
        long milliseconds = nanoseconds / 1_000_000;
        if (Settings.LatencyMonitorThresholdMs > 0 && milliseconds >= Settings.LatencyMonitorThresholdMs)
        {
            LatencyMonitor.Add(name, milliseconds, nowMs);
        }
    }

    /// <summary>The texts of all libraries of functions, for a file or a replica.</summary>
    public IReadOnlyList<byte[]> GetFunctionLibraries() => [.. Scripts.Functions.All.Select(library => library.Code)];

    /// <summary>
    /// Loads libraries of functions in the place of those that there are, outside of any command. Returns what is wrong with one, in which case everything is as it was, or null.
    /// </summary>
    public string? ReplaceFunctionLibraries(IReadOnlyList<byte[]> libraries)
    {
        IReadOnlyList<byte[]> before = GetFunctionLibraries();
        Scripts.Functions.Clear()?.Dispose();
        foreach (byte[] library in libraries)
        {
            if (Scripts.Functions.Load(library, replace: false, out _) is { } error)
            {
                ReplaceFunctionLibraries(before);
                return error;
            }
        }

        return null;
    }

    /// <summary>64 random bits, the same sequence for the same seed (splitmix64).</summary>
    public ulong NextRandom()
    {
        ulong mixed = (ulong)(_random += unchecked((long)0x9E3779B97F4A7C15));
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>
    /// The running command leaves its session waiting for <paramref name="state"/>; the handler writes no reply. Inside a transaction nothing may wait.
    /// </summary>
    internal void Block(ClientSession session, BlockedState state)
    {
        session.Blocked = state;
        _waiting.Add(session);
        _dispatcher.HasBlocked = true;
    }

    /// <summary>Ends a wait: the reply has been written to the session's output. Its host hears of it when the running command is done.</summary>
    internal void Unblock(ClientSession session) => _waiting.Finish(session);

    internal WaitingSessions Waiting => _waiting;

    /// <summary>Closes a connection from inside: what it still sends is not executed.</summary>
    internal void Close(ClientSession session, string reason)
    {
        if (session.IsClosing)
        {
            return;
        }

        session.IsClosing = true;
        _waiting.Remove(session);
        session.Host.Close(reason);
    }

    /// <summary>Whether this server removes expired keys by itself: masters do, unless a pause wants the data untouched.</summary>
    internal bool ExpiresKeys(long nowMs) => !Replication.IsReplica && !Pause.IsActive(nowMs);

    /// <summary>Runs the queued commands; what they propagate belongs together.</summary>
    internal void RunTransaction(Transaction transaction) => _dispatcher.RunTransaction(transaction);

    /// <summary>Serves the sessions that wait for keys which became ready, in the order of both.</summary>
    private void ServeAwaitedKeys(long nowMs)
    {
        while (AwaitedKeys.TryTakeReady(out AwaitedKey awaited))
        {
            _dispatcher.Serve(awaited, nowMs);
        }
    }

    /// <summary>What new keys remember of their use, as the policy of maxmemory wants to have it.</summary>
    public uint EntryClockAt(long nowMs) => Settings.MaxMemoryPolicy.CountsUses ? UseCounter.New(nowMs) : AccessClock.At(nowMs);

    /// <summary>Sees to it that keys which are created from now on begin with the right clock.</summary>
    internal void SetEntryClock(long nowMs) => Store.NewEntryClock = EntryClockAt(nowMs);

    private void CloseIdleClients(long nowMs)
    {
        if (Settings.IdleTimeoutSeconds == 0)
        {
            return;
        }

        foreach (ClientSession session in Sessions.All)
        {
            if (session.Kind == SessionKind.Normal && session.Blocked is null && !session.IsSubscribed
                && nowMs - session.LastInteractionMs > Settings.IdleTimeoutSeconds * 1000L)
            {
                Close(session, "idle for longer than 'timeout'");
            }
        }
    }
}
