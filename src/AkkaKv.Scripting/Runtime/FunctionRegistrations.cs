using System.Text;
using AkkaKv.Scripting.Native;
using static AkkaKv.Scripting.Native.LuaNative;

namespace AkkaKv.Scripting.Runtime;

/// <summary>A function that a library has registered.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Reference">Stands for its Lua function.</param>
/// <param name="Description">What it does; null if the library does not say.</param>
/// <param name="Flags">What it says about itself.</param>
public sealed record RegisteredFunction(string Name, int Reference, string? Description, ScriptFlags Flags);

/// <summary>redis.register_function while a library is loaded.</summary>
internal sealed class FunctionRegistrations
{
    private List<RegisteredFunction> _functions = [];

    public void Begin() => _functions = [];

    public IReadOnlyList<RegisteredFunction> End() => _functions;

    /// <summary>Registers what stands on the stack; returns what is wrong with it, or null.</summary>
    public string? Register(nint state)
    {
        int count = GetTop(state);
        return count switch
        {
            < 1 or > 2 => "wrong number of arguments to redis.register_function",
            1 => RegisterNamed(state),
            _ => RegisterPair(state),
        };
    }

    private string? RegisterPair(nint state)
    {
        if (Type(state, 1) is not (LuaType.String or LuaType.Number))
        {
            return "first argument to redis.register_function must be a string";
        }

        string name = HostFunctions.TextOf(state, 1);
        return Type(state, 2) != LuaType.Function
            ? "second argument to redis.register_function must be a function"
            : Add(state, 2, name, null, ScriptFlags.None);
    }

    private string? RegisterNamed(nint state)
    {
        if (Type(state, 1) != LuaType.Table)
        {
            return "calling redis.register_function with a single argument is only applicable to Lua table (representing named arguments).";
        }

        string? name = null;
        string? description = null;
        ScriptFlags flags = ScriptFlags.None;
        bool hasCallback = false;
        PushNil(state);
        int callback = GetTop(state);
        PushNil(state);
        while (Next(state, 1) != 0)
        {
            // The stack: table, callback, key, value.
            if (Type(state, -2) == LuaType.Number)
            {
                return "unknown argument given to redis.register_function";
            }

            if (Type(state, -2) != LuaType.String)
            {
                return "named argument key given to redis.register_function is not a string";
            }

            switch (Encoding.Latin1.GetString(ToBytes(state, -2)).ToLowerInvariant())
            {
                case "function_name":
                    if (Type(state, -1) is not (LuaType.String or LuaType.Number))
                    {
                        return "function_name argument given to redis.register_function must be a string";
                    }

                    PushValue(state, -1);
                    name = HostFunctions.TextOf(state, -1);
                    Pop(state, 1);
                    break;
                case "description":
                    if (Type(state, -1) is not (LuaType.String or LuaType.Number))
                    {
                        return "description argument given to redis.register_function must be a string";
                    }

                    PushValue(state, -1);
                    description = HostFunctions.TextOf(state, -1);
                    Pop(state, 1);
                    break;
                case "callback":
                    if (Type(state, -1) != LuaType.Function)
                    {
                        return "callback argument given to redis.register_function must be a function";
                    }

                    PushValue(state, -1);
                    Rotate(state, callback, 1);
                    Rotate(state, callback + 1, -1);
                    Pop(state, 1);
                    hasCallback = true;
                    break;
                case "flags":
                    if (Type(state, -1) != LuaType.Table)
                    {
                        return "flags argument to redis.register_function must be a table representing function flags";
                    }

                    if (!TryReadFlags(state, out flags))
                    {
                        return "unknown flag given";
                    }

                    break;
                default:
                    return "unknown argument given to redis.register_function";
            }

            Pop(state, 1);
        }

        if (name is null)
        {
            return "redis.register_function must get a function name argument";
        }

        return hasCallback ? Add(state, callback, name, description, flags) : "redis.register_function must get a callback argument";
    }

    private static bool TryReadFlags(nint state, out ScriptFlags flags)
    {
        flags = ScriptFlags.None;
        for (long i = 1; ; i++)
        {
            LuaType type = RawGetIndex(state, -1, i);
            bool isKnown = type == LuaType.String && ScriptFlagNames.TryRead(ToBytes(state, -1), ref flags);
            Pop(state, 1);
            if (type == LuaType.Nil)
            {
                return true;
            }

            if (!isKnown)
            {
                return false;
            }
        }
    }

    private string? Add(nint state, int callback, string name, string? description, ScriptFlags flags)
    {
        if (!ScriptFlagNames.IsName(name))
        {
            return "Library names can only contain letters, numbers, or underscores(_) and must be at least one character long";
        }

        if (_functions.Exists(function => function.Name == name))
        {
            return "Function already exists in the library";
        }

        PushValue(state, callback);
        _functions.Add(new RegisteredFunction(name, Reference(state, RegistryIndex), description, flags));
        return null;
    }
}
