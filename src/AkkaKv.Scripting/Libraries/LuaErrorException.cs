namespace AkkaKv.Scripting.Libraries;

/// <summary>A library function has an error to raise in the script; the prelude does, with the script's position.</summary>
internal sealed class LuaErrorException(string message) : Exception(message)
{
    /// <summary>In the form of luaL_argerror.</summary>
    public static LuaErrorException Argument(int number, string function, string problem) =>
        new($"bad argument #{number} to '{function}' ({problem})");
}
