using System.Globalization;
using System.Text;
using AkkaKv.Commands.Statistics;

namespace AkkaKv.Commands.Commands.Server;

/// <summary>Draws the samples of a latency event with characters: a column for each, its height by its duration, below it how long ago it was.</summary>
internal static class LatencyGraph
{
    private const int ColumnsMax = 80;
    private const int Rows = 4;

    // From the bottom of a row to its top.
    private const string Marks = "_o#";

    /// <summary>The drawing of the latest samples.</summary>
    public static string Draw(LatencyEvent happened, long nowMs)
    {
        (long TimeSeconds, long Milliseconds)[] samples = [.. happened.Samples.TakeLast(ColumnsMax)];
        long high = samples.Max(sample => sample.Milliseconds);
        long low = samples.Min(sample => sample.Milliseconds);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{happened.Name} - high {high} ms, low {low} ms (all time high {happened.LongestMs} ms)\n");
        text.Append('-', ColumnsMax).Append('\n');
        for (int row = Rows - 1; row >= 0; row--)
        {
            foreach ((_, long milliseconds) in samples)
            {
                text.Append(MarkOf(milliseconds, low, high, row));
            }

            text.Append('\n');
        }

        text.Append('\n');
        string[] ages = [.. samples.Select(sample => Age((nowMs / 1000) - sample.TimeSeconds))];
        for (int i = 0; i < ages.Max(age => age.Length); i++)
        {
            text.AppendJoin("", ages.Select(age => i < age.Length ? age[i] : ' ')).Append('\n');
        }

        return text.ToString();
    }

    private static char MarkOf(long milliseconds, long low, long high, int row)
    {
        int steps = (Rows * Marks.Length) - 1;
        int height = high == low ? 0 : (int)((milliseconds - low) * steps / (high - low));
        int inRow = height - (row * Marks.Length);
        return inRow < 0 ? ' ' : inRow < Marks.Length ? Marks[inRow] : '|';
    }

    private static string Age(long seconds) => seconds switch
    {
        < 60 => $"{Math.Max(seconds, 0)}s",
        < 3600 => $"{seconds / 60}m",
        < 86400 => $"{seconds / 3600}h",
        _ => $"{seconds / 86400}d",
    };
}
