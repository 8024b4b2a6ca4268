namespace AkkaKv.Scripting.Compatibility;

/// <summary>A script is no Lua 5.1; the message is Lua 5.1's, without the position.</summary>
internal sealed class SyntaxException(string message, int line) : Exception(message)
{
    public int Line { get; } = line;
}
