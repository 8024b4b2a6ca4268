using System.Diagnostics.CodeAnalysis;
using Akka.Util;

namespace Akka.Actor;

/// <summary>
/// The address of an actor in its system's tree: <c>akka://system/user/parent/child</c>. Paths are equal if address and names
/// are; the uid, which tells incarnations apart, is carried along and not compared.
/// </summary>
public abstract class ActorPath : IEquatable<ActorPath>, IComparable<ActorPath>, ISurrogated
{
    /// <summary>The characters besides letters and digits that a name may contain.</summary>
    internal const string ValidSymbols = "\"-_.*$+:@&=,!~';()";

    private string? _withoutAddress;

    private protected ActorPath(string name, long uid)
    {
        Name = name;
        Uid = uid;
    }

    /// <summary>The last name.</summary>
    public string Name { get; }

    /// <summary>The incarnation; 0 if the path names none.</summary>
    public long Uid { get; }

    /// <summary>The path of the parent; a root is its own parent.</summary>
    public abstract ActorPath Parent { get; }

    /// <summary>The path without names.</summary>
    public abstract ActorPath Root { get; }

    /// <summary>The system's address.</summary>
    public abstract Address Address { get; }

    /// <summary>The names from the root down.</summary>
    public abstract IReadOnlyList<string> Elements { get; }

    /// <summary>The number of names.</summary>
    public int Depth => this is RootActorPath ? 0 : Parent.Depth + 1;

    /// <summary>The path of a child.</summary>
    public static ActorPath operator /(ActorPath path, string name) => path.Child(name);

    /// <summary>The path of a descendant.</summary>
    public static ActorPath operator /(ActorPath path, IEnumerable<string> name) => name.Aggregate(path, (parent, child) => parent / child);

    /// <summary>Compares address and names.</summary>
    public static bool operator ==(ActorPath? left, ActorPath? right) => left?.Equals(right) ?? right is null;

    /// <summary>Compares address and names.</summary>
    public static bool operator !=(ActorPath? left, ActorPath? right) => !(left == right);

    /// <summary>Parses a path with its address.</summary>
    /// <exception cref="UriFormatException">It is none.</exception>
    public static ActorPath Parse(string path) =>
        TryParse(path, out var parsed) ? parsed : throw new UriFormatException($"'{path}' is not an actor path of the form akka://system/user/name.");

    /// <summary>Parses a path with its address; <c>#uid</c> at the end is the incarnation.</summary>
    public static bool TryParse(string path, [NotNullWhen(true)] out ActorPath? actorPath)
    {
        actorPath = null;
        if (!Address.TryParse(path.AsSpan(), out var address, out var rest)) return false;
        return TryParse(new RootActorPath(address), rest.ToString(), out actorPath);
    }

    /// <summary>Parses names below <paramref name="basePath"/>.</summary>
    public static bool TryParse(ActorPath basePath, string absoluteUri, [NotNullWhen(true)] out ActorPath? actorPath)
    {
        var uid = ActorCell.UndefinedUid;
        var hash = absoluteUri.IndexOf('#');
        if (hash >= 0)
        {
            if (!long.TryParse(absoluteUri.AsSpan(hash + 1), out uid))
            {
                actorPath = null;
                return false;
            }
            absoluteUri = absoluteUri[..hash];
        }
        actorPath = basePath;
        foreach (var name in absoluteUri.Split('/', StringSplitOptions.RemoveEmptyEntries))
            actorPath = new ChildActorPath(actorPath, Uri.UnescapeDataString(name), ActorCell.UndefinedUid);
        if (uid != ActorCell.UndefinedUid) actorPath = actorPath.WithUid(uid);
        return true;
    }

    /// <summary>True if <paramref name="s"/> may be an actor's name: letters, digits and some symbols, not starting with <c>$</c>.</summary>
    public static bool IsValidPathElement(string s) =>
        !string.IsNullOrEmpty(s) && !s.StartsWith('$') && s.All(c => char.IsAsciiLetterOrDigit(c) || ValidSymbols.Contains(c));

    /// <summary>The names joined: <c>/a/b</c>.</summary>
    public static string FormatPathElements(IEnumerable<string> pathElements) => "/" + string.Join('/', pathElements);

    /// <summary>The path of a child.</summary>
    public ActorPath Child(string childName) => new ChildActorPath(this, childName, ActorCell.UndefinedUid);

    /// <summary>The same path with another incarnation.</summary>
    public abstract ActorPath WithUid(long uid);

    /// <summary>The ancestor at <paramref name="depth"/>; a negative depth counts from this path upwards.</summary>
    public ActorPath ParentOf(int depth)
    {
        var target = depth < 0 ? Depth + depth : depth;
        var current = this;
        while (current.Depth > target) current = current.Parent;
        return current;
    }

    /// <summary>The names: <c>/user/name</c>.</summary>
    public string ToStringWithoutAddress() => _withoutAddress ??= FormatPathElements(Elements);

    /// <summary>The path with its address.</summary>
    public string ToStringWithAddress() => ToStringWithAddress(Address);

    /// <summary>The path with <paramref name="address"/> where its own is only local.</summary>
    public string ToStringWithAddress(Address? address) => (Address.HasGlobalScope || address is null ? Address : address) + ToStringWithoutAddress();

    /// <summary>The path with its address and uid.</summary>
    public string ToStringWithUid() => ToStringWithAddress() + (Uid == ActorCell.UndefinedUid ? "" : "#" + Uid);

    /// <summary>The path with its address and uid, as it goes over the wire.</summary>
    public string ToSerializationFormat() => ToSerializationFormatWithAddress(Address);

    /// <summary>The path with its uid and <paramref name="address"/> where its own is only local, as it goes over the wire.</summary>
    public string ToSerializationFormatWithAddress(Address? address) => ToStringWithAddress(address) + (Uid == ActorCell.UndefinedUid ? "" : "#" + Uid);

    /// <inheritdoc/>
    public override string ToString() => ToStringWithAddress();

    /// <inheritdoc/>
    public bool Equals(ActorPath? other)
    {
        if (ReferenceEquals(this, other)) return true;
        if (other is null || Name != other.Name || Depth != other.Depth || !Address.Equals(other.Address)) return false;
        for (ActorPath mine = this, theirs = other; mine is ChildActorPath; mine = mine.Parent, theirs = theirs.Parent)
        {
            if (ReferenceEquals(mine, theirs)) return true;
            if (mine.Name != theirs.Name) return false;
        }
        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ActorPath);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Address.GetHashCode(), ToStringWithoutAddress().GetHashCode());

    /// <inheritdoc/>
    public int CompareTo(ActorPath? other) => other is null ? 1 : string.CompareOrdinal(ToString(), other.ToString());

    /// <inheritdoc/>
    public ISurrogate ToSurrogate(ActorSystem system) => new Surrogate(ToSerializationFormat());

    /// <summary>A path as text.</summary>
    public class Surrogate(string path) : ISurrogate
    {
        /// <summary>The path.</summary>
        public string Path { get; } = path;

        /// <inheritdoc/>
        public ISurrogated FromSurrogate(ActorSystem system) => Parse(Path);
    }
}

/// <summary>The root of a system's tree.</summary>
public class RootActorPath : ActorPath
{
    /// <summary>Creates the root path of the system at <paramref name="address"/>.</summary>
    public RootActorPath(Address address, string name = "") : base(name, ActorCell.UndefinedUid) => Address = address;

    /// <inheritdoc/>
    public override ActorPath Parent => this;

    /// <inheritdoc/>
    public override ActorPath Root => this;

    /// <inheritdoc/>
    public override Address Address { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Elements => [];

    /// <inheritdoc/>
    public override ActorPath WithUid(long uid) => this;
}

/// <summary>A path below a root.</summary>
public sealed class ChildActorPath : ActorPath
{
    private IReadOnlyList<string>? _elements;

    /// <summary>Creates the path of a child.</summary>
    public ChildActorPath(ActorPath parentPath, string name, long uid) : base(name, uid) => Parent = parentPath;

    /// <inheritdoc/>
    public override ActorPath Parent { get; }

    /// <inheritdoc/>
    public override ActorPath Root => Parent.Root;

    /// <inheritdoc/>
    public override Address Address => Parent.Address;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Elements => _elements ??= [.. Parent.Elements, Name];

    /// <inheritdoc/>
    public override ActorPath WithUid(long uid) => uid == Uid ? this : new ChildActorPath(Parent, Name, uid);
}
