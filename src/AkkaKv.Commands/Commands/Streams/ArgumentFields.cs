using AkkaKv.Keyspace.Values.Streams;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Streams;

/// <summary>The fields and values among a request's arguments, in turn from one on to the end.</summary>
internal readonly struct ArgumentFields(Arguments arguments, int first) : IStreamFields
{
    /// <inheritdoc/>
    public int Count => (arguments.Count - first) / 2;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Field(int index) => arguments[first + (index * 2)];

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Value(int index) => arguments[first + (index * 2) + 1];
}
