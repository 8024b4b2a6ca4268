namespace Akka.Configuration.Hocon;

/// <summary>A text. The unquoted text <c>null</c> has the value null.</summary>
public class HoconLiteral : IHoconElement
{
    /// <summary>The text.</summary>
    public string? Value { get; set; }

    /// <summary>True for the white space between two parts of a concatenation, which counts only if both are texts.</summary>
    internal bool IsSeparator { get; init; }

    /// <inheritdoc/>
    public bool IsString() => true;

    /// <inheritdoc/>
    public string? GetString() => Value;

    /// <inheritdoc/>
    public bool IsArray() => false;

    /// <inheritdoc/>
    public IList<HoconValue> GetArray() => throw new ConfigurationException($"'{Value}' is not an array.");

    /// <inheritdoc/>
    public override string ToString() => Value ?? "null";
}
