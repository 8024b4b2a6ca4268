using System.Text;
using AkkaKv.Scripting.Runtime;

namespace AkkaKv.Commands.Scripting;

/// <summary>The first line of a library: <c>#!lua name=mylib</c>.</summary>
/// <param name="Name">The library's name.</param>
/// <param name="Length">How many bytes belong to the line, its end not counted.</param>
internal readonly record struct LibraryHeader(string Name, int Length)
{
    /// <summary>Reads the line; returns what is wrong with it, or null.</summary>
    public static string? Read(ReadOnlySpan<byte> code, out LibraryHeader header)
    {
        header = new LibraryHeader("", 0);
        if (!code.StartsWith("#!"u8))
        {
            return "ERR Missing library metadata";
        }

        int length = code.IndexOf((byte)'\n');
        string[] parts = length < 0 ? [] : Encoding.Latin1.GetString(code[..length]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0)
        {
            return "ERR Invalid library metadata";
        }

        string? name = null;
        foreach (string part in parts.AsSpan(1))
        {
            if (!part.StartsWith("name=", StringComparison.OrdinalIgnoreCase))
            {
                return $"ERR Invalid metadata value given: {part}";
            }

            if (name is not null)
            {
                return "ERR Invalid metadata value, name argument was given multiple times";
            }

            name = part["name=".Length..];
        }

        if (name is null)
        {
            return "ERR Library name was not given";
        }

        if (!ScriptFlagNames.IsName(name))
        {
            return "ERR Library names can only contain letters, numbers, or underscores(_) and must be at least one character long";
        }

        string engine = parts[0]["#!".Length..];
        if (!engine.Equals("lua", StringComparison.OrdinalIgnoreCase))
        {
            return $"ERR Engine '{engine}' not found";
        }

        header = new LibraryHeader(name, length);
        return null;
    }
}
