using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster;

/// <summary>
/// A member of the cluster as one node sees it. Two members are equal when they are the same incarnation, whatever their status.
/// </summary>
public class Member : IComparable<Member>, IComparable
{
    /// <summary>The up number of a member that has not been Up yet.</summary>
    internal const int NeverUp = int.MaxValue;

    /// <summary>Orders addresses by host and port: the cluster's order, which also makes the leader.</summary>
    public static readonly IComparer<Address> AddressOrdering = Comparer<Address>.Create(CompareAddresses);

    /// <summary>Orders members by age, the oldest first.</summary>
    public static readonly IComparer<Member> AgeOrdering = Comparer<Member>.Create(CompareAge);

    internal Member(UniqueAddress uniqueAddress, MemberStatus status, ImmutableHashSet<string> roles, int upNumber = NeverUp)
    {
        UniqueAddress = uniqueAddress;
        Status = status;
        Roles = roles;
        UpNumber = upNumber;
    }

    /// <summary>The incarnation.</summary>
    public UniqueAddress UniqueAddress { get; }

    /// <summary>Where it is.</summary>
    public Address Address => UniqueAddress.Address;

    /// <summary>Its status.</summary>
    public MemberStatus Status { get; }

    /// <summary>The roles it was configured with (<c>akka.cluster.roles</c>).</summary>
    public ImmutableHashSet<string> Roles { get; }

    /// <summary>1 for the first member that became Up, 2 for the second, …; <see cref="NeverUp"/> before that.</summary>
    internal int UpNumber { get; }

    /// <summary>True when it has the role.</summary>
    public bool HasRole(string role) => Roles.Contains(role);

    /// <summary>True when it became Up before the other one did.</summary>
    public bool IsOlderThan(Member other) => CompareAge(this, other) < 0;

    /// <summary>The same member in another status.</summary>
    public Member Copy(MemberStatus status) => status == Status ? this : new Member(UniqueAddress, status, Roles, UpNumber);

    /// <summary>The same member, Up as number <paramref name="upNumber"/>.</summary>
    public Member CopyUp(int upNumber) => new(UniqueAddress, MemberStatus.Up, Roles, upNumber);

    /// <summary>Orders by address, then by incarnation.</summary>
    public int CompareTo(Member? other) => other is null ? 1 : UniqueAddress.CompareTo(other.UniqueAddress);

    int IComparable.CompareTo(object? obj) => CompareTo(obj as Member);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Member other && UniqueAddress.Equals(other.UniqueAddress);

    /// <inheritdoc/>
    public override int GetHashCode() => UniqueAddress.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() =>
        $"Member(address = {Address}, Uid={UniqueAddress.Uid} status = {Status}, role=[{string.Join(",", Roles.Order(StringComparer.Ordinal))}], upNumber={UpNumber})";

    private static int CompareAddresses(Address a, Address b)
    {
        var order = string.CompareOrdinal(a.Host, b.Host);
        if (order == 0)
            order = (a.Port ?? 0).CompareTo(b.Port ?? 0);
        return order != 0 ? order : Address.Comparer.Compare(a, b);
    }

    private static int CompareAge(Member a, Member b)
    {
        var order = a.UpNumber.CompareTo(b.UpNumber);
        return order != 0 ? order : a.UniqueAddress.CompareTo(b.UniqueAddress);
    }
}
