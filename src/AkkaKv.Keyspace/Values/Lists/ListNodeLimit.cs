using AkkaKv.Keyspace.Memory;

namespace AkkaKv.Keyspace.Values.Lists;

/// <summary>How much a node of a large list may hold: <c>list-max-listpack-size</c>, made into what the allocator has.</summary>
/// <param name="setting">Positive: so many elements, but no more than 8 KB; -1 to -5: 4, 8, 16, 32, 64 KB.</param>
internal readonly struct ListNodeLimit(int setting)
{
    private const int SafetyLimit = 8192;
    private const int SmallestLimit = 4096;

    /// <summary>The most elements.</summary>
    public int Count => setting >= 0 ? Math.Max(setting, 1) : int.MaxValue;

    /// <summary>The most bytes of entries. An element that has more by itself has a node of its own.</summary>
    public int Length
    {
        get
        {
            var limit = setting >= 0 ? SafetyLimit : SmallestLimit << (Math.Min(-setting, 5) - 1);
            return Math.Min(limit, limit <= SafetyLimit ? SizeClasses.MaxSize : limit) - ListNode.HeadSize;
        }
    }
}
