namespace AkkaKv.Keyspace.Values.Streams;

/// <summary>The fields and values of an entry that is added, wherever they are.</summary>
public interface IStreamFields
{
    /// <summary>Number of fields.</summary>
    int Count { get; }

    /// <summary>A field by its number.</summary>
    ReadOnlySpan<byte> Field(int index);

    /// <summary>A field's value by the field's number.</summary>
    ReadOnlySpan<byte> Value(int index);
}
