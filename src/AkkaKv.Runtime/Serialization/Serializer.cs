using Akka.Actor;

namespace Akka.Serialization;

/// <summary>Turns the messages of a closed set of types into bytes and back.</summary>
public abstract class Serializer
{
    /// <summary>The system, for references to actors.</summary>
    protected readonly ExtendedActorSystem system;

    private readonly Lazy<int> _identifier;

    /// <summary>Creates the serializer; the runtime calls a public constructor with this parameter.</summary>
    protected Serializer(ExtendedActorSystem system)
    {
        this.system = system;
        _identifier = new Lazy<int>(() => SerializerIdentifierHelper.GetSerializerIdentifierFromConfig(GetType(), system));
    }

    /// <summary>The number on the wire; from <c>akka.actor.serialization-identifiers</c> unless overridden.</summary>
    public virtual int Identifier => _identifier.Value;

    /// <summary>True if the bytes alone do not say what they are.</summary>
    public abstract bool IncludeManifest { get; }

    /// <summary>Writes an object.</summary>
    public abstract byte[] ToBinary(object obj);

    /// <summary>Reads an object of a type.</summary>
    public abstract object FromBinary(byte[] bytes, Type? type);

    /// <summary>Reads an object of a type.</summary>
    public T FromBinary<T>(byte[] bytes) => (T)FromBinary(bytes, typeof(T));

    /// <summary>Writes an object; local actors get <paramref name="address"/> in their paths.</summary>
    public byte[] ToBinaryWithAddress(Address address, object obj) => Serialization.WithTransport(system, address, () => ToBinary(obj));
}

/// <summary>A serializer whose manifests are texts of its own. Only such may come from the wire: a manifest is never turned into a type.</summary>
public abstract class SerializerWithStringManifest : Serializer
{
    /// <summary>Creates the serializer.</summary>
    protected SerializerWithStringManifest(ExtendedActorSystem system) : base(system)
    {
    }

    /// <inheritdoc/>
    public sealed override bool IncludeManifest => true;

    /// <summary>What kind of message <paramref name="o"/> is.</summary>
    public abstract string Manifest(object o);

    /// <summary>Reads a message of a kind.</summary>
    public abstract object FromBinary(byte[] bytes, string manifest);

    /// <inheritdoc/>
    public sealed override object FromBinary(byte[] bytes, Type? type) =>
        throw new NotSupportedException($"{GetType()} reads by its own manifests, not by type {type}.");
}

/// <summary>Numbers of serializers from the configuration.</summary>
public static class SerializerIdentifierHelper
{
    /// <summary>The number of a serializer type in <c>akka.actor.serialization-identifiers</c>.</summary>
    /// <exception cref="ArgumentException">It has none.</exception>
    public static int GetSerializerIdentifierFromConfig(Type type, ExtendedActorSystem system)
    {
        foreach (var (name, number) in system.Settings.Config.GetConfig("akka.actor.serialization-identifiers")?.AsEnumerable() ?? [])
            if (name.Split(',')[0].Trim() == type.FullName) return number.GetInt();
        throw new ArgumentException($"Couldn't find serializer id for [{type}] under [akka.actor.serialization-identifiers]");
    }
}

/// <summary>Bytes as they are.</summary>
public class ByteArraySerializer(ExtendedActorSystem system) : Serializer(system)
{
    /// <inheritdoc/>
    public override int Identifier => 4;

    /// <inheritdoc/>
    public override bool IncludeManifest => false;

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) => (byte[])obj;

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, Type? type) => bytes;
}
