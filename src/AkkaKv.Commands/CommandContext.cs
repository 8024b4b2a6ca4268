using AkkaKv.Commands.Configuration;
using AkkaKv.Commands.Execution;
using AkkaKv.Commands.Sessions;
using AkkaKv.Commands.Table;
using AkkaKv.Keyspace;
using AkkaKv.Protocol;

namespace AkkaKv.Commands;

/// <summary>
/// What a command handler works with: the request, the reply, the data, and the rules that every access obeys. One object per engine, filled anew
/// for every command, so nothing of it may be kept beyond the handler's return.
/// </summary>
public sealed class CommandContext
{
    internal CommandContext(CommandEngine engine)
    {
        Engine = engine;
        Session = null!;
        Row = null!;
        Database = engine.Store[0];
    }

    /// <summary>The engine.</summary>
    public CommandEngine Engine { get; }

    /// <summary>All databases.</summary>
    public Store Store => Engine.Store;

    /// <summary>The settings in force.</summary>
    public ServerSettings Settings => Engine.Settings;

    /// <summary>The connection that the command came from.</summary>
    public ClientSession Session { get; internal set; }

    /// <summary>The command's row.</summary>
    public CommandRow Row { get; internal set; }

    /// <summary>The request; <c>Args[0]</c> is the command name, in a subcommand <c>Args[1]</c> its name.</summary>
    public Arguments Args { get; internal set; }

    /// <summary>Where the reply goes.</summary>
    public ReplyWriter Reply => Session.Reply;

    /// <summary>The database that the session has selected.</summary>
    public Database Database { get; internal set; }

    /// <summary>The time, Unix milliseconds: the same for a whole transaction.</summary>
    public long NowMs { get; internal set; }

    /// <summary>How many changes the running command has made. Nothing changed, nothing propagated.</summary>
    public long Changes { get; internal set; }

    /// <summary>Whether the command comes from this server's master, whose word on expiry and read-only counts.</summary>
    public bool IsFromMaster => Session.Kind == SessionKind.Master;

    /// <summary>Whether the command runs inside EXEC.</summary>
    public bool IsInTransaction { get; internal set; }

    /// <summary>Whether the command is called by a script.</summary>
    public bool IsInScript { get; internal set; }

    /// <summary>Whether the command may make its connection wait: not inside a transaction or script, and never the link from a master.</summary>
    public bool MayWait => !IsInTransaction && !IsInScript && !IsFromMaster;

    /// <summary>
    /// The entry at <paramref name="key"/> for a command that only reads: counts a keyspace hit or miss and updates the access clock. An expired key counts as missing;
    /// a master also removes it and propagates that.
    /// </summary>
    public Entry LookupRead(ReadOnlySpan<byte> key)
    {
        Entry entry = Lookup(key);
        if (entry.Exists)
        {
            Engine.Statistics.KeyspaceHits++;
            CountUse(entry);
        }
        else
        {
            Engine.Statistics.KeyspaceMisses++;
            NotifyKeyspaceEvent(KeyspaceEvents.KeyMiss, "keymiss"u8, key);
        }

        return entry;
    }

    /// <summary>The entry at <paramref name="key"/> for a command that will write: as <see cref="LookupRead"/>, but not counted.</summary>
    public Entry LookupWrite(ReadOnlySpan<byte> key)
    {
        Entry entry = Lookup(key);
        if (entry.Exists)
        {
            CountUse(entry);
        }

        return entry;
    }

    /// <summary>As <see cref="LookupRead"/> without counting and without touching the access clock: EXISTS-like questions, TTL, TYPE, OBJECT.</summary>
    public Entry LookupQuiet(ReadOnlySpan<byte> key) => Lookup(key);

    /// <summary>As <see cref="LookupRead"/> in another database than the selected one (COPY, MOVE).</summary>
    public Entry LookupIn(Database database, ReadOnlySpan<byte> key) => Lookup(database, key);

    /// <summary>
    /// <see cref="LookupRead"/> for a command on values of one type; the key may be missing. False: it holds another type, and the error is written.
    /// </summary>
    public bool TryRead(ReadOnlySpan<byte> key, DataType type, out Entry entry)
    {
        entry = LookupRead(key);
        return IsOrMissing(entry, type);
    }

    /// <summary><see cref="LookupWrite"/> for a command on values of one type; the key may be missing. False: it holds another type, and the error is written.</summary>
    public bool TryWrite(ReadOnlySpan<byte> key, DataType type, out Entry entry)
    {
        entry = LookupWrite(key);
        return IsOrMissing(entry, type);
    }

    /// <summary>Removes a key whose collection has become empty, with its event: Redis has no empty collections. The handler has signalled the change already.</summary>
    public void RemoveEmptied(ReadOnlySpan<byte> key)
    {
        Database.Remove(key);
        NotifyKeyspaceEvent(KeyspaceEvents.Generic, "del"u8, key);
    }

    /// <summary>
    /// For commands of many keys, before the lookup of the one at argument <paramref name="first"/>: what it and the following ones will touch is loaded at the same
    /// time. The keys stand <paramref name="step"/> arguments apart. Returns the argument before which to call this again.
    /// </summary>
    internal int LookAhead(int first, int step) => Engine.LookAhead(Database, Args, first, step);

    /// <summary>
    /// <paramref name="key"/> of the selected database was created, changed or removed: whoever watches or awaits it must know, and the command will be propagated.
    /// </summary>
    public void SignalModified(ReadOnlySpan<byte> key) => SignalModified(Database, key);

    /// <summary>As <see cref="SignalModified(ReadOnlySpan{byte})"/>, in another database.</summary>
    public void SignalModified(Database database, ReadOnlySpan<byte> key)
    {
        Changes++;
        Engine.KeyChanged(Session, database, key);
    }

    /// <summary>Something changed that is not one key (FLUSHALL, SWAPDB): the command will be propagated.</summary>
    public void SignalChanged(long count = 1) => Changes += count;

    /// <summary>Publishes a keyspace event where the configuration asks for it; costs one comparison where it does not.</summary>
    public void NotifyKeyspaceEvent(KeyspaceEvents kind, ReadOnlySpan<byte> name, ReadOnlySpan<byte> key) =>
        NotifyKeyspaceEvent(kind, name, key, Database);

    /// <summary>As the other overload, in another database.</summary>
    public void NotifyKeyspaceEvent(KeyspaceEvents kind, ReadOnlySpan<byte> name, ReadOnlySpan<byte> key, Database database)
    {
        if ((Settings.NotifyKeyspaceEvents & kind) != 0)
        {
            Engine.PubSub.PublishKeyspaceEvent(Settings.NotifyKeyspaceEvents, name, key, database.Index);
        }
    }

    /// <summary>The running command is not propagated, whatever it changed.</summary>
    public void PropagateNothing() => Engine.Propagation.Suppress();

    /// <summary>The running command is propagated as it came, although it changed no key (PUBLISH).</summary>
    public void PropagateVerbatim() => Engine.Propagation.Force();

    /// <summary>
    /// Instead of the running command another one of <paramref name="argumentCount"/> arguments is propagated, the name included; give them by
    /// <see cref="PropagateArgument(ReadOnlySpan{byte})"/>. May be called several times: the commands then stand in one transaction. Call it only when something changed.
    /// </summary>
    public void PropagateInstead(int argumentCount)
    {
        Engine.Propagation.Suppress();
        Engine.Propagation.Add(Database.Index, argumentCount);
    }

    /// <summary>The next argument of what <see cref="PropagateInstead(int)"/> began.</summary>
    public void PropagateArgument(ReadOnlySpan<byte> argument) => Engine.Propagation.AddArgument(argument);

    /// <summary>The next argument of what <see cref="PropagateInstead(int)"/> began, in decimal digits.</summary>
    public void PropagateArgument(long argument) => Engine.Propagation.AddArgument(argument);

    /// <summary>Propagates <paramref name="command"/> on <paramref name="key"/> instead of the running command.</summary>
    public void PropagateInstead(ReadOnlySpan<byte> command, ReadOnlySpan<byte> key)
    {
        PropagateInstead(2);
        PropagateArgument(command);
        PropagateArgument(key);
    }

    /// <summary>Propagates a command of two arguments instead of the running one.</summary>
    public void PropagateInstead(ReadOnlySpan<byte> command, ReadOnlySpan<byte> key, ReadOnlySpan<byte> argument)
    {
        PropagateInstead(3);
        PropagateArgument(command);
        PropagateArgument(key);
        PropagateArgument(argument);
    }

    /// <summary>Propagates a command of a key and a number (PEXPIREAT) instead of the running one.</summary>
    public void PropagateInstead(ReadOnlySpan<byte> command, ReadOnlySpan<byte> key, long argument)
    {
        PropagateInstead(3);
        PropagateArgument(command);
        PropagateArgument(key);
        PropagateArgument(argument);
    }

    /// <summary>Reads argument <paramref name="index"/> as a 64-bit integer; on failure the error is written and false returned.</summary>
    public bool TryReadInteger(int index, out long value)
    {
        if (DecimalNumber.TryParse(Args[index], out value))
        {
            return true;
        }

        Reply.Error(ErrorText.NotAnInteger);
        return false;
    }

    /// <summary>Whether argument <paramref name="index"/> is the word <paramref name="word"/>, in any case.</summary>
    public bool IsWord(int index, ReadOnlySpan<byte> word) => System.Text.Ascii.EqualsIgnoreCase(Args[index], word);

    /// <summary>The error of a command whose number of arguments its arity cannot express.</summary>
    public void WrongArgumentCount() => Reply.Error($"ERR wrong number of arguments for '{Row.FullName}' command");

    /// <summary>
    /// Notes that <paramref name="entry"/> was written now. A new entry has its clock already; the use of one that was there is counted by the lookup
    /// before, and not once more here.
    /// </summary>
    public void Touch(Entry entry)
    {
        if (!Session.IsNoTouch && !Settings.MaxMemoryPolicy.CountsUses)
        {
            entry.AccessClock = AccessClock.At(NowMs);
        }
    }

    /// <summary>Notes one use of <paramref name="entry"/> that no lookup has counted: when, or how many there were, as the policy of maxmemory wants to know.</summary>
    public void CountUse(Entry entry)
    {
        if (Session.IsNoTouch)
        {
            return;
        }

        ServerSettings settings = Settings;
        entry.AccessClock = settings.MaxMemoryPolicy.CountsUses
            ? UseCounter.Used(entry.AccessClock, NowMs, settings.LfuDecayMinutes, settings.LfuLogFactor, Engine.NextRandom())
            : AccessClock.At(NowMs);
    }

    private bool IsOrMissing(Entry entry, DataType type)
    {
        if (!entry.Exists || entry.Type == type)
        {
            return true;
        }

        Reply.Error(ErrorText.WrongType);
        return false;
    }

    private Entry Lookup(ReadOnlySpan<byte> key) => Lookup(Database, key);

    private Entry Lookup(Database database, ReadOnlySpan<byte> key)
    {
        Entry entry = database.Find(key);
        if (!entry.Exists || !entry.IsExpired(NowMs))
        {
            return entry;
        }

        // Only the master decides that a key has expired. A replica hides it from its clients until the master's DEL arrives.
        if (IsFromMaster)
        {
            return entry;
        }

        if (Engine.ExpiresKeys(NowMs))
        {
            Engine.Expiry.Remove(database, key);
        }

        return default;
    }
}
