using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AkkaKv.Scripting.Native;

/// <summary>
/// The functions of Lua 5.4's C API that are used here, from the library that the KeraLua package brings. KeraLua's own wrapper makes a string and a delegate
/// where bytes and a function pointer do.
/// </summary>
/// <remarks>
/// Lua raises errors by longjmp, which must never pass a managed frame. So managed code called by Lua uses only functions that cannot raise: raw access,
/// no metamethods, no conversions, and memory without limit (<see cref="LuaAllocator"/>). What it has to report it returns, and the prelude raises it.
/// Functions that neither allocate nor call back skip the switch of the garbage collector's mode.
/// </remarks>
internal static unsafe partial class LuaNative
{
    public const int MultipleResults = -1;
    public const int RegistryIndex = -1_000_000 - 1000;
    public const int RegistryGlobals = 2;
    public const int NoReference = -2;

    public const int HookCount = 8;
    public const int HookLine = 4;

    public const int CollectorFull = 2;
    public const int CollectorCountKilobytes = 3;
    public const int CollectorCountBytes = 4;

    private const string Library = "lua54";

    /// <summary>The function that raises the value on top of the stack, as it stands in the library: usable where Lua wants a C function or a hook.</summary>
    public static readonly nint RaiseFunction = NativeLibrary.GetExport(
        NativeLibrary.Load(Library, typeof(LuaNative).Assembly, null), "lua_error");

    [LibraryImport(Library, EntryPoint = "lua_newstate")]
    public static partial nint NewState(delegate* unmanaged[Cdecl]<nint, void*, nuint, nuint, void*> allocator, nint userData);

    [LibraryImport(Library, EntryPoint = "lua_close")]
    public static partial void Close(nint state);

    [LibraryImport(Library, EntryPoint = "luaL_requiref")]
    public static partial void Require(nint state, byte* name, nint open, int global);

    [LibraryImport(Library, EntryPoint = "luaL_loadbufferx")]
    public static partial int LoadBuffer(nint state, byte* text, nuint length, byte* name, byte* mode);

    [LibraryImport(Library, EntryPoint = "lua_pcallk")]
    private static partial int ProtectedCall(nint state, int arguments, int results, int handler, nint context, nint continuation);

    public static int ProtectedCall(nint state, int arguments, int results, int handler) => ProtectedCall(state, arguments, results, handler, 0, 0);

    [LibraryImport(Library, EntryPoint = "lua_sethook")]
    [SuppressGCTransition]
    public static partial void SetHook(nint state, nint hook, int mask, int count);

    [LibraryImport(Library, EntryPoint = "lua_gc")]
    public static partial int Collect(nint state, int what, int first, int second, int third);

    [LibraryImport(Library, EntryPoint = "lua_checkstack")]
    public static partial int CheckStack(nint state, int count);

    [LibraryImport(Library, EntryPoint = "lua_gettop")]
    [SuppressGCTransition]
    public static partial int GetTop(nint state);

    [LibraryImport(Library, EntryPoint = "lua_settop")]
    [SuppressGCTransition]
    public static partial void SetTop(nint state, int index);

    public static void Pop(nint state, int count) => SetTop(state, -count - 1);

    [LibraryImport(Library, EntryPoint = "lua_pushvalue")]
    [SuppressGCTransition]
    public static partial void PushValue(nint state, int index);

    [LibraryImport(Library, EntryPoint = "lua_rotate")]
    [SuppressGCTransition]
    public static partial void Rotate(nint state, int index, int count);

    [LibraryImport(Library, EntryPoint = "lua_type")]
    [SuppressGCTransition]
    public static partial LuaType Type(nint state, int index);

    [LibraryImport(Library, EntryPoint = "lua_isinteger")]
    [SuppressGCTransition]
    public static partial int IsInteger(nint state, int index);

    [LibraryImport(Library, EntryPoint = "lua_toboolean")]
    [SuppressGCTransition]
    public static partial int ToBoolean(nint state, int index);

    [LibraryImport(Library, EntryPoint = "lua_tonumberx")]
    [SuppressGCTransition]
    private static partial double ToNumber(nint state, int index, int* isNumber);

    /// <summary>The value of a number, or of a string that reads as one; 0 for everything else.</summary>
    public static double ToNumber(nint state, int index) => ToNumber(state, index, null);

    public static bool TryToNumber(nint state, int index, out double value)
    {
        int isNumber;
        value = ToNumber(state, index, &isNumber);
        return isNumber != 0;
    }

    [LibraryImport(Library, EntryPoint = "lua_tointegerx")]
    [SuppressGCTransition]
    private static partial long ToInteger(nint state, int index, int* isInteger);

    public static long ToInteger(nint state, int index) => ToInteger(state, index, null);

    [LibraryImport(Library, EntryPoint = "lua_tolstring")]
    private static partial byte* ToString(nint state, int index, nuint* length);

    /// <summary>The bytes of a string. A number would be changed into a string where it stands, so ask for the type before.</summary>
    public static ReadOnlySpan<byte> ToBytes(nint state, int index)
    {
        nuint length;
        byte* bytes = ToString(state, index, &length);
        return new ReadOnlySpan<byte>(bytes, checked((int)length));
    }

    [LibraryImport(Library, EntryPoint = "lua_touserdata")]
    [SuppressGCTransition]
    public static partial nint ToUserData(nint state, int index);

    [LibraryImport(Library, EntryPoint = "lua_rawlen")]
    [SuppressGCTransition]
    public static partial ulong RawLength(nint state, int index);

    [LibraryImport(Library, EntryPoint = "lua_rawequal")]
    [SuppressGCTransition]
    public static partial int RawEqual(nint state, int first, int second);

    [LibraryImport(Library, EntryPoint = "lua_pushnil")]
    [SuppressGCTransition]
    public static partial void PushNil(nint state);

    [LibraryImport(Library, EntryPoint = "lua_pushboolean")]
    [SuppressGCTransition]
    public static partial void PushBoolean(nint state, int value);

    [LibraryImport(Library, EntryPoint = "lua_pushnumber")]
    [SuppressGCTransition]
    public static partial void PushNumber(nint state, double value);

    [LibraryImport(Library, EntryPoint = "lua_pushinteger")]
    [SuppressGCTransition]
    public static partial void PushInteger(nint state, long value);

    [LibraryImport(Library, EntryPoint = "lua_pushlightuserdata")]
    [SuppressGCTransition]
    public static partial void PushLightUserData(nint state, nint value);

    [LibraryImport(Library, EntryPoint = "lua_pushlstring")]
    private static partial byte* PushString(nint state, byte* bytes, nuint length);

    public static void PushBytes(nint state, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* first = bytes)
        {
            PushString(state, first, (nuint)bytes.Length);
        }
    }

    [LibraryImport(Library, EntryPoint = "lua_pushcclosure")]
    public static partial void PushFunction(nint state, nint function, int upvalues);

    [LibraryImport(Library, EntryPoint = "lua_createtable")]
    public static partial void CreateTable(nint state, int arraySize, int recordSize);

    [LibraryImport(Library, EntryPoint = "lua_rawgeti")]
    [SuppressGCTransition]
    public static partial LuaType RawGetIndex(nint state, int table, long index);

    [LibraryImport(Library, EntryPoint = "lua_rawget")]
    [SuppressGCTransition]
    public static partial LuaType RawGet(nint state, int table);

    [LibraryImport(Library, EntryPoint = "lua_rawseti")]
    public static partial void RawSetIndex(nint state, int table, long index);

    [LibraryImport(Library, EntryPoint = "lua_rawset")]
    public static partial void RawSet(nint state, int table);

    [LibraryImport(Library, EntryPoint = "lua_next")]
    [SuppressGCTransition]
    public static partial int Next(nint state, int table);

    [LibraryImport(Library, EntryPoint = "luaL_ref")]
    public static partial int Reference(nint state, int table);

    [LibraryImport(Library, EntryPoint = "luaL_unref")]
    public static partial void Unreference(nint state, int table, int reference);

    /// <summary>The word of memory in front of every state, in which Lua keeps nothing; coroutines have the main state's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref nint ExtraSpace(nint state) => ref ((nint*)state)[-1];

    /// <summary>Opens one of Lua's own libraries as a global table.</summary>
    public static void OpenLibrary(nint state, ReadOnlySpan<byte> name, string opener)
    {
        nint open = NativeLibrary.GetExport(NativeLibrary.Load(Library, typeof(LuaNative).Assembly, null), opener);
        fixed (byte* first = name)
        {
            Require(state, first, open, 1);
        }

        Pop(state, 1);
    }
}

/// <summary>The types of Lua values.</summary>
internal enum LuaType
{
    None = -1,
    Nil = 0,
    Boolean = 1,
    LightUserData = 2,
    Number = 3,
    String = 4,
    Table = 5,
    Function = 6,
    UserData = 7,
    Thread = 8,
}
