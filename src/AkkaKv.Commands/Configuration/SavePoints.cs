using System.Globalization;

namespace AkkaKv.Commands.Configuration;

/// <summary>The <c>save</c> parameter: pairs of seconds and changes; empty: never by itself.</summary>
internal static class SavePoints
{
    public static string? Check(string text)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        bool valid = words.Length % 2 == 0
            && words.Select((word, index) => long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && (index % 2 == 1 || number > 0))
                .All(ok => ok);
        return valid ? null : "Invalid save parameters";
    }
}
