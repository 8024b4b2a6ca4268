namespace Akka.Configuration.Hocon;

/// <summary>One part of a value: a text, an array, an object or a substitution.</summary>
public interface IHoconElement
{
    /// <summary>True if the element is a text.</summary>
    bool IsString();

    /// <summary>The text.</summary>
    string? GetString();

    /// <summary>True if the element is an array.</summary>
    bool IsArray();

    /// <summary>The elements of the array.</summary>
    IList<HoconValue> GetArray();
}

/// <summary>An element that is an object, or may turn out to be one once substitutions are resolved.</summary>
public interface IMightBeAHoconObject
{
    /// <summary>True if it is an object.</summary>
    bool IsObject();

    /// <summary>The object, or null.</summary>
    HoconObject? GetObject();
}
