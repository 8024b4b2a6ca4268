using AkkaKv.Scripting.Runtime;

namespace AkkaKv.Commands.Scripting;

/// <summary>A script that was seen before.</summary>
/// <param name="Name">Its digest's digits.</param>
/// <param name="Reference">Stands for the compiled script.</param>
/// <param name="Flags">What it says about itself.</param>
/// <param name="Bytes">What its text and its place in the cache take.</param>
internal sealed record CachedScript(string Name, int Reference, ScriptFlags Flags, int Bytes);

/// <summary>
/// The scripts of EVAL, compiled, until SCRIPT FLUSH: as in Redis 7.0 none is ever forgotten for another one. Their state of Lua is made when it is needed first.
/// </summary>
internal sealed class ScriptCache(IScriptHost host, Func<long> memoryLimit)
{
    /// <summary>What an entry takes beside the text; an estimate.</summary>
    private const int EntryBytes = 160;

    private readonly Dictionary<ScriptDigest, CachedScript> _scripts = [];
    private LuaRuntime? _lua;

    /// <summary>How many scripts there are.</summary>
    public int Count => _scripts.Count;

    /// <summary>What texts and entries take in bytes; the compiled scripts are part of <see cref="LuaMemory"/>.</summary>
    public long Bytes { get; private set; }

    /// <summary>What the state of Lua takes in bytes.</summary>
    public long LuaMemory => _lua?.UsedMemory ?? 0;

    /// <summary>The state in which the scripts run.</summary>
    public LuaRuntime Lua
    {
        get
        {
            _lua ??= ScriptWorld.NewRuntime(host);
            _lua.MemoryLimit = memoryLimit();
            return _lua;
        }
    }

    /// <summary>The script with that digest; null if there is none.</summary>
    public CachedScript? Find(ScriptDigest digest) => _scripts.GetValueOrDefault(digest);

    /// <summary>Compiles a script and keeps it. Returns null and what is wrong with it if it is none.</summary>
    public CachedScript? Add(ScriptDigest digest, ReadOnlySpan<byte> source, out string? error)
    {
        Shebang shebang = Shebang.Read(source);
        error = shebang.Error;
        if (error is not null)
        {
            return null;
        }

        int reference = Lua.Compile(source[shebang.Length..].ToArray(), "@user_script", out string? reason);
        if (reason is not null)
        {
            error = "ERR Error compiling script (new function): " + reason;
            return null;
        }

        var script = new CachedScript(digest.ToString(), reference, shebang.Flags, source.Length + EntryBytes);
        _scripts.Add(digest, script);
        Bytes += script.Bytes;
        return script;
    }

    /// <summary>Forgets everything. Returns the state of Lua, to be disposed of; null if there was none.</summary>
    public IDisposable? Clear()
    {
        LuaRuntime? old = _lua;
        _lua = null;
        _scripts.Clear();
        Bytes = 0;
        return old;
    }
}
