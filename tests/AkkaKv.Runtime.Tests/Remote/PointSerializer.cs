using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;

namespace AkkaKv.Runtime.Tests.Remoting;

/// <summary>A message of a user's.</summary>
public sealed record Point(int X, int Y);

/// <summary>Its serializer, bound in the configuration.</summary>
public class PointSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>The settings that bind it.</summary>
    public const string Configuration = """
        akka.actor {
          serializers.point = "AkkaKv.Runtime.Tests.Remoting.PointSerializer, AkkaKv.Runtime.Tests"
          serialization-bindings { "AkkaKv.Runtime.Tests.Remoting.Point, AkkaKv.Runtime.Tests" = point }
        }
        """;

    /// <inheritdoc/>
    public override int Identifier => 4711;

    /// <inheritdoc/>
    public override string Manifest(object o) => "P";

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) => obj is Point point
        ? [.. BitConverter.GetBytes(point.X), .. BitConverter.GetBytes(point.Y)]
        : throw new ArgumentException($"{obj.GetType()} is no point");

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest) => manifest == "P"
        ? new Point(BitConverter.ToInt32(bytes, 0), BitConverter.ToInt32(bytes, 4))
        : throw new SerializationException($"manifest [{manifest}] is not known");
}

/// <summary>A later version that has dropped the message: the same number, no such manifest.</summary>
public sealed class OtherPointSerializer(ExtendedActorSystem system) : PointSerializer(system)
{
    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest) => throw new SerializationException($"manifest [{manifest}] is not known");
}
