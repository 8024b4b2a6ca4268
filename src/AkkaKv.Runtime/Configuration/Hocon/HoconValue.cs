using System.Globalization;

namespace Akka.Configuration.Hocon;

/// <summary>
/// A value: one element, or several that are concatenated (texts are joined, arrays appended, objects merged left to right).
/// </summary>
public class HoconValue : IMightBeAHoconObject
{
    /// <summary>Creates a value without elements.</summary>
    public HoconValue() => Values = [];

    /// <summary>Creates a value of the given elements.</summary>
    public HoconValue(List<IHoconElement> values, bool adoptedFromFallback = true) => Values = values;

    /// <summary>The concatenated elements.</summary>
    public List<IHoconElement> Values { get; }

    /// <summary>True if there is no element.</summary>
    public bool IsEmpty => Values.Count == 0 || (Values is [HoconObject { Items.Count: 0 }]);

    /// <summary>The value that this field had above this one in the text: what a reference to itself means, and what an object merges with.</summary>
    internal HoconValue? Prior { get; set; }

    /// <summary>True if an element is a substitution.</summary>
    internal bool HasSubstitution => Values.Exists(v => v is HoconSubstitution);

    /// <summary>True if it is an object or may become one when substitutions are resolved.</summary>
    internal bool CouldBeObject => Meaning().All(v => v is IMightBeAHoconObject);

    internal static HoconValue OfObject(HoconObject value) => new([value]);

    internal static HoconValue OfText(string? value) => new([new HoconLiteral { Value = value }]);

    /// <summary>Adds an element to the concatenation.</summary>
    public void AppendValue(IHoconElement value) => Values.Add(value);

    /// <summary>Removes all elements.</summary>
    public void Clear() => Values.Clear();

    /// <summary>Replaces all elements with one.</summary>
    public void NewValue(IHoconElement value)
    {
        Values.Clear();
        Values.Add(value);
    }

    /// <summary>A configuration that holds this value under <paramref name="key"/>.</summary>
    public Config AtKey(string key)
    {
        var holder = new HoconObject();
        holder.Items[key] = this;
        return new Config(new HoconRoot(OfObject(holder)));
    }

    /// <summary>This value, which must be an object, as a configuration.</summary>
    public Config ToConfig() => new(new HoconRoot(this));

    /// <summary>True if all elements are texts.</summary>
    public bool IsString() => Meaning().ToList() is { Count: > 0 } parts && parts.TrueForAll(v => v.IsString());

    /// <summary>True if all elements are arrays.</summary>
    public bool IsArray() => Meaning().ToList() is { Count: > 0 } parts && parts.TrueForAll(v => v.IsArray());

    /// <summary>True if all elements are objects.</summary>
    public bool IsObject() => GetObject() is not null;

    /// <summary>The object, or null if it is none.</summary>
    public HoconObject? GetObject()
    {
        if (Prior is null && Values is [HoconObject only]) return only;
        HoconObject? merged = null;
        foreach (var part in Meaning())
        {
            if ((part as IMightBeAHoconObject)?.GetObject() is not { } next) return null;
            merged = merged is null ? next : next.OverFallback(merged);
        }
        return merged is not null && Prior?.GetObject() is { } prior ? merged.OverFallback(prior) : merged;
    }

    /// <summary>The value of a key of the object, or null.</summary>
    public HoconValue? GetChildObject(string key) => GetObject()?.GetKey(key);

    /// <summary>The text; null for <c>null</c>.</summary>
    public string? GetString()
    {
        if (Values is [HoconLiteral only]) return only.Value;
        if (!IsString() && Values.Count > 0) throw new ConfigurationException($"{Describe()} is not a string.");
        return Values.Count == 0 ? null : string.Concat(Meaning().Select(v => v.GetString()));
    }

    /// <summary>The elements of the array.</summary>
    public IList<HoconValue> GetArray()
    {
        if (!IsArray()) throw new ConfigurationException($"{Describe()} is not an array.");
        return Meaning().SelectMany(v => v.GetArray()).ToList();
    }

    /// <summary>true, on, yes, false, off or no.</summary>
    public bool GetBoolean() => GetString() switch
    {
        "true" or "on" or "yes" => true,
        "false" or "off" or "no" => false,
        var other => throw new FormatException($"'{other}' is not a boolean."),
    };

    /// <summary>An 8-bit integer.</summary>
    public byte GetByte() => byte.Parse(Number(), CultureInfo.InvariantCulture);

    /// <summary>A 32-bit integer.</summary>
    public int GetInt() => int.Parse(Number(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    /// <summary>A 64-bit integer.</summary>
    public long GetLong() => long.Parse(Number(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    /// <summary>A number.</summary>
    public float GetFloat() => float.Parse(Number(), NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>A number.</summary>
    public double GetDouble() => double.Parse(Number(), NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>A number.</summary>
    public decimal GetDecimal() => decimal.Parse(Number(), NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>A size in bytes.</summary>
    public long? GetByteSize() => HoconUnits.ParseByteSize(Number());

    /// <summary>A duration; without a unit in milliseconds; <c>infinite</c> is <see cref="Timeout.InfiniteTimeSpan"/>.</summary>
    public TimeSpan GetTimeSpan(bool allowInfinite = true) => HoconUnits.ParseDuration(Number(), allowInfinite);

    /// <summary>The texts of the array.</summary>
    public IList<string?> GetStringList() => GetArray().Select(v => v.GetString()).ToList();

    /// <summary>The integers of the array.</summary>
    public IList<int> GetIntList() => GetArray().Select(v => v.GetInt()).ToList();

    /// <inheritdoc/>
    public override string ToString() => ToString(0);

    /// <summary>The value as HOCON, its fields indented by <paramref name="indent"/> levels.</summary>
    public virtual string ToString(int indent)
    {
        if (GetObject() is { } fields) return fields.ToString(indent);
        if (IsArray())
            return "[" + string.Join(", ", GetArray().Select(v => v.IsObject() ? $"{{\n{v.ToString(indent + 1)}\n{new string(' ', indent * 2)}}}" : v.ToString(indent))) + "]";
        return Meaning().Any() ? HoconText.Write(GetString()) : "\"\"";
    }

    /// <summary>The value in a few words, for errors.</summary>
    internal string Describe() => IsObject() ? "an object" : IsArray() ? $"the array {this}" : IsString() ? $"'{GetString()}'" : "nothing";

    /// <summary>The object at the end of this value, added if the last element is none; new fields of it win over everything before.</summary>
    internal HoconObject OwnObject()
    {
        if (Values.Count > 0 && Values[^1] is HoconObject last) return last;
        var added = new HoconObject();
        if (!CouldBeObject)
        {
            Values.Clear();
            Prior = null;
        }
        Values.Add(added);
        return added;
    }

    /// <summary>True if it consists of optional substitutions that found nothing, and no value above it in the text stands instead.</summary>
    internal bool IsNothing => OnlyFoundNothing && (Prior is null || Prior.IsNothing);

    private bool OnlyFoundNothing =>
        HasSubstitution && Values.TrueForAll(v => v is HoconSubstitution { ResolvedValue: null } or HoconLiteral { IsSeparator: true });

    /// <summary>
    /// The elements that count: no substitution that found nothing, and no white space next to arrays and objects. A value of optional
    /// substitutions that found nothing leaves the field as it was above it in the text.
    /// </summary>
    internal IEnumerable<IHoconElement> Meaning()
    {
        if (OnlyFoundNothing) return Prior?.Meaning() ?? [];
        var structural = Values.Exists(v => v is HoconArray or HoconObject || (v is HoconSubstitution s && (s.IsArray() || s.IsObject())));
        return Values.Where(v => v is not HoconSubstitution { ResolvedValue: null } && !(v is HoconLiteral { IsSeparator: true } && structural));
    }

    private string Number() => GetString() ?? throw new FormatException("null has no value.");
}
