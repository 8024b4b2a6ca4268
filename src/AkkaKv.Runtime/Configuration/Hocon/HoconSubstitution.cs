namespace Akka.Configuration.Hocon;

/// <summary>
/// <c>${path}</c> or <c>${?path}</c>. It stands for the value at the path in the finished document, or for the environment
/// variable of that name; an optional one that finds neither stands for nothing.
/// </summary>
public class HoconSubstitution : IHoconElement, IMightBeAHoconObject
{
    /// <summary>Creates a substitution without a path.</summary>
    public HoconSubstitution() => Path = "";

    /// <summary>Creates a substitution; a leading <c>?</c> makes it optional.</summary>
    public HoconSubstitution(string path)
    {
        IsOptional = path.StartsWith('?');
        Path = path.TrimStart('?');
    }

    /// <summary>The path, without the question mark.</summary>
    public string Path { get; set; }

    /// <summary>What the substitution stands for; null before resolution and for an optional one that found nothing.</summary>
    public HoconValue? ResolvedValue { get; set; }

    /// <summary>True for <c>${?path}</c>.</summary>
    internal bool IsOptional { get; }

    /// <summary>Line and column of the dollar sign, for errors; 1-based.</summary>
    internal (int Line, int Column) Position { get; init; }

    /// <summary>The field whose value contains this substitution, so that <c>a = ${a} …</c> finds the earlier value; null in arrays' objects.</summary>
    internal HoconValue? Field { get; init; }

    /// <summary>The absolute path of <see cref="Field"/>.</summary>
    internal IReadOnlyList<string>? FieldPath { get; init; }

    /// <summary>Where the document that contains it was included; the path is looked up there first.</summary>
    internal IReadOnlyList<string> IncludedAt { get; set; } = [];

    /// <inheritdoc/>
    public bool IsString() => ResolvedValue is not null && ResolvedValue.IsString();

    /// <inheritdoc/>
    public string? GetString() => ResolvedValue?.GetString();

    /// <inheritdoc/>
    public bool IsArray() => ResolvedValue is not null && ResolvedValue.IsArray();

    /// <inheritdoc/>
    public IList<HoconValue> GetArray() => ResolvedValue?.GetArray() ?? [];

    /// <inheritdoc/>
    public bool IsObject() => ResolvedValue is not null && ResolvedValue.IsObject();

    /// <inheritdoc/>
    public HoconObject? GetObject() => ResolvedValue?.GetObject();
}
