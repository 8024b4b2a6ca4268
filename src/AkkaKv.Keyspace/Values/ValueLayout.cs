namespace AkkaKv.Keyspace.Values;

/// <summary>How a value that is no string lies in memory; kept where strings have their <see cref="StringForm"/>.</summary>
internal enum ValueLayout : byte
{
    /// <summary>One buffer in Redis's listpack format.</summary>
    Packed = 0,

    /// <summary>One buffer in Redis's intset format.</summary>
    Integers = 1,

    /// <summary>The root of a structure of many blocks; see <see cref="StructuredValues"/>.</summary>
    Structured = 2,
}
