using System.Globalization;
using System.Text;

namespace AkkaKv.EndToEnd.Tests.Differential;

/// <summary>Draws arguments: mostly sensible ones, some at the limits, some wrong.</summary>
internal sealed class ArgumentPool(Random random)
{
    private static readonly string[] Keys = ["a", "b", "c", "k1", "k2", "key:1", "key:2", "{tag}x", "with space", "br[a]cket", "\x00\xff", ""];

    private static readonly string[] OddNumbers =
    [
        "", " 1", "1 ", "01", "+1", "-0", "1.5", "abc", "0x10", "1e3", "9223372036854775807", "-9223372036854775808", "9223372036854775808",
        "-9223372036854775809", "18446744073709551616", "9223372036854775", "9223372036854776", "-9223372036854776", "4294967296",
        "99999999999999999999999",
    ];

    private static readonly string[] Floats =
    [
        "1.5", "-3.25", "0.1", "1e3", "-1E-2", "3.0e0", "5", "+7", ".5", "5.", "0x1p4", "inf", "-inf", "nan", "abc", "", " 1", "1 ", "1e20",
        "1e300", "1e4932", "-1e4932", "1e-20", "123456789.123456789", "1e5000", "1e-5000", "0.00000000000000000001", "-0", "--1", "1e",
    ];

    private static readonly string[] Patterns =
    [
        "*", "k*", "?", "key:[0-9]", "[^a]", "[a-c]", "*\\[a\\]*", "", "**", "*y*", "[", "[a", "\\a", "a\\", "[c-a]*", "K*", "*[!-~]", "{tag}?",
    ];

    public Random Random { get; } = random;

    /// <summary>The number that <see cref="Ascending"/> gave last.</summary>
    public int LastAscending { get; private set; }

    /// <summary>A number that is never less than the one before.</summary>
    public int Ascending() => LastAscending += Random.Next(3);

    public bool Chance(int percent) => Random.Next(100) < percent;

    public T Pick<T>(params ReadOnlySpan<T> from) => from[Random.Next(from.Length)];

    public byte[] Key() => Bytes(Pick<string>(Keys));

    public byte[] Pattern() => Bytes(Pick<string>(Patterns));

    /// <summary>A word with letters of random case.</summary>
    public byte[] Word(string word) => Bytes(Chance(70) ? word : string.Concat(word.Select(
        letter => Chance(50) ? char.ToLowerInvariant(letter) : char.ToUpperInvariant(letter))));

    public byte[] Number(int low, int high) =>
        Bytes(Chance(90) ? Random.Next(low, high).ToString(CultureInfo.InvariantCulture) : Pick<string>(OddNumbers));

    public byte[] OddNumber() => Bytes(Pick<string>(OddNumbers));

    /// <summary>A count that is refused; not one so large that its reply would have no end.</summary>
    public byte[] OddCount() => Bytes(Pick<string>("", " 1", "01", "1.5", "abc", "9223372036854775808", "-9223372036854775808"));

    public byte[] Float() => Bytes(Pick<string>(Floats));

    public byte[] Value() => Random.Next(12) switch
    {
        0 => [],
        1 or 2 or 3 => Bytes(Random.Next(-20, 20000).ToString(CultureInfo.InvariantCulture)),
        4 => OddNumber(),
        5 => Float(),
        6 => Binary(Random.Next(1, 40)),
        7 => Letters(Random.Next(40, 50)),
        8 => Letters(Random.Next(100, 800)),
        _ => Letters(Random.Next(1, 12)),
    };

    /// <summary>Few letters, so that strings have something in common.</summary>
    public byte[] Letters(int length) => [.. Enumerable.Range(0, length).Select(_ => (byte)('a' + Random.Next(4)))];

    public byte[] Binary(int length)
    {
        byte[] bytes = new byte[length];
        Random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>A bit offset that takes no more than a few kilobytes, or is refused.</summary>
    public byte[] BitOffset() => Bytes(Pick<string>(
        Random.Next(0, 64).ToString(CultureInfo.InvariantCulture),
        Random.Next(0, 9000).ToString(CultureInfo.InvariantCulture),
        "#" + Random.Next(0, 20).ToString(CultureInfo.InvariantCulture),
        Chance(80) ? "7" : Pick<string>("4294967296", "-1", "abc", "", "#", "#-1", "9223372036854775807", "#9223372036854775807", "1.0")));

    /// <summary>A relative expiry far from now, or one that is refused.</summary>
    public byte[] Seconds() => Bytes(Chance(80) ? Random.Next(200, 90000).ToString(CultureInfo.InvariantCulture)
        : Pick<string>("0", "-1", "-1000", "abc", "", "9223372036854775807", "-9223372036854775808", "9223372036854775", "1.5"));

    public byte[] Milliseconds() => Bytes(Chance(80) ? Random.Next(200_000, 90_000_000).ToString(CultureInfo.InvariantCulture)
        : Pick<string>("0", "-1", "-100000", "abc", "", "9223372036854775807", "-9223372036854775808", "9223372036854775000", "1.5"));

    public byte[] UnixSeconds() => Bytes(Chance(80) ? (2_000_000_000 + Random.Next(100)).ToString(CultureInfo.InvariantCulture)
        : Pick<string>("0", "-1", "1", "1600000000", "abc", "9223372036854775807", "9223372036854775", "9223372036854776"));

    public byte[] UnixMilliseconds() => Bytes(Chance(80) ? (2_000_000_000_000 + Random.Next(100_000)).ToString(CultureInfo.InvariantCulture)
        : Pick<string>("0", "-1", "1", "1600000000000", "abc", "9223372036854775807", "-9223372036854775808"));

    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);
}
