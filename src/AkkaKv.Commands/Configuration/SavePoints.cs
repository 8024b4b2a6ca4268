using System.Globalization;

namespace AkkaKv.Commands.Configuration;

/// <summary>When the data are saved by themselves: after so many seconds, if there were so many changes.</summary>
/// <param name="Seconds">Seconds since the last save, 1 or more.</param>
/// <param name="Changes">Changes since the last save, 0 or more.</param>
public readonly record struct SavePoint(long Seconds, long Changes);

/// <summary>The <c>save</c> parameter: pairs of seconds and changes; empty: never by itself.</summary>
public static class SavePoints
{
    /// <summary>What is wrong with the text, in Redis's words, or null.</summary>
    public static string? Check(string text) => TryParse(text, out _) ? null : "Invalid save parameters";

    /// <summary>Reads pairs of numbers with spaces between; false if the text is something else.</summary>
    public static bool TryParse(string text, out IReadOnlyList<SavePoint> points)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var read = new List<SavePoint>();
        points = read;
        if (words.Length % 2 != 0)
        {
            return false;
        }

        for (int i = 0; i < words.Length; i += 2)
        {
            if (!long.TryParse(words[i], NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) || seconds == 0
                || !long.TryParse(words[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out long changes))
            {
                return false;
            }

            read.Add(new SavePoint(seconds, changes));
        }

        return true;
    }
}
