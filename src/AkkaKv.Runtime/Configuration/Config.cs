using Akka.Configuration.Hocon;

namespace Akka.Configuration;

/// <summary>
/// An immutable tree of settings read from HOCON. A getter answers its default if the path is absent, and throws
/// <see cref="ConfigurationException"/> naming the path if the value is of another kind. Paths are dotted; a key that itself
/// contains dots is quoted: <c>akka.actor.deployment."/user/my.actor".dispatcher</c>.
/// </summary>
public class Config
{
    /// <summary>A configuration without any setting.</summary>
    public static readonly Config Empty = ConfigurationFactory.Empty;

    /// <summary>Creates an empty configuration.</summary>
    public Config() : this(new HoconRoot(HoconValue.OfObject(new HoconObject())))
    {
    }

    /// <summary>Wraps a parsed HOCON document.</summary>
    public Config(HoconRoot root)
    {
        ArgumentNullException.ThrowIfNull(root);
        if (root.Value is null) throw new ArgumentException("The root has no value.", nameof(root));
        Root = root.Value;
        Substitutions = root.Substitutions;
    }

    /// <summary>Puts <paramref name="fallback"/> behind <paramref name="source"/>.</summary>
    public Config(Config source, Config fallback)
    {
        ArgumentNullException.ThrowIfNull(source);
        Root = fallback is null ? source.Root : Merge(source.Root, fallback.Root);
        Substitutions = source.Substitutions;
        Fallback = fallback;
    }

    /// <summary>The configuration that was put behind this one, or null. Its settings are already merged into <see cref="Root"/>.</summary>
    public virtual Config? Fallback { get; private set; }

    /// <summary>True if there is no setting at all.</summary>
    public virtual bool IsEmpty => Root.GetObject() is not { Items.Count: > 0 };

    /// <summary>The value that holds all settings.</summary>
    public virtual HoconValue Root { get; private set; }

    /// <summary>The substitutions of the text this configuration was parsed from, all resolved.</summary>
    public IEnumerable<HoconSubstitution> Substitutions { get; set; }

    /// <summary>This configuration, with the settings of <paramref name="fallback"/> where it has none; objects merge key by key.</summary>
    public virtual Config WithFallback(Config fallback)
    {
        ArgumentNullException.ThrowIfNull(fallback);
        if (ReferenceEquals(fallback, this)) throw new ArgumentException("A configuration cannot be its own fallback.", nameof(fallback));
        if (fallback.IsEmpty) return this;
        return IsEmpty ? fallback : new Config(this, fallback);
    }

    /// <summary>The value at <paramref name="path"/>, or null.</summary>
    public virtual HoconValue? GetValue(string path)
    {
        var current = Root;
        foreach (var key in HoconPath.Split(path))
        {
            if (current.GetObject()?.Items.TryGetValue(key, out var child) != true) return null;
            current = child!;
        }
        return current;
    }

    /// <summary>True if there is a value at <paramref name="path"/>.</summary>
    public virtual bool HasPath(string path) => GetValue(path) is not null;

    /// <summary>The object at <paramref name="path"/> as a configuration of its own, or null if there is none.</summary>
    public virtual Config? GetConfig(string path)
    {
        var value = GetValue(path);
        if (value is null) return null;
        if (!value.IsObject()) throw Wrong(path, value, "an object");
        return new Config(new HoconRoot(value));
    }

    /// <summary>The text at <paramref name="path"/>.</summary>
    public virtual string? GetString(string path, string? @default = null) => Read(path, v => v.GetString(), @default, "a string");

    /// <summary>true, false, on, off, yes or no.</summary>
    public virtual bool GetBoolean(string path, bool @default = false) => Read(path, v => v.GetBoolean(), @default, "true, false, on or off");

    /// <summary>A 32-bit integer.</summary>
    public virtual int GetInt(string path, int @default = 0) => Read(path, v => v.GetInt(), @default, "an integer");

    /// <summary>A 64-bit integer.</summary>
    public virtual long GetLong(string path, long @default = 0) => Read(path, v => v.GetLong(), @default, "an integer");

    /// <summary>A number.</summary>
    public virtual float GetFloat(string path, float @default = 0) => Read(path, v => v.GetFloat(), @default, "a number");

    /// <summary>A number.</summary>
    public virtual double GetDouble(string path, double @default = 0) => Read(path, v => v.GetDouble(), @default, "a number");

    /// <summary>A number.</summary>
    public virtual decimal GetDecimal(string path, decimal @default = 0) => Read(path, v => v.GetDecimal(), @default, "a number");

    /// <summary>A size in bytes: a number with an optional unit (<c>kB</c> = 1000, <c>k</c>, <c>KiB</c> = 1024, …); null if absent.</summary>
    public virtual long? GetByteSize(string path) => GetByteSize(path, null);

    /// <summary>A size in bytes: a number with an optional unit (<c>kB</c> = 1000, <c>k</c>, <c>KiB</c> = 1024, …).</summary>
    public virtual long? GetByteSize(string path, long? def = null) => Read(path, v => v.GetByteSize(), def, "a size such as 128, 64 KiB or 1 MB");

    /// <summary>A duration: a number with an optional unit (milliseconds if none), or <c>infinite</c>.</summary>
    public virtual TimeSpan GetTimeSpan(string path, TimeSpan? @default = null, bool allowInfinite = true) =>
        Read(path, v => v.GetTimeSpan(allowInfinite), @default ?? TimeSpan.Zero, "a duration such as 200 ms, 5 s or 1 h");

    /// <summary>The texts of an array; empty if absent.</summary>
    public virtual IList<string> GetStringList(string path) => List(path, v => v.GetString() ?? "");

    /// <summary>The texts of an array.</summary>
    public virtual IList<string> GetStringList(string path, string[] defaultPaths) => HasPath(path) ? GetStringList(path) : defaultPaths;

    /// <summary>The booleans of an array; empty if absent.</summary>
    public virtual IList<bool> GetBooleanList(string path) => List(path, v => v.GetBoolean());

    /// <summary>The integers of an array; empty if absent.</summary>
    public virtual IList<int> GetIntList(string path) => List(path, v => v.GetInt());

    /// <summary>The integers of an array; empty if absent.</summary>
    public virtual IList<long> GetLongList(string path) => List(path, v => v.GetLong());

    /// <summary>The numbers of an array; empty if absent.</summary>
    public virtual IList<double> GetDoubleList(string path) => List(path, v => v.GetDouble());

    /// <summary>The top-level keys with their values.</summary>
    public virtual IEnumerable<KeyValuePair<string, HoconValue>> AsEnumerable() => Root.GetObject()?.Items.AsEnumerable() ?? [];

    /// <summary>The whole configuration as HOCON.</summary>
    public override string ToString() => Root.ToString();

    /// <summary>The whole configuration as HOCON. Fallbacks are merged when they are added, so both forms are the same.</summary>
    public virtual string ToString(bool includeFallback) => ToString();

    private T Read<T>(string path, Func<HoconValue, T> read, T fallback, string expected)
    {
        var value = GetValue(path);
        if (value is null) return fallback;
        try
        {
            return read(value);
        }
        catch (Exception e) when (e is FormatException or OverflowException or ConfigurationException or ArgumentException)
        {
            throw Wrong(path, value, expected, e);
        }
    }

    private IList<T> List<T>(string path, Func<HoconValue, T> read)
    {
        var value = GetValue(path);
        if (value is null) return [];
        if (!value.IsArray()) throw Wrong(path, value, "an array");
        return value.GetArray().Select((element, i) =>
        {
            try
            {
                return read(element);
            }
            catch (Exception e) when (e is FormatException or OverflowException or ConfigurationException)
            {
                throw new ConfigurationException($"{path}[{i}]: '{element}' is not {typeof(T).Name.ToLowerInvariant()}.", e);
            }
        }).ToList();
    }

    private static ConfigurationException Wrong(string path, HoconValue value, string expected, Exception? cause = null) =>
        new($"{path}: expected {expected}, found {value.Describe()}.", cause);

    private static HoconValue Merge(HoconValue primary, HoconValue fallback)
    {
        var first = primary.GetObject();
        var second = fallback.GetObject();
        return first is null || second is null ? primary : HoconValue.OfObject(first.OverFallback(second));
    }
}
