using System.Text;
using AkkaKv.Scripting.Runtime;

namespace AkkaKv.Commands.Scripting;

/// <summary>A library of functions.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Code">Its text with the first line.</param>
/// <param name="Functions">Its functions.</param>
internal sealed record FunctionLibrary(string Name, byte[] Code, IReadOnlyList<RegisteredFunction> Functions);

/// <summary>The libraries of FUNCTION LOAD and their functions. They have a state of Lua of their own, made when it is needed first.</summary>
internal sealed class FunctionLibraries(ScriptRun host, Func<long> memoryLimit)
{
    /// <summary>What a library or a function takes beside its text; an estimate.</summary>
    private const int EntryBytes = 200;

    private readonly SortedDictionary<string, FunctionLibrary> _libraries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RegisteredFunction> _functions = new(StringComparer.Ordinal);
    private LuaRuntime? _lua;

    /// <summary>All libraries, by name.</summary>
    public IReadOnlyCollection<FunctionLibrary> All => _libraries.Values;

    /// <summary>How many functions there are.</summary>
    public int FunctionCount => _functions.Count;

    /// <summary>What texts and entries take in bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>What the state of Lua takes in bytes.</summary>
    public long LuaMemory => _lua?.UsedMemory ?? 0;

    /// <summary>The state in which the functions run.</summary>
    public LuaRuntime Lua
    {
        get
        {
            _lua ??= ScriptWorld.NewRuntime(host);
            _lua.MemoryLimit = memoryLimit();
            return _lua;
        }
    }

    /// <summary>The function of that name; null if there is none.</summary>
    public RegisteredFunction? Find(ReadOnlySpan<byte> name)
    {
        const int nameMax = 256;
        if (_functions.Count == 0 || name.Length > nameMax)
        {
            return name.Length > nameMax ? _functions.GetValueOrDefault(Encoding.Latin1.GetString(name)) : null;
        }

        Span<char> characters = stackalloc char[nameMax];
        int length = Encoding.Latin1.GetChars(name, characters);
        return _functions.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(characters[..length], out RegisteredFunction? function) ? function : null;
    }

    /// <summary>Loads a library. Returns what is wrong, or null and its name.</summary>
    /// <param name="code">The text.</param>
    /// <param name="replace">Whether a library of that name gives way.</param>
    /// <param name="name">The library's name.</param>
    public string? Load(byte[] code, bool replace, out string name)
    {
        string? error = LibraryHeader.Read(code, out LibraryHeader header);
        name = header.Name;
        if (error is not null)
        {
            return error;
        }

        if (!replace && _libraries.ContainsKey(name))
        {
            return $"ERR Library '{name}' already exists";
        }

        error = Compile(code, header, out FunctionLibrary? library);
        if (error is not null)
        {
            return error;
        }

        FunctionLibrary? old = _libraries.GetValueOrDefault(name);
        foreach (RegisteredFunction function in library!.Functions)
        {
            if (_functions.ContainsKey(function.Name) && old?.Functions.Any(known => known.Name == function.Name) != true)
            {
                Release(library);
                return $"ERR Function {function.Name} already exists";
            }
        }

        if (old is not null)
        {
            Remove(old);
        }

        Join(library);
        return null;
    }

    /// <summary>Removes a library; false if there is none of that name.</summary>
    public bool Delete(string name)
    {
        if (!_libraries.TryGetValue(name, out FunctionLibrary? library))
        {
            return false;
        }

        Remove(library);
        return true;
    }

    /// <summary>Removes all libraries. Returns the state of Lua, to be disposed of; null if there was none.</summary>
    public IDisposable? Clear()
    {
        LuaRuntime? old = _lua;
        _lua = null;
        _libraries.Clear();
        _functions.Clear();
        Bytes = 0;
        return old;
    }

    private string? Compile(byte[] code, LibraryHeader header, out FunctionLibrary? library)
    {
        library = null;
        LuaRuntime lua = Lua;
        int reference = lua.Compile(code.AsMemory(header.Length), "@user_function", out string? reason);
        if (reason is not null)
        {
            return "ERR Error compiling function: " + reason;
        }

        host.BeginLoad();
        ScriptResult result;
        IReadOnlyList<RegisteredFunction> functions;
        try
        {
            result = lua.LoadLibrary(reference, out functions);
        }
        finally
        {
            host.End();
            lua.Release(reference);
        }

        library = new FunctionLibrary(header.Name, code, functions);
        if (result.Error is null && functions.Count > 0)
        {
            return null;
        }

        Release(library);
        return result.Error is null ? "ERR No functions registered" : "ERR Error registering functions: " + result.Error;
    }

    private void Join(FunctionLibrary library)
    {
        _libraries.Add(library.Name, library);
        Bytes += library.Code.Length + EntryBytes;
        foreach (RegisteredFunction function in library.Functions)
        {
            _functions.Add(function.Name, function);
            Bytes += EntryBytes;
        }
    }

    private void Remove(FunctionLibrary library)
    {
        _libraries.Remove(library.Name);
        Bytes -= library.Code.Length + EntryBytes;
        foreach (RegisteredFunction function in library.Functions)
        {
            _functions.Remove(function.Name);
            Bytes -= EntryBytes;
        }

        Release(library);
    }

    private void Release(FunctionLibrary library)
    {
        foreach (RegisteredFunction function in library.Functions)
        {
            _lua?.Release(function.Reference);
        }
    }
}
