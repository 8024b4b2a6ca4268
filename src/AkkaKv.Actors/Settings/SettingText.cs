using System.Globalization;

namespace AkkaKv.Actors.Settings;

/// <summary>The written forms of switches, durations and sizes in settings.</summary>
public static class SettingText
{
    /// <summary>What <see cref="TryDuration"/> reads, for error messages.</summary>
    public const string DurationForms = "a duration such as 500ms, 10s or 3m";

    /// <summary>What <see cref="TryBytes"/> reads, for error messages.</summary>
    public const string BytesForms = "a size such as 65536, 512kb or 64mb";

    private static readonly (string Unit, double Ms)[] DurationUnits =
    [
        ("ns", 1e-6), ("nanoseconds", 1e-6), ("us", 1e-3), ("microseconds", 1e-3), ("ms", 1), ("milliseconds", 1), ("millis", 1),
        ("s", 1e3), ("second", 1e3), ("seconds", 1e3), ("m", 60e3), ("minute", 60e3), ("minutes", 60e3),
        ("h", 3600e3), ("hour", 3600e3), ("hours", 3600e3), ("d", 86400e3), ("day", 86400e3), ("days", 86400e3),
    ];

    // kB, MB, GB are powers of ten as HOCON defines them; kb, mb, gb are powers of two as in redis.conf, where users bring them from.
    private static readonly (string Unit, long Bytes)[] SizeUnits =
    [
        ("B", 1), ("b", 1), ("bytes", 1),
        ("kB", 1000), ("MB", 1000_000), ("GB", 1000_000_000),
        ("k", 1L << 10), ("K", 1L << 10), ("kb", 1L << 10), ("Ki", 1L << 10), ("KiB", 1L << 10),
        ("m", 1L << 20), ("M", 1L << 20), ("mb", 1L << 20), ("Mi", 1L << 20), ("MiB", 1L << 20),
        ("g", 1L << 30), ("G", 1L << 30), ("gb", 1L << 30), ("Gi", 1L << 30), ("GiB", 1L << 30),
    ];

    /// <summary>on/off, yes/no, true/false.</summary>
    public static bool TrySwitch(string text, out bool value)
    {
        value = text is "on" or "yes" or "true";
        return value || text is "off" or "no" or "false";
    }

    /// <summary>A number with a unit (ns to days); a bare number means milliseconds, as everywhere in HOCON.</summary>
    public static bool TryDuration(string text, out TimeSpan value)
    {
        value = default;
        (ReadOnlySpan<char> number, ReadOnlySpan<char> unit) = Split(text);
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double count))
            return false;
        double ms = unit.Length == 0 ? 1 : 0;
        foreach ((string name, double length) in DurationUnits)
        {
            if (unit.SequenceEqual(name))
                ms = length;
        }
        if (ms == 0 || count * ms > TimeSpan.MaxValue.TotalMilliseconds / 2)
            return false;
        value = TimeSpan.FromMilliseconds(count * ms);
        return true;
    }

    /// <summary>A number of bytes with an optional unit.</summary>
    public static bool TryBytes(string text, out long value)
    {
        value = 0;
        (ReadOnlySpan<char> number, ReadOnlySpan<char> unit) = Split(text);
        if (!long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long count))
            return false;
        long factor = unit.Length == 0 ? 1 : 0;
        foreach ((string name, long size) in SizeUnits)
        {
            if (unit.SequenceEqual(name))
                factor = size;
        }
        if (factor == 0 || count > long.MaxValue / factor)
            return false;
        value = count * factor;
        return true;
    }

    private static (string Number, string Unit) Split(string text)
    {
        text = text.Trim();
        int end = 0;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.'))
            end++;
        return (text[..end], text[end..].Trim());
    }
}
