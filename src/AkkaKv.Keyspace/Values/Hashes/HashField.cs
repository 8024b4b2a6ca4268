namespace AkkaKv.Keyspace.Values.Hashes;

/// <summary>A field of a hash with its value, seen in place.</summary>
public readonly ref struct HashField
{
    internal HashField(Element name, Element value)
    {
        Name = name;
        Value = value;
    }

    internal HashField(EntryBlock element)
    {
        Name = new Element(element.Key);
        Value = new Element(element.Value);
    }

    /// <summary>The field.</summary>
    public Element Name { get; }

    /// <summary>Its value.</summary>
    public Element Value { get; }
}

/// <summary>Is called with each field that a walk finds. It must not change the database.</summary>
/// <param name="state">What the caller handed to the walk.</param>
/// <param name="field">The field, valid during the call.</param>
public delegate void HashFieldVisitor<TState>(ref TState state, HashField field);
