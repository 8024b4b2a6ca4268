using System.Text;
using AkkaKv.Keyspace;

namespace AkkaKv.Commands.Commands.Keys;

/// <summary>The names of the types that TYPE answers and SCAN … TYPE takes.</summary>
internal static class TypeNames
{
    /// <summary>The type's name.</summary>
    public static ReadOnlySpan<byte> Of(DataType type) => type switch
    {
        DataType.String => "string"u8,
        DataType.List => "list"u8,
        DataType.Set => "set"u8,
        DataType.ZSet => "zset"u8,
        DataType.Hash => "hash"u8,
        _ => "stream"u8,
    };

    /// <summary>Whether <paramref name="name"/> names the type, in any case.</summary>
    public static bool Is(DataType type, ReadOnlySpan<byte> name) => Ascii.EqualsIgnoreCase(Of(type), name);
}
