using AkkaKv.Commands.Execution;
using AkkaKv.Commands.Scripting;
using AkkaKv.Commands.Sessions;

namespace AkkaKv.Commands.Commands.Scripting;

/// <summary>SCRIPT LOAD, EXISTS, FLUSH, KILL, DEBUG, and what FUNCTION shares with it.</summary>
internal static class ScriptCommands
{
    public static void Load(CommandContext context)
    {
        ScriptCache cache = context.Engine.Scripts.Cache;
        ScriptDigest digest = ScriptDigest.Of(context.Args[2]);
        CachedScript? script = cache.Find(digest);
        if (script is null)
        {
            script = cache.Add(digest, context.Args[2], out string? error);
            if (script is null)
            {
                context.Reply.Error(error!);
                return;
            }
        }

        context.Reply.Bulk(script.Name);
    }

    public static void Exists(CommandContext context)
    {
        context.Reply.Array(context.Args.Count - 2);
        for (int i = 2; i < context.Args.Count; i++)
        {
            context.Reply.Integer(
                ScriptDigest.TryParse(context.Args[i], out ScriptDigest digest) && context.Engine.Scripts.Cache.Find(digest) is not null ? 1 : 0);
        }
    }

    public static void Flush(CommandContext context)
    {
        if (!TryReadFlushMode(context, out bool inBackground))
        {
            context.Reply.Error("ERR SCRIPT FLUSH only support SYNC|ASYNC option"u8);
            return;
        }

        Free(context, context.Engine.Scripts.Cache.Clear(), inBackground);
        context.Reply.Ok();
    }

    public static void Kill(CommandContext context) => Kill(context, isEval: true);

    /// <summary>Ends the running script, or the running function.</summary>
    public static void Kill(CommandContext context, bool isEval)
    {
        ScriptRun running = context.Engine.Scripts.Running;
        if (running.Caller is not { } caller)
        {
            context.Reply.Error("NOTBUSY No scripts in execution right now."u8);
        }
        else if (caller.Kind == SessionKind.Master)
        {
            context.Reply.Error("UNKILLABLE The busy script was sent by a master instance in the context of replication and cannot be killed."u8);
        }
        else if (running.HasWritten)
        {
            context.Reply.Error(
                "UNKILLABLE Sorry the script already executed write commands against the dataset. You can either wait the script termination or kill the server in a hard way using the SHUTDOWN NOSAVE command."u8);
        }
        else if (running.IsEval != isEval)
        {
            context.Reply.Error(ErrorText.BusyWith(running.IsEval));
        }
        else
        {
            running.Kill(isEval ? "ERR Script killed by user with SCRIPT KILL." : "ERR Script killed by user with FUNCTION KILL.");
            context.Reply.Ok();
        }
    }

    /// <summary>There is no debugger: scripts run the same in every mode.</summary>
    public static void Debug(CommandContext context)
    {
        if (context.IsWord(2, "NO"u8))
        {
            context.Reply.Ok();
        }
        else if (context.IsWord(2, "YES"u8) || context.IsWord(2, "SYNC"u8))
        {
            context.Reply.Error("ERR The Lua debugger is not supported"u8);
        }
        else
        {
            context.Reply.Error("ERR Use SCRIPT DEBUG YES/SYNC/NO"u8);
        }
    }

    /// <summary>The word behind FLUSH, if there is one; false if it is none of the two.</summary>
    internal static bool TryReadFlushMode(CommandContext context, out bool inBackground)
    {
        inBackground = context.Settings.LazyFreeLazyUserFlush;
        if (context.Args.Count == 2)
        {
            return true;
        }

        inBackground = context.IsWord(2, "ASYNC"u8);
        return context.Args.Count == 3 && (inBackground || context.IsWord(2, "SYNC"u8));
    }

    /// <summary>Closes a state of Lua that nobody uses any more.</summary>
    internal static void Free(CommandContext context, IDisposable? lua, bool inBackground)
    {
        if (lua is not null && inBackground)
        {
            context.Engine.Server.FreeInBackground(lua);
        }
        else
        {
            lua?.Dispose();
        }
    }
}
