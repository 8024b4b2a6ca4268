using System.Text;

namespace AkkaKv.Replication;

/// <summary>
/// Names a replication history: 40 hexadecimal digits. Two nodes that have the same id and the same offset have the same data.
/// </summary>
public readonly record struct ReplicationId
{
    /// <summary>Digits of an id.</summary>
    public const int Length = 40;

    /// <summary>Random bytes that <see cref="FromRandom"/> wants.</summary>
    public const int RandomLength = Length / 2;

    private static readonly string NoneText = new('0', Length);

    private readonly string? _text;

    private ReplicationId(string text) => _text = text;

    /// <summary>Forty zeros: no history (what INFO shows for an absent second id).</summary>
    public static ReplicationId None => default;

    public bool IsNone => _text is null;

    /// <summary>A new id from random bytes.</summary>
    public static ReplicationId FromRandom(ReadOnlySpan<byte> random)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(random.Length, RandomLength);
        return new ReplicationId(Convert.ToHexStringLower(random));
    }

    /// <summary>Reads an id in any letter case; false if it is not 40 hexadecimal digits.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out ReplicationId id)
    {
        id = None;
        if (text.Length != Length)
            return false;
        foreach (var digit in text)
        {
            if (!char.IsAsciiHexDigit((char)digit))
                return false;
        }

        var parsed = Encoding.ASCII.GetString(text).ToLowerInvariant();
        id = parsed == NoneText ? None : new ReplicationId(parsed);
        return true;
    }

    /// <summary>Reads an id from text.</summary>
    /// <exception cref="FormatException">It is not 40 hexadecimal digits.</exception>
    public static ReplicationId Parse(string text) =>
        TryParse(Encoding.UTF8.GetBytes(text), out var id) ? id : throw new FormatException($"'{text}' is not a replication id");

    public override string ToString() => _text ?? NoneText;
}
