using System.Collections.Concurrent;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Serialization;

/// <summary>The address under which references are written, while they are.</summary>
public sealed class Information(Address address, ActorSystem system)
{
    /// <summary>The address of this system as the reader knows it.</summary>
    public Address Address { get; } = address;

    /// <summary>The system.</summary>
    public ActorSystem System { get; } = system;
}

/// <summary>
/// Finds the serializer of an object by its type and of bytes by the number on the wire. Serializers and bindings come from
/// <c>akka.actor</c> or are added in code; there is no serializer for everything, a type without a binding is an error.
/// </summary>
public class Serialization
{
    [ThreadStatic]
    private static Information? _transport;

    private readonly ConcurrentDictionary<Type, Serializer> _byType = new();
    private readonly ConcurrentDictionary<int, Serializer> _byIdentifier = new();
    private readonly ConcurrentDictionary<string, Serializer> _byName = new();
    private readonly ConcurrentDictionary<Type, Serializer> _bindings = new();

    /// <summary>Creates the registry of a system.</summary>
    public Serialization(ExtendedActorSystem system)
    {
        System = system;
        var config = system.Settings.Config;
        foreach (var (name, type) in config.GetConfig("akka.actor.serializers")?.AsEnumerable() ?? [])
            AddSerializer(name, Make(name, type.GetString()));
        foreach (var (type, name) in config.GetConfig("akka.actor.serialization-bindings")?.AsEnumerable() ?? [])
        {
            var bound = TypeNames.FindAny(type) ?? throw new ConfigurationException($"akka.actor.serialization-bindings: there is no type '{type}'.");
            if (!_byName.TryGetValue(name.GetString() ?? "", out var serializer))
                throw new ConfigurationException($"akka.actor.serialization-bindings.\"{type}\": there is no serializer '{name.GetString()}'.");
            AddSerializationMap(bound, serializer);
        }
    }

    /// <summary>The system.</summary>
    public ExtendedActorSystem System { get; }

    /// <summary>Adds a serializer.</summary>
    /// <exception cref="ArgumentException">Its number is taken.</exception>
    public void AddSerializer(Serializer serializer)
    {
        if (!_byIdentifier.TryAdd(serializer.Identifier, serializer) && _byIdentifier[serializer.Identifier].GetType() != serializer.GetType())
            throw new ArgumentException($"Serializer identifier [{serializer.Identifier}] of [{serializer.GetType()}] is already used by [{_byIdentifier[serializer.Identifier].GetType()}].");
    }

    /// <summary>Adds a serializer under a name.</summary>
    public void AddSerializer(string name, Serializer serializer)
    {
        AddSerializer(serializer);
        _byName[name] = serializer;
    }

    /// <summary>Binds a type, and what derives from it, to a serializer.</summary>
    public void AddSerializationMap(Type type, Serializer serializer)
    {
        _bindings[type] = serializer;
        _byType.Clear();
    }

    /// <summary>Writes an object.</summary>
    public byte[] Serialize(object o) => WithTransport(System, () => FindSerializerFor(o).ToBinary(o));

    /// <summary>Reads bytes that name their serializer by number and their kind by a manifest.</summary>
    /// <exception cref="SerializationException">The serializer is not known, or does not read by manifests.</exception>
    public object Deserialize(byte[] bytes, int serializerId, string manifest)
    {
        var serializer = Known(serializerId);
        if (serializer is SerializerWithStringManifest withManifest) return withManifest.FromBinary(bytes, manifest);
        if (!string.IsNullOrEmpty(manifest)) throw new SerializationException($"Serializer [{serializerId}] takes no manifest, and a manifest is never turned into a type.");
        return serializer.FromBinary(bytes, (Type?)null);
    }

    /// <summary>Reads bytes that name their serializer by number, as a type that the caller knows.</summary>
    public object Deserialize(byte[] bytes, int serializerId, Type type) => Known(serializerId).FromBinary(bytes, type);

    /// <summary>The serializer of an object's type.</summary>
    /// <exception cref="SerializationException">The type has none.</exception>
    public Serializer FindSerializerFor(object obj, string? defaultSerializerName = null) => FindSerializerForType(obj.GetType(), defaultSerializerName);

    /// <summary>The serializer of a type: bound to itself, else to the closest base type, else to an interface.</summary>
    /// <exception cref="SerializationException">The type has none.</exception>
    public Serializer FindSerializerForType(Type objectType, string? defaultSerializerName = null)
    {
        if (_byType.TryGetValue(objectType, out var known)) return known;
        for (var type = objectType; type is not null; type = type.BaseType)
            if (_bindings.TryGetValue(type, out var found)) return _byType[objectType] = found;
        foreach (var type in objectType.GetInterfaces())
            if (_bindings.TryGetValue(type, out var found)) return _byType[objectType] = found;
        if (defaultSerializerName is not null && _byName.TryGetValue(defaultSerializerName, out var named)) return named;
        throw new SerializationException($"Serializer not found for type {objectType.FullName}");
    }

    /// <summary>The manifest to write next to the bytes; empty if the serializer takes none.</summary>
    public static string ManifestFor(Serializer s, object msg) => s is SerializerWithStringManifest withManifest ? withManifest.Manifest(msg) : "";

    /// <summary>A reference's path with address and uid.</summary>
    public static string SerializedActorPath(IActorRef actorRef)
    {
        if (actorRef.IsNobody()) return "";
        var address = _transport?.Address ?? (actorRef as IInternalActorRef)?.Provider.DefaultAddress;
        return actorRef.Path.ToSerializationFormatWithAddress(address);
    }

    /// <summary>The reference for a path.</summary>
    public IActorRef DeserializeActorRef(string path) => path.Length == 0 ? Nobody.Instance : ((ActorSystemImpl)System).Provider.ResolveActorRef(path);

    /// <summary>The address under which references are being written, or null.</summary>
    public static Information? GetCurrentTransportInformation() => _transport;

    /// <summary>Runs <paramref name="action"/> with references written under the system's own address.</summary>
    public static T WithTransport<T>(ExtendedActorSystem system, Func<T> action) =>
        _transport is not null ? action() : WithTransport(system, ((ActorSystemImpl)system).Provider.DefaultAddress, action);

    /// <summary>Runs <paramref name="action"/> with references written under <paramref name="address"/>.</summary>
    public static T WithTransport<T>(ActorSystem system, Address address, Func<T> action)
    {
        var outer = _transport;
        _transport = new Information(address, system);
        try
        {
            return action();
        }
        finally
        {
            _transport = outer;
        }
    }

    private Serializer Known(int serializerId) => _byIdentifier.TryGetValue(serializerId, out var serializer)
        ? serializer
        : throw new SerializationException($"Cannot find serializer with id [{serializerId}]. The most probable reason is that akka.actor.serializers is not the same on both systems.");

    private Serializer Make(string name, string? typeName)
    {
        var type = TypeNames.Find(typeName, typeof(Serializer)) ?? throw new ConfigurationException($"akka.actor.serializers.{name}: '{typeName}' is not a serializer.");
        try
        {
            return (Serializer)Activator.CreateInstance(type, System)!;
        }
        catch (Exception e)
        {
            throw new ConfigurationException($"akka.actor.serializers.{name}: {typeName} could not be created: {TypeNames.Unwrap(e).Message}", TypeNames.Unwrap(e));
        }
    }
}
