using System.Text;
using AkkaKv.Commands.Scripting;
using AkkaKv.Commands.Text;
using AkkaKv.Persistence.Rdb;
using AkkaKv.Scripting.Runtime;

namespace AkkaKv.Commands.Commands.Scripting;

/// <summary>FUNCTION LOAD, DELETE, FLUSH, LIST, STATS, KILL.</summary>
internal static class FunctionCommands
{
    public static void Load(CommandContext context)
    {
        bool replace = false;
        int next = 2;
        while (next < context.Args.Count - 1)
        {
            if (!context.IsWord(next, "REPLACE"u8))
            {
                context.Reply.Error($"ERR Unknown option given: {Encoding.Latin1.GetString(context.Args[next])}");
                return;
            }

            replace = true;
            next++;
        }

        string? error = context.Engine.Scripts.Functions.Load(context.Args[next].ToArray(), replace, out string name);
        if (error is not null)
        {
            context.Reply.Error(error);
            return;
        }

        context.SignalChanged();
        context.Reply.Bulk(name);
    }

    public static void Delete(CommandContext context)
    {
        if (!context.Engine.Scripts.Functions.Delete(Encoding.Latin1.GetString(context.Args[2])))
        {
            context.Reply.Error("ERR Library not found"u8);
            return;
        }

        context.SignalChanged();
        context.Reply.Ok();
    }

    public static void Flush(CommandContext context)
    {
        if (!ScriptCommands.TryReadFlushMode(context, out bool inBackground))
        {
            context.Reply.Error("ERR FUNCTION FLUSH only supports SYNC|ASYNC option"u8);
            return;
        }

        ScriptCommands.Free(context, context.Engine.Scripts.Functions.Clear(), inBackground);
        context.SignalChanged();
        context.Reply.Ok();
    }

    public static void Dump(CommandContext context) =>
        context.Reply.Bulk(FunctionPayload.Create(context.Engine.GetFunctionLibraries()).Span);

    /// <summary>FUNCTION RESTORE payload [FLUSH | APPEND | REPLACE]: all libraries or, when one cannot be loaded, none.</summary>
    public static void Restore(CommandContext context)
    {
        bool flush = context.Args.Count == 4 && context.IsWord(3, "FLUSH"u8);
        bool replace = context.Args.Count == 4 && context.IsWord(3, "REPLACE"u8);
        if (context.Args.Count > 4)
        {
            context.Reply.Error("ERR unknown subcommand or wrong number of arguments for 'restore'. Try FUNCTION HELP."u8);
            return;
        }

        if (context.Args.Count == 4 && !flush && !replace && !context.IsWord(3, "APPEND"u8))
        {
            context.Reply.Error("ERR Wrong restore policy given, value should be either FLUSH, APPEND or REPLACE."u8);
            return;
        }

        if (!DumpPayload.IsIntact(context.Args[2]))
        {
            context.Reply.Error("ERR DUMP payload version or checksum are wrong"u8);
            return;
        }

        var sources = new List<byte[]>();
        if (!FunctionPayload.TryRead(context.Args[2], sources))
        {
            context.Reply.Error("ERR given type is not a function"u8);
            return;
        }

        FunctionLibraries functions = context.Engine.Scripts.Functions;
        IReadOnlyList<byte[]> before = context.Engine.GetFunctionLibraries();
        if (flush)
        {
            functions.Clear()?.Dispose();
        }

        foreach (byte[] source in sources)
        {
            if (functions.Load(source, replace, out string name) is { } error)
            {
                context.Engine.ReplaceFunctionLibraries(before);

                // In Redis, too, the name stands without quotes here.
                context.Reply.Error(error.Replace($"'{name}' already", $"{name} already", StringComparison.Ordinal));
                return;
            }
        }

        context.SignalChanged();
        context.Reply.Ok();
    }

    public static void Kill(CommandContext context) => ScriptCommands.Kill(context, isEval: false);

    public static void List(CommandContext context)
    {
        bool withCode = false;
        byte[]? pattern = null;
        for (int i = 2; i < context.Args.Count; i++)
        {
            if (!withCode && context.IsWord(i, "WITHCODE"u8))
            {
                withCode = true;
            }
            else if (pattern is null && context.IsWord(i, "LIBRARYNAME"u8))
            {
                if (++i == context.Args.Count)
                {
                    context.Reply.Error("ERR library name argument was not given"u8);
                    return;
                }

                pattern = context.Args[i].ToArray();
            }
            else
            {
                context.Reply.Error($"ERR Unknown argument {Encoding.Latin1.GetString(context.Args[i])}");
                return;
            }
        }

        FunctionLibrary[] libraries =
        [
            .. context.Engine.Scripts.Functions.All
                .Where(library => pattern is null || GlobPattern.IsMatch(pattern, Encoding.Latin1.GetBytes(library.Name), ignoreCase: true)),
        ];
        context.Reply.Array(libraries.Length);
        foreach (FunctionLibrary library in libraries)
        {
            Describe(context, library, withCode);
        }
    }

    public static void Statistics(CommandContext context)
    {
        ScriptEngine scripts = context.Engine.Scripts;
        ScriptRun running = scripts.Running;
        context.Reply.Map(2);
        context.Reply.Bulk("running_script"u8);
        if (running.Caller is null)
        {
            context.Reply.NullBulk();
        }
        else
        {
            context.Reply.Map(3);
            context.Reply.Bulk("name"u8);
            context.Reply.Bulk(running.Name!);
            context.Reply.Bulk("command"u8);
            int count = running.Request?.View.Count ?? 0;
            context.Reply.Array(count);
            for (int i = 0; i < count; i++)
            {
                context.Reply.Bulk(running.Request!.View[i]);
            }

            context.Reply.Bulk("duration_ms"u8);
            context.Reply.Integer(running.ElapsedMs);
        }

        context.Reply.Bulk("engines"u8);
        context.Reply.Map(1);
        context.Reply.Bulk("LUA"u8);
        context.Reply.Map(2);
        context.Reply.Bulk("libraries_count"u8);
        context.Reply.Integer(scripts.Functions.All.Count);
        context.Reply.Bulk("functions_count"u8);
        context.Reply.Integer(scripts.Functions.FunctionCount);
    }

    private static void Describe(CommandContext context, FunctionLibrary library, bool withCode)
    {
        context.Reply.Map(withCode ? 4 : 3);
        context.Reply.Bulk("library_name"u8);
        context.Reply.Bulk(library.Name);
        context.Reply.Bulk("engine"u8);
        context.Reply.Bulk("LUA"u8);
        context.Reply.Bulk("functions"u8);
        context.Reply.Array(library.Functions.Count);
        foreach (RegisteredFunction function in library.Functions)
        {
            context.Reply.Map(3);
            context.Reply.Bulk("name"u8);
            context.Reply.Bulk(function.Name);
            context.Reply.Bulk("description"u8);
            if (function.Description is null)
            {
                context.Reply.NullBulk();
            }
            else
            {
                context.Reply.Bulk(Encoding.Latin1.GetBytes(function.Description));
            }

            context.Reply.Bulk("flags"u8);
            (ScriptFlags Flag, string Name)[] flags = [.. ScriptFlagNames.All.Where(flag => (function.Flags & flag.Flag) != 0)];
            context.Reply.Set(flags.Length);
            foreach ((ScriptFlags _, string name) in flags)
            {
                context.Reply.SimpleString(Encoding.ASCII.GetBytes(name));
            }
        }

        if (withCode)
        {
            context.Reply.Bulk("library_code"u8);
            context.Reply.Bulk(library.Code);
        }
    }
}
