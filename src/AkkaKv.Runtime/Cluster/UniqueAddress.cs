using Akka.Actor;

namespace Akka.Cluster;

/// <summary>One incarnation of an actor system: its address and the uid it drew when it started.</summary>
public sealed class UniqueAddress : IEquatable<UniqueAddress>, IComparable<UniqueAddress>
{
    /// <summary>Makes a unique address.</summary>
    public UniqueAddress(Address address, int uid)
    {
        Address = address;
        Uid = uid;
    }

    /// <summary>The address, the same for every incarnation.</summary>
    public Address Address { get; }

    /// <summary>The incarnation's number; a restarted system has another one.</summary>
    public int Uid { get; }

    /// <inheritdoc/>
    public bool Equals(UniqueAddress? other) => other is not null && Uid == other.Uid && Address.Equals(other.Address);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is UniqueAddress other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Uid;

    /// <summary>Orders by host and port, then by uid.</summary>
    public int CompareTo(UniqueAddress? uniqueAddress)
    {
        if (uniqueAddress is null)
            return 1;
        var order = Member.AddressOrdering.Compare(Address, uniqueAddress.Address);
        return order != 0 ? order : Uid.CompareTo(uniqueAddress.Uid);
    }

    /// <inheritdoc/>
    public override string ToString() => $"UniqueAddress: ({Address}, {Uid})";

    /// <summary>True when both are the same incarnation.</summary>
    public static bool operator ==(UniqueAddress? left, UniqueAddress? right) => left is null ? right is null : left.Equals(right);

    /// <summary>True when they are different incarnations.</summary>
    public static bool operator !=(UniqueAddress? left, UniqueAddress? right) => !(left == right);
}
