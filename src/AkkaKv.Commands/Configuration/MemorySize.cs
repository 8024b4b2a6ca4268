using System.Globalization;

namespace AkkaKv.Commands.Configuration;

/// <summary>Sizes as redis.conf writes them: a number, then nothing or b, k, kb, m, mb, g, gb; with b the factor is 1024, without it 1000.</summary>
public static class MemorySize
{
    private static readonly (string Unit, long Factor)[] Units =
    [
        ("kb", 1L << 10), ("mb", 1L << 20), ("gb", 1L << 30), ("k", 1_000), ("m", 1_000_000), ("g", 1_000_000_000), ("b", 1), ("", 1),
    ];

    /// <summary>Reads a size in bytes; false when the text is none.</summary>
    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        foreach ((string unit, long factor) in Units)
        {
            if (text.EndsWith(unit, StringComparison.OrdinalIgnoreCase)
                && long.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
                && number <= long.MaxValue / factor)
            {
                bytes = number * factor;
                return true;
            }
        }

        return false;
    }

    /// <summary>A size for people: <c>1.50M</c>, as INFO's _human fields.</summary>
    public static string Format(long bytes) => bytes switch
    {
        < 1L << 10 => string.Create(CultureInfo.InvariantCulture, $"{bytes}B"),
        < 1L << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.00}K"),
        < 1L << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024):0.00}M"),
        < 1L << 40 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024 * 1024):0.00}G"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024 * 1024 * 1024):0.00}T"),
    };
}
