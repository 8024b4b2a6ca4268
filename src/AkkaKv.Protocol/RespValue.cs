using System.Globalization;
using System.Text;

namespace AkkaKv.Protocol;

/// <summary>The type of a reply.</summary>
public enum RespKind
{
    /// <summary><c>_</c>, or the -1 length of RESP2.</summary>
    Null,

    /// <summary><c>+</c></summary>
    SimpleString,

    /// <summary><c>-</c>, or <c>!</c> of RESP3.</summary>
    Error,

    /// <summary><c>:</c></summary>
    Integer,

    /// <summary><c>$</c></summary>
    Bulk,

    /// <summary><c>*</c></summary>
    Array,

    /// <summary><c>%</c>; the items are key, value, key, value.</summary>
    Map,

    /// <summary><c>~</c></summary>
    Set,

    /// <summary><c>&gt;</c></summary>
    Push,

    /// <summary><c>,</c></summary>
    Double,

    /// <summary><c>#</c></summary>
    Boolean,

    /// <summary><c>(</c></summary>
    BigNumber,

    /// <summary><c>=</c>; the bytes are the text without its format.</summary>
    Verbatim,
}

/// <summary>A reply that was read completely. It owns its bytes.</summary>
public sealed class RespValue
{
    /// <summary>The null reply.</summary>
    public static readonly RespValue Null = new(RespKind.Null);

    private RespValue(RespKind kind, byte[]? bytes = null, long integer = 0, double number = 0, RespValue[]? items = null)
    {
        Kind = kind;
        Bytes = bytes ?? [];
        Integer = integer;
        Double = number;
        Items = items ?? [];
    }

    /// <summary>The type.</summary>
    public RespKind Kind { get; }

    /// <summary>The bytes of a string, error, big number or verbatim text; empty for all others.</summary>
    public byte[] Bytes { get; }

    /// <summary>The value of an integer; 1 or 0 for a boolean.</summary>
    public long Integer { get; }

    /// <summary>The value of a double.</summary>
    public double Double { get; }

    /// <summary>The items of an array, set, push, or (keys and values in turn) map; empty for all others.</summary>
    public IReadOnlyList<RespValue> Items { get; }

    /// <summary>Whether this is an error.</summary>
    public bool IsError => Kind == RespKind.Error;

    /// <summary>Whether this is the null reply.</summary>
    public bool IsNull => Kind == RespKind.Null;

    /// <summary>The item at <paramref name="index"/>.</summary>
    public RespValue this[int index] => Items[index];

    /// <summary>The value as text: strings as UTF-8, numbers in decimal, null as the empty string.</summary>
    public string Text => Kind switch
    {
        RespKind.Integer or RespKind.Boolean => Integer.ToString(CultureInfo.InvariantCulture),
        RespKind.Double => Double.ToString("R", CultureInfo.InvariantCulture),
        _ => Encoding.UTF8.GetString(Bytes),
    };

    /// <summary>For messages and tests: redis-cli's way of showing a reply, on one line.</summary>
    public override string ToString() => Kind switch
    {
        RespKind.Null => "(nil)",
        RespKind.SimpleString or RespKind.BigNumber => Text,
        RespKind.Error => "(error) " + Text,
        RespKind.Integer => "(integer) " + Text,
        RespKind.Double => "(double) " + Text,
        RespKind.Boolean => Integer == 1 ? "(true)" : "(false)",
        RespKind.Bulk or RespKind.Verbatim => "\"" + Text + "\"",
        RespKind.Map => "{" + string.Join(", ", Items) + "}",
        RespKind.Set => "~[" + string.Join(", ", Items) + "]",
        RespKind.Push => ">[" + string.Join(", ", Items) + "]",
        _ => "[" + string.Join(", ", Items) + "]",
    };

    internal static RespValue OfBytes(RespKind kind, ReadOnlySpan<byte> bytes) => new(kind, bytes.ToArray());

    internal static RespValue OfInteger(RespKind kind, long value) => new(kind, integer: value);

    internal static RespValue OfDouble(double value) => new(RespKind.Double, number: value);

    internal static RespValue OfItems(RespKind kind, RespValue[] items) => new(kind, items: items);
}
