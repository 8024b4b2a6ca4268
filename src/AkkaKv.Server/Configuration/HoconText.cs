namespace AkkaKv.Server.Configuration;

/// <summary>Writes values as HOCON.</summary>
internal static class HoconText
{
    /// <summary>The text in double quotes, with escapes.</summary>
    public static string Quote(string text)
    {
        var quoted = new System.Text.StringBuilder("\"");
        foreach (char character in text)
        {
            quoted.Append(character switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' => $"\\u{(int)character:x4}",
                _ => character.ToString(),
            });
        }
        return quoted.Append('"').ToString();
    }

    /// <summary>Numbers, durations, sizes and words as they are; everything else in double quotes.</summary>
    public static string Value(string text)
    {
        bool plain = text.Length > 0 && text.All(character => char.IsAsciiLetterOrDigit(character) || character == '-');
        return plain ? text : Quote(text);
    }

    /// <summary>A list in brackets.</summary>
    public static string List(IEnumerable<string> items) => "[" + string.Join(", ", items.Select(Value)) + "]";
}
