namespace AkkaKv.Commands.Configuration;

/// <summary>Which key goes first when memory is short.</summary>
public enum EvictionOrder
{
    /// <summary>None: writes are refused.</summary>
    None,

    /// <summary>The one that was not used for the longest time.</summary>
    LeastRecentlyUsed,

    /// <summary>The one that is used least.</summary>
    LeastFrequentlyUsed,

    /// <summary>Any.</summary>
    Random,

    /// <summary>The one that expires next.</summary>
    EarliestExpiry,
}

/// <summary>One value of <c>maxmemory-policy</c>.</summary>
/// <param name="Name">Redis's name for it.</param>
/// <param name="Order">Which key goes first.</param>
/// <param name="OnlyExpiring">Whether only keys with an expiry may go.</param>
public sealed record EvictionPolicy(string Name, EvictionOrder Order, bool OnlyExpiring)
{
    /// <summary>Nothing is evicted: the default.</summary>
    public static EvictionPolicy NoEviction { get; } = new("noeviction", EvictionOrder.None, false);

    /// <summary>All policies, in Redis's order.</summary>
    public static IReadOnlyList<EvictionPolicy> All { get; } =
    [
        new("volatile-lru", EvictionOrder.LeastRecentlyUsed, true),
        new("volatile-lfu", EvictionOrder.LeastFrequentlyUsed, true),
        new("volatile-random", EvictionOrder.Random, true),
        new("volatile-ttl", EvictionOrder.EarliestExpiry, true),
        new("allkeys-lru", EvictionOrder.LeastRecentlyUsed, false),
        new("allkeys-lfu", EvictionOrder.LeastFrequentlyUsed, false),
        new("allkeys-random", EvictionOrder.Random, false),
        NoEviction,
    ];

    /// <summary>Whether entries count how often they are used, instead of remembering when.</summary>
    public bool CountsUses => Order == EvictionOrder.LeastFrequentlyUsed;

    /// <summary>The policy of that name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static EvictionPolicy Named(string name) =>
        All.FirstOrDefault(policy => policy.Name == name) ?? throw new ArgumentException($"There is no policy '{name}'.", nameof(name));
}
