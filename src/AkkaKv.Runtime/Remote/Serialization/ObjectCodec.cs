using Akka.Remote.Wire;
using Akka.Serialization;

namespace Akka.Remote.Serialization;

/// <summary>
/// Writes any message that has a serializer: the serializer's number, its manifest, its bytes; number 0 is null. What comes in is
/// looked up by number and manifest in the closed set of registered serializers; no type name is ever read.
/// </summary>
internal static class ObjectCodec
{
    private const int Null = 0;

    /// <exception cref="System.Runtime.Serialization.SerializationException">The message's type has no serializer.</exception>
    public static void Write(WireWriter writer, object? message, Akka.Serialization.Serialization serialization)
    {
        if (message is null)
        {
            writer.Varint(Null);
            return;
        }
        var serializer = serialization.FindSerializerFor(message);
        writer.Varint(serializer.Identifier);
        writer.Text(Akka.Serialization.Serialization.ManifestFor(serializer, message));
        writer.Bytes(serializer.ToBinary(message));
    }

    /// <exception cref="System.Runtime.Serialization.SerializationException">The serializer or its manifest is not known.</exception>
    /// <exception cref="WireFormatException">The bytes do not follow the format.</exception>
    public static object? Read(ref WireReader reader, Akka.Serialization.Serialization serialization)
    {
        var identifier = reader.Varint();
        if (identifier == Null)
            return null;
        if (identifier > int.MaxValue)
            throw new WireFormatException($"{identifier} is no serializer");
        var manifest = reader.Text();
        return serialization.Deserialize(reader.Bytes().ToArray(), (int)identifier, manifest);
    }
}
