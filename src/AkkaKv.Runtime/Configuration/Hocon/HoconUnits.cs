using System.Globalization;

namespace Akka.Configuration.Hocon;

/// <summary>Durations and sizes with units, as the HOCON specification lists them.</summary>
internal static class HoconUnits
{
    /// <summary>Parses a duration; a bare number is in milliseconds. Resolution 100 ns.</summary>
    public static TimeSpan ParseDuration(string text, bool allowInfinite)
    {
        if (text is "infinite" or "infinity")
            return allowInfinite ? Timeout.InfiniteTimeSpan : throw new FormatException("An infinite duration is not allowed here.");
        var (number, unit) = Split(text);
        decimal ticks = unit switch
        {
            "ns" or "nano" or "nanos" or "nanosecond" or "nanoseconds" => 0.01m,
            "us" or "micro" or "micros" or "microsecond" or "microseconds" => 10,
            "" or "ms" or "milli" or "millis" or "millisecond" or "milliseconds" => TimeSpan.TicksPerMillisecond,
            "s" or "second" or "seconds" => TimeSpan.TicksPerSecond,
            "m" or "minute" or "minutes" => TimeSpan.TicksPerMinute,
            "h" or "hour" or "hours" => TimeSpan.TicksPerHour,
            "d" or "day" or "days" => TimeSpan.TicksPerDay,
            _ => throw new FormatException($"'{unit}' is not a unit of time."),
        };
        return TimeSpan.FromTicks((long)(number * ticks));
    }

    /// <summary>Parses a size in bytes: powers of 1000 (kB, MB, …) or of 1024 (k, K, Ki, KiB, m, M, Mi, MiB, …).</summary>
    public static long ParseByteSize(string text)
    {
        var (number, unit) = Split(text);
        var factor = unit switch
        {
            "" or "b" or "B" or "byte" or "bytes" => 1m,
            "kB" or "kilobyte" or "kilobytes" => 1000m,
            "MB" or "megabyte" or "megabytes" => 1000m * 1000,
            "GB" or "gigabyte" or "gigabytes" => 1000m * 1000 * 1000,
            "TB" or "terabyte" or "terabytes" => 1000m * 1000 * 1000 * 1000,
            "PB" or "petabyte" or "petabytes" => 1000m * 1000 * 1000 * 1000 * 1000,
            "k" or "K" or "Ki" or "KiB" or "kibibyte" or "kibibytes" => 1L << 10,
            "m" or "M" or "Mi" or "MiB" or "mebibyte" or "mebibytes" => 1L << 20,
            "g" or "G" or "Gi" or "GiB" or "gibibyte" or "gibibytes" => 1L << 30,
            "t" or "T" or "Ti" or "TiB" or "tebibyte" or "tebibytes" => 1L << 40,
            "p" or "P" or "Pi" or "PiB" or "pebibyte" or "pebibytes" => 1L << 50,
            _ => throw new FormatException($"'{unit}' is not a unit of size."),
        };
        return (long)(number * factor);
    }

    private static (decimal Number, string Unit) Split(string text)
    {
        text = text.Trim();
        var end = text.Length;
        while (end > 0 && char.IsAsciiLetter(text[end - 1])) end--;
        return (decimal.Parse(text.AsSpan(0, end), NumberStyles.Float, CultureInfo.InvariantCulture), text[end..]);
    }
}
