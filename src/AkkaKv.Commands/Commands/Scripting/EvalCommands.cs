using AkkaKv.Commands.Execution;
using AkkaKv.Commands.Scripting;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Scripting;

/// <summary>EVAL, EVALSHA, FCALL and their forms that only read; the row says which of them it is.</summary>
internal static class EvalCommands
{
    private const int FirstKey = 3;

    public static void Eval(CommandContext context)
    {
        if (!TryReadKeyCount(context, ErrorText.NotAnInteger, out int keyCount))
        {
            return;
        }

        ScriptEngine scripts = context.Engine.Scripts;
        ScriptDigest digest = ScriptDigest.Of(context.Args[1]);
        CachedScript? script = scripts.Cache.Find(digest);
        if (script is null)
        {
            script = scripts.Cache.Add(digest, context.Args[1], out string? error);
            if (script is null)
            {
                context.Reply.Error(error!);
                return;
            }
        }

        scripts.Run(context, scripts.Cache.Lua, script.Reference, script.Name, script.Flags, keyCount, isEval: true);
    }

    public static void EvalSha(CommandContext context)
    {
        ScriptEngine scripts = context.Engine.Scripts;
        if (context.Args[1].Length != ScriptDigest.HexLength)
        {
            context.Reply.Error("NOSCRIPT No matching script. Please use EVAL."u8);
            return;
        }

        if (!TryReadKeyCount(context, ErrorText.NotAnInteger, out int keyCount))
        {
            return;
        }

        if (!ScriptDigest.TryParse(context.Args[1], out ScriptDigest digest) || scripts.Cache.Find(digest) is not { } script)
        {
            context.Reply.Error("NOSCRIPT No matching script. Please use EVAL."u8);
            return;
        }

        scripts.Run(context, scripts.Cache.Lua, script.Reference, script.Name, script.Flags, keyCount, isEval: true);
    }

    public static void Call(CommandContext context)
    {
        ScriptEngine scripts = context.Engine.Scripts;
        if (scripts.Functions.Find(context.Args[1]) is not { } function)
        {
            context.Reply.Error("ERR Function not found"u8);
            return;
        }

        if (TryReadKeyCount(context, "ERR Bad number of keys provided"u8, out int keyCount))
        {
            scripts.Run(context, scripts.Functions.Lua, function.Reference, function.Name, function.Flags, keyCount, isEval: false);
        }
    }

    private static bool TryReadKeyCount(CommandContext context, ReadOnlySpan<byte> noNumber, out int count)
    {
        count = 0;
        if (!DecimalNumber.TryParse(context.Args[2], out long number))
        {
            context.Reply.Error(noNumber);
            return false;
        }

        if (number > context.Args.Count - FirstKey)
        {
            context.Reply.Error("ERR Number of keys can't be greater than number of args"u8);
            return false;
        }

        if (number < 0)
        {
            context.Reply.Error("ERR Number of keys can't be negative"u8);
            return false;
        }

        count = (int)number;
        return true;
    }
}
