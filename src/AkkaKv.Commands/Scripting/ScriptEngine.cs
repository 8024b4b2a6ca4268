using AkkaKv.Commands.Execution;
using AkkaKv.Commands.Sessions;
using AkkaKv.Commands.Table;
using AkkaKv.Protocol;
using AkkaKv.Scripting.Runtime;

namespace AkkaKv.Commands.Scripting;

/// <summary>Scripts and functions: what is cached and loaded, the rules before one runs, and the run.</summary>
internal sealed class ScriptEngine : IDisposable
{
    private readonly CommandEngine _engine;
    private readonly Dispatcher _dispatcher;

    public ScriptEngine(CommandEngine engine, Dispatcher dispatcher)
    {
        _engine = engine;
        _dispatcher = dispatcher;
        Running = new ScriptRun(engine, dispatcher);
        Cache = new ScriptCache(Running, () => engine.Settings.ScriptMemoryLimit);
        Functions = new FunctionLibraries(Running, () => engine.Settings.ScriptMemoryLimit);
    }

    /// <summary>The script that runs now.</summary>
    public ScriptRun Running { get; }

    /// <summary>The scripts of EVAL.</summary>
    public ScriptCache Cache { get; }

    /// <summary>The libraries of functions.</summary>
    public FunctionLibraries Functions { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Cache.Clear()?.Dispose();
        Functions.Clear()?.Dispose();
    }

    /// <summary>
    /// What the gates have to know of a request that runs a script: a script that says what it does is judged by that, any other by its command's row.
    /// </summary>
    public CommandFlags FlagsOf(CommandRow row, in Arguments request)
    {
        ScriptFlags flags = ScriptFlagsOf(row, request);
        if ((flags & ScriptFlags.Compatibility) != 0)
        {
            return row.Flags;
        }

        CommandFlags result = row.Flags & ~(CommandFlags.MayReplicate | CommandFlags.Stale);
        result |= (flags & (ScriptFlags.NoWrites | ScriptFlags.AllowOutOfMemory)) == 0 ? CommandFlags.DenyOom : 0;
        result |= (flags & ScriptFlags.NoWrites) == 0 ? CommandFlags.Write : 0;
        result |= (flags & ScriptFlags.AllowStale) != 0 ? CommandFlags.Stale : 0;
        return result;
    }

    /// <summary>Runs a compiled script or a function and writes the reply.</summary>
    /// <param name="context">The running command, EVAL or FCALL.</param>
    /// <param name="lua">The state of Lua.</param>
    /// <param name="reference">What is to run.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="flags">What it says about itself.</param>
    /// <param name="keyCount">How many keys follow from the fourth argument on.</param>
    /// <param name="isEval">A script, not a function.</param>
    public void Run(CommandContext context, LuaRuntime lua, int reference, string name, ScriptFlags flags, int keyCount, bool isEval)
    {
        const int firstKey = 3;
        bool isReadOnly = context.Row.Has(CommandFlags.ReadOnly);
        if (!MayBegin(context, flags, isReadOnly))
        {
            return;
        }

        Running.Begin(context.Session, name, isEval, flags, isReadOnly);
        try
        {
            Arguments request = context.Args;
            bool isWatched = _engine.Settings.BusyReplyThresholdMs > 0;
            _dispatcher.BeginScript();
            ScriptResult result;
            try
            {
                result = isEval
                    ? lua.RunScript(reference, request, firstKey, keyCount, isWatched)
                    : lua.RunFunction(reference, request, firstKey, keyCount, isWatched);
            }
            finally
            {
                _dispatcher.EndScript();
            }

            if (result.Error is null)
            {
                lua.WriteValue(context.Reply, Running.RespVersion);
            }
            else
            {
                WriteError(context, name, result);
            }
        }
        finally
        {
            Running.End();
        }
    }

    private static bool Refuse(CommandContext context, ReadOnlySpan<byte> error)
    {
        context.Reply.Error(error);
        return false;
    }

    private ScriptFlags ScriptFlagsOf(CommandRow row, in Arguments request)
    {
        if (request.Count < 2)
        {
            return ScriptFlags.Compatibility;
        }

        switch (row.Name)
        {
            case "eval" or "eval_ro":
                Shebang shebang = Shebang.Read(request[1]);
                return shebang.Error is null ? shebang.Flags : ScriptFlags.Compatibility;
            case "evalsha" or "evalsha_ro":
                return ScriptDigest.TryParse(request[1], out ScriptDigest digest) && Cache.Find(digest) is { } script ? script.Flags : ScriptFlags.Compatibility;
            default:
                return Functions.Find(request[1]) is { } function ? function.Flags : ScriptFlags.Compatibility;
        }
    }

    /// <summary>The rules of Redis's scriptPrepareForRun that are not those of any command.</summary>
    private bool MayBegin(CommandContext context, ScriptFlags flags, bool isReadOnly)
    {
        bool fromMaster = context.IsFromMaster;
        bool isStale = _engine.Replication.IsReplica && !_engine.Replication.IsMasterLinkUp && !_engine.Settings.ReplicaServeStaleData && !fromMaster;
        if ((flags & ScriptFlags.Compatibility) != 0)
        {
            return !isStale || Refuse(context, ErrorText.MasterDown);
        }

        if (isStale && (flags & ScriptFlags.AllowStale) == 0)
        {
            return Refuse(
                context,
                "MASTERDOWN Link with MASTER is down, replica-serve-stale-data is set to 'no' and 'allow-stale' flag is not set on the script."u8);
        }

        if ((flags & ScriptFlags.NoWrites) == 0 && !fromMaster)
        {
            if (_engine.Replication.IsReplica && _engine.Settings.ReplicaReadOnly)
            {
                return Refuse(context, "READONLY Can not run script with write flag on readonly replica."u8);
            }

            if (isReadOnly)
            {
                return Refuse(context, "ERR Can not execute a script with write flag using *_ro command."u8);
            }

            ReadOnlySpan<byte> refusal = Running.WhyNoWrites();
            if (!refusal.IsEmpty)
            {
                return Refuse(context, refusal);
            }
        }

        bool memoryMatters = (flags & (ScriptFlags.AllowOutOfMemory | ScriptFlags.NoWrites)) == 0 && !fromMaster;
        return !memoryMatters || _engine.Settings.MaxMemory == 0 || !_engine.MemoryLimit.IsOutOfMemory
            || Refuse(context, "OOM allow-oom flag is not set on the script, can not run it when used memory > 'maxmemory'"u8);
    }

    private void WriteError(CommandContext context, string name, in ScriptResult result)
    {
        context.Reply.Error(result.Source is null ? result.Error! : $"{result.Error} script: {name}, on {result.Source}:{result.Line}.");
        if (result.IsCounted)
        {
            _dispatcher.ErrorIsCounted = true;
        }
    }
}
