using System.Text;
using AkkaKv.Scripting.Runtime;

namespace AkkaKv.Commands.Scripting;

/// <summary>The first line of a script, where it says what it is: <c>#!lua flags=no-writes,allow-oom</c>.</summary>
/// <param name="Flags">What it says about itself; <see cref="ScriptFlags.Compatibility"/> without such a line.</param>
/// <param name="Length">How many bytes belong to the line, its end not counted; 0 without one.</param>
/// <param name="Error">What is wrong with the line; null when nothing is.</param>
internal readonly record struct Shebang(ScriptFlags Flags, int Length, string? Error)
{
    /// <summary>Reads the line of <paramref name="source"/>.</summary>
    public static Shebang Read(ReadOnlySpan<byte> source)
    {
        if (!source.StartsWith("#!"u8))
        {
            return new Shebang(ScriptFlags.Compatibility, 0, null);
        }

        int length = source.IndexOf((byte)'\n');
        if (length < 0)
        {
            return Wrong("ERR Invalid script shebang");
        }

        string[] parts = Encoding.Latin1.GetString(source[..length]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (parts[0] != "#!lua")
        {
            return Wrong($"ERR Unexpected engine in script shebang: {parts[0]}");
        }

        ScriptFlags flags = ScriptFlags.None;
        foreach (string part in parts.AsSpan(1))
        {
            if (!part.StartsWith("flags=", StringComparison.Ordinal))
            {
                return Wrong($"ERR Unknown lua shebang option: {part}");
            }

            foreach (string name in part["flags=".Length..].Split(',', StringSplitOptions.RemoveEmptyEntries))
            {
                if (!ScriptFlagNames.TryRead(Encoding.Latin1.GetBytes(name), ref flags))
                {
                    return Wrong($"ERR Unexpected flag in script shebang: {name}");
                }
            }
        }

        return new Shebang(flags, length, null);
    }

    private static Shebang Wrong(string error) => new(ScriptFlags.Compatibility, 0, error);
}
