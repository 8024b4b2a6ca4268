using System.Globalization;

namespace AkkaKv.Benchmarks;

/// <summary>The options behind a mode's name: <c>--name value</c> and <c>--flag</c>, in any order. What nothing has asked for at the <see cref="End"/> is unknown.</summary>
internal sealed class ModeArguments(ReadOnlySpan<string> arguments, string usage)
{
    private readonly List<string> _left = [.. arguments];

    /// <summary>Whether a flag is there.</summary>
    public bool Flag(string name) => _left.Remove(name);

    /// <summary>The text behind a name.</summary>
    /// <exception cref="FormatException">The name stands last.</exception>
    public string Text(string name, string standard)
    {
        var at = _left.IndexOf(name);
        if (at < 0)
            return standard;
        if (at + 1 == _left.Count)
            throw Wrong($"{name} lacks its value.");
        var value = _left[at + 1];
        _left.RemoveRange(at, 2);
        return value;
    }

    /// <summary>The number behind a name, from 1 to <paramref name="max"/>.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public int Number(string name, int standard, int max = 100_000_000) =>
        Text(name, "") is { Length: > 0 } text ? Parse(text, max) : standard;

    /// <summary>The words behind a name, separated by commas.</summary>
    public string[] List(string name, string[] standard) => Text(name, "") is { Length: > 0 } text ? text.Split(',') : standard;

    /// <summary>The numbers behind a name, separated by commas.</summary>
    /// <exception cref="FormatException">One is no number from 1 to <paramref name="max"/>.</exception>
    public int[] Numbers(string name, int[] standard, int max = 100_000_000) =>
        Text(name, "") is { Length: > 0 } text ? [.. text.Split(',').Select(item => Parse(item, max))] : standard;

    /// <summary>All that there is has been asked for.</summary>
    /// <exception cref="FormatException">Something is left.</exception>
    public void End()
    {
        if (_left.Count > 0)
            throw Wrong($"{_left[0]} is unknown.");
    }

    /// <summary>What to throw for an argument that cannot be.</summary>
    public FormatException Wrong(string what) => new($"{what}\n{usage}");

    private int Parse(string text, int max) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= max
            ? number
            : throw Wrong($"'{text}' is no number from 1 to {max}.");
}
