using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>Dotted paths with quoted keys.</summary>
internal static class HoconPath
{
    /// <summary>Splits <c>a."b.c".d</c> into its three keys.</summary>
    public static List<string> Split(string path)
    {
        var keys = new List<string>();
        var key = new StringBuilder();
        var quoted = false;
        foreach (var c in path)
        {
            if (c == '"') quoted = !quoted;
            else if (c == '.' && !quoted) Take();
            else key.Append(c);
        }
        Take();
        return keys;

        void Take()
        {
            keys.Add(key.ToString());
            key.Clear();
        }
    }

    /// <summary>Writes a key as HOCON: quoted if it is not a plain word.</summary>
    public static string Quote(string key) =>
        key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? key : HoconText.Quote(key);
}

/// <summary>Texts as HOCON.</summary>
internal static class HoconText
{
    /// <summary>The text in double quotes, escaped as JSON.</summary>
    public static string Quote(string text)
    {
        var builder = new StringBuilder("\"");
        foreach (var c in text)
        {
            builder.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' => $"\\u{(int)c:x4}",
                _ => c.ToString(),
            });
        }
        return builder.Append('"').ToString();
    }

    /// <summary>The text as HOCON: bare if it is a plain word or number, else quoted.</summary>
    public static string Write(string? text) => text is null ? "null" : text == "null" ? "\"null\"" : HoconPath.Quote(text) is var quoted
        && quoted[0] == '"' && text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') ? text : quoted;
}
