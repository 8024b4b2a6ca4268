namespace Akka.Configuration.Hocon;

/// <summary>Keys with their values.</summary>
public class HoconObject : IHoconElement, IMightBeAHoconObject
{
    /// <summary>The keys with their values, in the order of the text.</summary>
    public Dictionary<string, HoconValue> Items { get; } = [];

    /// <summary>The same as plain dictionaries and values.</summary>
    public IDictionary<string, object?> Unwrapped =>
        Items.ToDictionary(item => item.Key, item => item.Value.GetObject() is { } child ? child.Unwrapped : (object?)item.Value);

    /// <inheritdoc/>
    public bool IsString() => false;

    /// <inheritdoc/>
    public string? GetString() => throw new ConfigurationException("An object is not a string.");

    /// <inheritdoc/>
    public bool IsArray() => false;

    /// <inheritdoc/>
    public IList<HoconValue> GetArray() => throw new ConfigurationException("An object is not an array.");

    bool IMightBeAHoconObject.IsObject() => true;

    HoconObject IMightBeAHoconObject.GetObject() => this;

    /// <summary>The value of a key, or null.</summary>
    public HoconValue? GetKey(string key) => Items.GetValueOrDefault(key);

    /// <summary>The value of a key; an empty value is added if there is none.</summary>
    public HoconValue GetOrCreateKey(string key)
    {
        if (!Items.TryGetValue(key, out var value)) Items[key] = value = new HoconValue();
        return value;
    }

    /// <summary>Takes over the fields of <paramref name="other"/>, as if they were written below this object's own.</summary>
    public void Merge(HoconObject other)
    {
        foreach (var (key, value) in other.Items)
            Assign(key, value);
    }

    /// <inheritdoc/>
    public override string ToString() => ToString(0);

    /// <summary>The fields as HOCON, one a line, indented by <paramref name="indent"/> levels of two spaces.</summary>
    public string ToString(int indent)
    {
        var spaces = new string(' ', indent * 2);
        return string.Join("\n", Items.Select(item => item.Value.IsObject()
            ? $"{spaces}{HoconPath.Quote(item.Key)} {{\n{item.Value.ToString(indent + 1)}\n{spaces}}}"
            : $"{spaces}{HoconPath.Quote(item.Key)} : {item.Value.ToString(indent)}"));
    }

    /// <summary>Writes a field: an object merges into an earlier object, anything else replaces the earlier value.</summary>
    internal void Assign(string key, HoconValue value)
    {
        if (!Items.TryGetValue(key, out var earlier))
        {
            Items[key] = value;
            return;
        }
        if (value.HasSubstitution)
        {
            value.Prior = earlier;
            Items[key] = value;
        }
        else if (value.GetObject() is { } added && earlier.CouldBeObject)
        {
            earlier.OwnObject().Merge(added);
        }
        else
        {
            Items[key] = value;
        }
    }

    /// <summary>A new object: this one's fields, and those of <paramref name="fallback"/> that it lacks; objects merge key by key.</summary>
    internal HoconObject OverFallback(HoconObject fallback)
    {
        var merged = new HoconObject();
        foreach (var (key, value) in Items)
        {
            merged.Items[key] = value.GetObject() is { } mine && fallback.GetKey(key)?.GetObject() is { } theirs
                ? HoconValue.OfObject(mine.OverFallback(theirs))
                : value;
        }
        foreach (var (key, value) in fallback.Items)
            merged.Items.TryAdd(key, value);
        return merged;
    }
}
