using System.Text;
using AkkaKv.Scripting.Native;
using AkkaKv.Scripting.Runtime;
using static AkkaKv.Scripting.Native.LuaNative;

namespace AkkaKv.Scripting.Libraries;

/// <summary>The arguments of a library function, checked as Lua's auxiliary library checks them.</summary>
internal readonly struct LibraryArguments(nint state, string function)
{
    public int Count => GetTop(state);

    /// <summary>A string, or a number in Lua 5.1's form.</summary>
    public byte[] Bytes(int index) => Type(state, index) switch
    {
        LuaType.String => ToBytes(state, index).ToArray(),
        LuaType.Number => Encoding.Latin1.GetBytes(HostFunctions.TextOf(state, index)),
        _ => throw WrongType(index, "string"),
    };

    public double Number(int index) => TryToNumber(state, index, out double value) ? value : throw WrongType(index, "number");

    public long Integer(int index) => LuaToReply.Truncate(Number(index));

    public long Integer(int index, long otherwise) => Type(state, index) is LuaType.None or LuaType.Nil ? otherwise : Integer(index);

    public LuaErrorException Wrong(int index, string problem) => LuaErrorException.Argument(index, function, problem);

    private LuaErrorException WrongType(int index, string expected) => Wrong(index, $"{expected} expected, got {LuaTypeNames.Of(state, index)}");
}

/// <summary>The names of types in messages.</summary>
internal static class LuaTypeNames
{
    public static string Of(nint state, int index) => Type(state, index) switch
    {
        LuaType.None => "no value",
        LuaType.Nil => "nil",
        LuaType.LightUserData or LuaType.UserData => "userdata",
        LuaType type => type.ToString().ToLowerInvariant(),
    };
}
