using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using AkkaKv.Protocol;
using AkkaKv.Scripting.Libraries;
using AkkaKv.Scripting.Native;
using static AkkaKv.Scripting.Native.LuaNative;

namespace AkkaKv.Scripting.Runtime;

/// <summary>
/// The functions that Lua calls here. None of them raises: an exception is kept and ends the script, an error is returned to the prelude, which raises it.
/// While one runs, Lua's memory has no limit.
/// </summary>
internal static unsafe class HostFunctions
{
    /// <summary>What Lua calls every so many instructions.</summary>
    public static nint Hook => (nint)(delegate* unmanaged[Cdecl]<nint, nint, void>)&OnTick;

    /// <summary>Pushes the table of all functions.</summary>
    public static void Push(nint state)
    {
        CreateTable(state, 0, 16);
        Add(state, "call", &Call);
        Add(state, "pcall", &Call);
        Add(state, "load", &Load);
        Add(state, "log", &Log);
        Add(state, "killed", &Killed);
        Add(state, "sha1hex", &Sha1Hex);
        Add(state, "error_text", &ErrorText);
        Add(state, "setresp", &SetResp);
        Add(state, "set_repl", &SetRepl);
        Add(state, "acl_check_cmd", &AclCheckCmd);
        Add(state, "register_function", &RegisterFunction);
        Add(state, "random", &Random);
        Add(state, "seed_random", &SeedRandom);
        Add(state, "hyperbolic", &Hyperbolic);
        PushBytes(state, "cjson"u8);
        JsonLibrary.Push(state);
        RawSet(state, -3);
        PushBytes(state, "cmsgpack"u8);
        MessagePackLibrary.Push(state);
        RawSet(state, -3);
        PushBytes(state, "struct"u8);
        StructLibrary.Push(state);
        RawSet(state, -3);
    }

    /// <summary>The bytes of a string or of a number in Lua 5.1's form, as Latin-1 text.</summary>
    public static string TextOf(nint state, int index) => Type(state, index) == LuaType.Number
        ? ToNumber(state, index).ToString("g14", CultureInfo.InvariantCulture)
        : Encoding.Latin1.GetString(ToBytes(state, index));

    /// <summary>Adds a function to the table on top.</summary>
    public static void Add(nint state, string name, delegate* unmanaged[Cdecl]<nint, int> function)
    {
        PushBytes(state, Encoding.ASCII.GetBytes(name));
        PushFunction(state, (nint)function, 0);
        RawSet(state, -3);
    }

    /// <summary>Runs <paramref name="body"/> as every function here has to be run.</summary>
    public static int Guard(nint state, delegate*<LuaRuntime, nint, int> body)
    {
        LuaRuntime runtime = LuaRuntime.Of(state);
        bool wasLimited = runtime.Allocator.IsLimited;
        runtime.Allocator.IsLimited = false;
        try
        {
            return body(runtime, state);
        }
        catch (Exception e)
        {
            runtime.Fail(state, e);
            return 0;
        }
        finally
        {
            runtime.Allocator.IsLimited = wasLimited;
        }
    }

    /// <summary>
    /// As <see cref="Guard"/>, for functions of libraries: what they return has nil in front of it, or is the message of a <see cref="LuaErrorException"/>.
    /// </summary>
    public static int GuardLibrary(nint state, delegate*<LuaRuntime, nint, int> body)
    {
        LuaRuntime runtime = LuaRuntime.Of(state);
        bool wasLimited = runtime.Allocator.IsLimited;
        runtime.Allocator.IsLimited = false;
        try
        {
            int count = body(runtime, state);
            PushNil(state);
            Rotate(state, -(count + 1), 1);
            return count + 1;
        }
        catch (LuaErrorException e)
        {
            SetTop(state, 0);
            PushBytes(state, Encoding.Latin1.GetBytes(e.Message));
            return 1;
        }
        catch (Exception e)
        {
            runtime.Fail(state, e);
            return 0;
        }
        finally
        {
            runtime.Allocator.IsLimited = wasLimited;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnTick(nint state, nint activation)
    {
        LuaRuntime runtime = LuaRuntime.Of(state);
        bool wasLimited = runtime.Allocator.IsLimited;
        runtime.Allocator.IsLimited = false;
        try
        {
            if (runtime.Host.Tick() is { } reason)
            {
                runtime.Kill(state, reason);
            }
        }
        catch (Exception e)
        {
            runtime.Fail(state, e);
        }
        finally
        {
            runtime.Allocator.IsLimited = wasLimited;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Call(nint state) => Guard(state, &CallBody);

    /// <summary>Returns the reply's value; for an error nil and its table.</summary>
    private static int CallBody(LuaRuntime runtime, nint state)
    {
        int count = GetTop(state);
        if (count == 0)
        {
            return Refuse(state, "ERR Please specify at least one argument for this redis lib call"u8);
        }

        if (!TryCollect(runtime, state, count))
        {
            return Refuse(state, "ERR Lua redis lib command arguments must be strings or integers"u8);
        }

        ReadOnlySpan<byte> reply = runtime.Host.Call(runtime.Request.Build());
        bool isError = reply[0] == '-';
        if (isError)
        {
            PushNil(state);
        }

        if (!new ReplyToLua(state, reply).TryPush())
        {
            return Refuse(state, "ERR reached lua stack limit"u8);
        }

        return isError ? 2 : 1;
    }

    private static int Refuse(nint state, ReadOnlySpan<byte> text)
    {
        PushNil(state);
        ReplyToLua.PushError(state, text, isCounted: false);
        return 2;
    }

    private static bool TryCollect(LuaRuntime runtime, nint state, int count)
    {
        RequestBuilder request = runtime.Request;
        request.Clear();
        Span<byte> digits = stackalloc byte[32];
        for (int i = 1; i <= count; i++)
        {
            switch (Type(state, i))
            {
                case LuaType.String:
                    request.Add(ToBytes(state, i));
                    break;
                case LuaType.Number:
                    // Redis writes all 17 digits, not the 14 of Lua.
                    request.Add(digits[..FormatNumber(ToNumber(state, i), digits)]);
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    private static int FormatNumber(double value, Span<byte> destination)
    {
        if (value == Math.Truncate(value) && Math.Abs(value) < 1e15 && !(value == 0 && double.IsNegative(value)))
        {
            System.Buffers.Text.Utf8Formatter.TryFormat((long)value, destination, out int length);
            return length;
        }

        return ReplyWriter.FormatDouble(value, destination);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Load(nint state) => Guard(state, &LoadBody);

    private static int LoadBody(LuaRuntime runtime, nint state)
    {
        byte[] source = ToBytes(state, 1).ToArray();
        string name = TextOf(state, 2);
        string? error = runtime.PushCompiled(state, source, Encoding.Latin1.GetBytes(name));
        if (error is null)
        {
            return 1;
        }

        PushNil(state);
        PushBytes(state, Encoding.Latin1.GetBytes(error));
        return 2;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Log(nint state) => Guard(state, &LogBody);

    private static int LogBody(LuaRuntime runtime, nint state)
    {
        runtime.Host.Log((int)ToInteger(state, 1), ToBytes(state, 2));
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Killed(nint state) => Guard(state, &KilledBody);

    private static int KilledBody(LuaRuntime runtime, nint state)
    {
        if (runtime.KillReason is not { } reason)
        {
            return 0;
        }

        PushBytes(state, Encoding.Latin1.GetBytes(reason));
        return 1;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sha1Hex(nint state) => Guard(state, &Sha1HexBody);

    private static int Sha1HexBody(LuaRuntime runtime, nint state)
    {
        ReadOnlySpan<byte> text = Type(state, 1) == LuaType.String ? ToBytes(state, 1) : default;
        Span<byte> digest = stackalloc byte[SHA1.HashSizeInBytes];
        SHA1.HashData(text, digest);
        PushBytes(state, Encoding.ASCII.GetBytes(Convert.ToHexStringLower(digest)));
        return 1;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ErrorText(nint state) => Guard(state, &ErrorTextBody);

    /// <summary>A text with a code keeps it, one without gets ERR; a leading '-' is dropped.</summary>
    private static int ErrorTextBody(LuaRuntime runtime, nint state)
    {
        string text = TextOf(state, 1);
        text = text.StartsWith('-') ? text[1..] : text;
        int separator = text.AsSpan().IndexOfAny(' ', '\r', '\n');
        PushBytes(state, Encoding.Latin1.GetBytes(separator < 0 ? "ERR " + text : $"{text[..separator]} {text[(separator + 1)..]}"));
        return 1;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int SetResp(nint state) => Guard(state, &SetRespBody);

    private static int SetRespBody(LuaRuntime runtime, nint state)
    {
        runtime.Host.SetRespVersion((int)ToInteger(state, 1));
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int SetRepl(nint state) => Guard(state, &SetReplBody);

    private static int SetReplBody(LuaRuntime runtime, nint state)
    {
        runtime.Host.SetReplication((int)ToInteger(state, 1));
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int AclCheckCmd(nint state) => Guard(state, &AclCheckCmdBody);

    private static int AclCheckCmdBody(LuaRuntime runtime, nint state)
    {
        int count = GetTop(state);
        if (count == 0)
        {
            return Refuse(state, "ERR Please specify at least one argument for this redis lib call"u8);
        }

        if (!TryCollect(runtime, state, count))
        {
            return Refuse(state, "ERR redis.acl_check_cmd() require a command arguments to be strings or integers"u8);
        }

        if (runtime.Host.MayRun(runtime.Request.Build()) is not { } may)
        {
            return Refuse(state, "ERR Invalid command passed to redis.acl_check_cmd()"u8);
        }

        PushBoolean(state, may ? 1 : 0);
        return 1;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int RegisterFunction(nint state) => Guard(state, &RegisterFunctionBody);

    private static int RegisterFunctionBody(LuaRuntime runtime, nint state)
    {
        if (runtime.Registrations.Register(state) is not { } message)
        {
            return 0;
        }

        PushBytes(state, Encoding.Latin1.GetBytes(message));
        return 1;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Random(nint state) => Guard(state, &RandomBody);

    private static int RandomBody(LuaRuntime runtime, nint state)
    {
        PushInteger(state, runtime.Random.Next());
        return 1;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int SeedRandom(nint state) => Guard(state, &SeedRandomBody);

    private static int SeedRandomBody(LuaRuntime runtime, nint state)
    {
        runtime.Random.Seed(unchecked((uint)ToInteger(state, 1)));
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Hyperbolic(nint state) => Guard(state, &HyperbolicBody);

    private static int HyperbolicBody(LuaRuntime runtime, nint state)
    {
        double value = ToNumber(state, 2);
        PushNumber(state, ToInteger(state, 1) switch
        {
            0 => Math.Sinh(value),
            1 => Math.Cosh(value),
            _ => Math.Tanh(value),
        });
        return 1;
    }
}
