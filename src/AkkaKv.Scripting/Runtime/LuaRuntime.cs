using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using AkkaKv.Protocol;
using AkkaKv.Scripting.Compatibility;
using AkkaKv.Scripting.Libraries;
using AkkaKv.Scripting.Native;
using static AkkaKv.Scripting.Native.LuaNative;

namespace AkkaKv.Scripting.Runtime;

/// <summary>
/// One state of Lua, furnished as Redis furnishes it: scripts of Lua 5.1 in a sandbox whose globals cannot be changed. Belongs to one thread at a time.
/// </summary>
public sealed class LuaRuntime : IDisposable
{
    private const int StatusMemoryError = 4;

    /// <summary>A script is looked after each time it has executed so many instructions, as in Redis.</summary>
    private const int InstructionsPerTick = 100_000;

    private static readonly string[] PreludeFiles = ["base.lua", "text.lua", "tables.lua", "numbers.lua", "redis.lua"];

    private readonly LuaAllocator _allocator = new();
    private readonly IScriptHost _host;
    private readonly Dictionary<string, int> _parts = [];
    private GCHandle _self;
    private nint _state;

    /// <summary>A fresh state.</summary>
    /// <param name="host">What its scripts talk to.</param>
    /// <param name="version">REDIS_VERSION.</param>
    /// <param name="versionNumber">REDIS_VERSION_NUM.</param>
    public unsafe LuaRuntime(IScriptHost host, string version, int versionNumber)
    {
        _host = host;
        _state = NewState(LuaAllocator.Function, _allocator.UserData);
        if (_state == 0)
        {
            throw new InvalidOperationException("Lua has no memory for a new state.");
        }

        _self = GCHandle.Alloc(this);
        ExtraSpace(_state) = GCHandle.ToIntPtr(_self);
        RunPrelude(version, versionNumber);
    }

    /// <summary>The most memory in bytes that scripts may cause the state to take.</summary>
    public long MemoryLimit
    {
        get => _allocator.LimitBytes;
        set => _allocator.LimitBytes = value;
    }

    /// <summary>The memory that the state takes, in bytes.</summary>
    public long UsedMemory => _allocator.UsedBytes;

    /// <summary>The registrations of the library that was loaded last.</summary>
    internal FunctionRegistrations Registrations { get; } = new();

    internal LuaAllocator Allocator => _allocator;

    internal IScriptHost Host => _host;

    internal RequestBuilder Request { get; } = new();

    internal JsonSettings Json { get; } = new();

    internal ByteBuilder Scratch { get; } = new();

    /// <summary>Why the running script is ended; null while it is not.</summary>
    internal string? KillReason { get; private set; }

    /// <summary>What went wrong in managed code that a script called; thrown again when the script has ended.</summary>
    internal Exception? Failure { get; private set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_state != 0)
        {
            Close(_state);
            _state = 0;
            _self.Free();
            _allocator.Dispose();
        }
    }

    /// <summary>Compiles a script. Returns a number that stands for it, or 0 and why it is no script.</summary>
    /// <param name="source">The text, Lua 5.1.</param>
    /// <param name="chunkName">What messages call it: <c>@user_script</c>.</param>
    /// <param name="error">The reason of a refusal, with position.</param>
    public int Compile(ReadOnlyMemory<byte> source, string chunkName, out string? error)
    {
        error = PushCompiled(_state, source, Encoding.Latin1.GetBytes(chunkName));
        return error is null ? Reference(_state, RegistryIndex) : 0;
    }

    /// <summary>Forgets a compiled script or a function.</summary>
    public void Release(int reference) => Unreference(_state, RegistryIndex, reference);

    /// <summary>Runs a compiled script with KEYS and ARGV as globals. Its value waits for <see cref="WriteValue"/>.</summary>
    /// <param name="reference">What <see cref="Compile"/> returned.</param>
    /// <param name="arguments">A request of which <paramref name="keyCount"/> keys begin at <paramref name="firstKey"/>, the rest behind them.</param>
    /// <param name="firstKey">The first key's index.</param>
    /// <param name="keyCount">How many keys there are.</param>
    /// <param name="isWatched">Whether the host is asked from time to time if the script may go on.</param>
    public ScriptResult RunScript(int reference, in Arguments arguments, int firstKey, int keyCount, bool isWatched)
    {
        Begin(reference);
        RawGetIndex(_state, RegistryIndex, _parts["globals"]);
        PushBytes(_state, "KEYS"u8);
        PushTable(arguments, firstKey, keyCount);
        RawSet(_state, -3);
        PushBytes(_state, "ARGV"u8);
        PushTable(arguments, firstKey + keyCount, arguments.Count - firstKey - keyCount);
        RawSet(_state, -3);
        Pop(_state, 1);
        return Run(0, isWatched);
    }

    /// <summary>Calls a registered function with its keys and arguments; see <see cref="RunScript"/>.</summary>
    public ScriptResult RunFunction(int reference, in Arguments arguments, int firstKey, int keyCount, bool isWatched)
    {
        Begin(reference);
        PushTable(arguments, firstKey, keyCount);
        PushTable(arguments, firstKey + keyCount, arguments.Count - firstKey - keyCount);
        return Run(2, isWatched);
    }

    /// <summary>Runs a library, which registers functions. The registrations are taken over by the caller, or released when it fails.</summary>
    public ScriptResult LoadLibrary(int reference, out IReadOnlyList<RegisteredFunction> functions)
    {
        Registrations.Begin();
        CallPart("begin_load");
        Begin(reference);
        ScriptResult result;
        try
        {
            result = Run(0, isWatched: true);
            DropValue();
        }
        finally
        {
            CallPart("end_load");
        }

        functions = Registrations.End();
        return result;
    }

    /// <summary>Writes the value that the last run left and forgets it.</summary>
    public void WriteValue(ReplyWriter reply, int scriptRespVersion)
    {
        new LuaToReply(_state, reply, scriptRespVersion).Write();
        Debug.Assert(GetTop(_state) == 0, "Something was left on Lua's stack.");
    }

    /// <summary>Forgets the value that the last run left.</summary>
    public void DropValue() => SetTop(_state, 0);

    /// <summary>Frees what no script can reach any more.</summary>
    public void CollectGarbage() => Collect(_state, CollectorFull, 0, 0, 0);

    /// <summary>The runtime to which <paramref name="state"/> belongs, a coroutine's as well.</summary>
    internal static LuaRuntime Of(nint state) => (LuaRuntime)GCHandle.FromIntPtr(ExtraSpace(state)).Target!;

    /// <summary>Compiles a chunk and pushes the function, or returns why it cannot.</summary>
    internal unsafe string? PushCompiled(nint state, ReadOnlyMemory<byte> source, ReadOnlySpan<byte> chunkName)
    {
        byte[] text;
        try
        {
            text = Translator.Translate(source);
        }
        catch (SyntaxException e)
        {
            return $"{ChunkName.Shown(chunkName)}:{e.Line}: {e.Message}";
        }

        byte[] name = [.. chunkName, 0];
        int status;
        fixed (byte* first = text, firstOfName = name, mode = "t\0"u8)
        {
            status = LoadBuffer(state, first, (nuint)text.Length, firstOfName, mode);
        }

        if (status == 0)
        {
            RawGetIndex(state, RegistryIndex, _parts["operand"]);
            RawGetIndex(state, RegistryIndex, _parts["arguments"]);
            RawGetIndex(state, RegistryIndex, _parts["select"]);
            status = ProtectedCall(state, 3, 1, 0);
        }

        if (status == 0)
        {
            return null;
        }

        string message = Encoding.Latin1.GetString(ToBytes(state, -1));
        Pop(state, 1);
        return message;
    }

    /// <summary>Makes the running script end with an error that it cannot catch.</summary>
    internal void Kill(nint state, string reason)
    {
        KillReason = reason;
        SetHook(_state, RaiseFunction, HookCount | HookLine, 1);
        SetHook(state, RaiseFunction, HookCount | HookLine, 1);
    }

    internal void Fail(nint state, Exception failure)
    {
        Failure ??= failure;
        Kill(state, "ERR The server failed while it ran a command of the script");
    }

    private void Begin(int reference)
    {
        Debug.Assert(GetTop(_state) == 0, "A script begins while another one runs.");
        KillReason = null;
        Failure = null;
        CheckStack(_state, 10);
        RawGetIndex(_state, RegistryIndex, _parts["handler"]);
        RawGetIndex(_state, RegistryIndex, reference);
    }

    /// <summary>The random numbers of scripts.</summary>
    internal DeterministicRandom Random { get; } = new();

    private void PushTable(in Arguments arguments, int first, int count)
    {
        CreateTable(_state, count, 0);
        for (int i = 0; i < count; i++)
        {
            PushBytes(_state, arguments[first + i]);
            RawSetIndex(_state, -2, i + 1);
        }
    }

    private unsafe ScriptResult Run(int argumentCount, bool isWatched)
    {
        if (isWatched)
        {
            SetHook(_state, HostFunctions.Hook, HookCount, InstructionsPerTick);
        }

        _allocator.IsLimited = true;
        int status = ProtectedCall(_state, argumentCount, 1, 1);
        _allocator.IsLimited = false;
        SetHook(_state, 0, 0, 0);

        // The handler's place is on the bottom.
        Rotate(_state, 1, -1);
        Pop(_state, 1);
        if (Failure is { } failure)
        {
            DropValue();
            throw new InvalidOperationException("A command that a script called failed.", failure);
        }

        if (status == 0)
        {
            return default;
        }

        ScriptResult result = ErrorOnTop(status);
        DropValue();
        if (KillReason is not null || status == StatusMemoryError || UsedMemory > MemoryLimit / 2)
        {
            CollectGarbage();
        }

        return result;
    }

    private ScriptResult ErrorOnTop(int status)
    {
        if (KillReason is { } reason && Type(_state, -1) != LuaType.Table)
        {
            return new ScriptResult { Error = reason };
        }

        if (Type(_state, -1) != LuaType.Table)
        {
            string text = Type(_state, -1) == LuaType.String ? Encoding.Latin1.GetString(ToBytes(_state, -1)) : "execution failure";
            return new ScriptResult { Error = status == StatusMemoryError ? "ERR " + text : text };
        }

        bool hasText = Field("err") is LuaType.String;
        string error = hasText ? Encoding.Latin1.GetString(ToBytes(_state, -1)) : "ERR unknown error";
        Pop(_state, 1);
        string? source = Field("source") is LuaType.String ? Encoding.Latin1.GetString(ToBytes(_state, -1)) : null;
        Pop(_state, 1);
        long line = Field("line") is LuaType.Number ? ToInteger(_state, -1) : 0;
        Pop(_state, 1);
        bool isCounted = Field("ignore_error_stats_update") is LuaType.Boolean && ToBoolean(_state, -1) != 0;
        Pop(_state, 1);
        return new ScriptResult { Error = error, Source = source, Line = line, IsCounted = isCounted };
    }

    private LuaType Field(string name)
    {
        PushBytes(_state, Encoding.ASCII.GetBytes(name));
        return RawGet(_state, -2);
    }

    private void CallPart(string name)
    {
        RawGetIndex(_state, RegistryIndex, _parts[name]);
        if (ProtectedCall(_state, 0, 0, 0) != 0)
        {
            throw new InvalidOperationException(Encoding.Latin1.GetString(ToBytes(_state, -1)));
        }
    }

    /// <summary>Opens Lua's libraries, lets the prelude make the sandbox of them, and makes that the world of everything compiled later.</summary>
    private void RunPrelude(string version, int versionNumber)
    {
        OpenLibrary(_state, "_G\0"u8, "luaopen_base");
        OpenLibrary(_state, "table\0"u8, "luaopen_table");
        OpenLibrary(_state, "string\0"u8, "luaopen_string");
        OpenLibrary(_state, "math\0"u8, "luaopen_math");
        OpenLibrary(_state, "debug\0"u8, "luaopen_debug");
        OpenLibrary(_state, "coroutine\0"u8, "luaopen_coroutine");

        CreateTable(_state, 0, 16);
        SetField("version", () => PushBytes(_state, Encoding.ASCII.GetBytes(version)));
        SetField("version_number", () => PushNumber(_state, versionNumber));
        SetField("host", () => HostFunctions.Push(_state));
        foreach (string file in PreludeFiles)
        {
            RunPreludeFile(file);
        }

        foreach (string part in (string[])["handler", "operand", "arguments", "select", "globals", "begin_load", "end_load"])
        {
            Field(part);
            _parts[part] = Reference(_state, RegistryIndex);
        }

        PushBytes(_state, "_LOADED"u8);
        PushBytes(_state, "names"u8);
        RawGet(_state, -3);
        RawSet(_state, RegistryIndex);
        Field("front");
        RawSetIndex(_state, RegistryIndex, RegistryGlobals);
        SetTop(_state, 0);
        CollectGarbage();
    }

    private void SetField(string name, Action push)
    {
        PushBytes(_state, Encoding.ASCII.GetBytes(name));
        push();
        RawSet(_state, -3);
    }

    private unsafe void RunPreludeFile(string file)
    {
        using Stream stream = typeof(LuaRuntime).Assembly.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"{file} is not part of the assembly.");
        byte[] text = new byte[stream.Length];
        stream.ReadExactly(text);
        int status;
        fixed (byte* first = text, name = "=[redis]\0"u8, mode = "t\0"u8)
        {
            status = LoadBuffer(_state, first, (nuint)text.Length, name, mode);
        }

        if (status == 0)
        {
            PushValue(_state, 1);
            status = ProtectedCall(_state, 1, 0, 0);
        }

        if (status != 0)
        {
            throw new InvalidOperationException($"{file}: {Encoding.Latin1.GetString(ToBytes(_state, -1))}");
        }
    }
}
