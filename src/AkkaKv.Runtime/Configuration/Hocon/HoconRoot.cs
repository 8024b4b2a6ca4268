namespace Akka.Configuration.Hocon;

/// <summary>A parsed document: its value and the substitutions found in it.</summary>
public class HoconRoot
{
    /// <summary>Creates a document without a value.</summary>
    protected HoconRoot()
    {
        Value = null;
        Substitutions = [];
    }

    /// <summary>Creates a document.</summary>
    public HoconRoot(HoconValue value, IEnumerable<HoconSubstitution> substitutions)
    {
        Value = value;
        Substitutions = substitutions;
    }

    /// <summary>Creates a document without substitutions.</summary>
    public HoconRoot(HoconValue value) : this(value, [])
    {
    }

    /// <summary>The value; an object.</summary>
    public HoconValue? Value { get; }

    /// <summary>All substitutions of the document and of what it included.</summary>
    public IEnumerable<HoconSubstitution> Substitutions { get; }
}
