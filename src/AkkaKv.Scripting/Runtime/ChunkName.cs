using System.Text;

namespace AkkaKv.Scripting.Runtime;

/// <summary>How messages call a chunk (luaO_chunkid of Lua 5.1).</summary>
internal static class ChunkName
{
    private const int ShownMax = 59;
    private const int FirstLineMax = 43;

    public static string Shown(ReadOnlySpan<byte> name)
    {
        string text = Encoding.Latin1.GetString(name);
        if (text.StartsWith('='))
        {
            return text.Length - 1 <= ShownMax ? text[1..] : text[1..(ShownMax + 1)];
        }

        if (text.StartsWith('@'))
        {
            return text.Length - 1 <= ShownMax - 8 ? text[1..] : "..." + text[^(ShownMax - 8)..];
        }

        // As C sees it, the text ends with the first zero.
        int zero = text.IndexOf('\0');
        text = zero < 0 ? text : text[..zero];
        int length = text.AsSpan().IndexOfAny('\r', '\n');
        length = Math.Min(length < 0 ? text.Length : length, FirstLineMax);
        return length < text.Length ? $"[string \"{text[..length]}...\"]" : $"[string \"{text}\"]";
    }
}
