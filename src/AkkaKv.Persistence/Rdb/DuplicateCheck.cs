using System.Numerics;
using System.Runtime.InteropServices;
using AkkaKv.Keyspace.Values;
using AkkaKv.Keyspace.Values.Packed;

namespace AkkaKv.Persistence.Rdb;

/// <summary>Finds out whether a listpack from outside of pairs has a first one twice, or an element in a form that the store never writes, without comparing all with all.</summary>
internal sealed class DuplicateCheck
{
    private int[] _buckets = new int[64];

    /// <summary>Whether members with their scores are sound: no member twice or too long.</summary>
    public bool AreSoundMembers(ReadOnlySpan<byte> pack, long longest) => IsSound(pack, longest, int.MaxValue);

    /// <summary>Whether fields with their values are sound: no field twice, nothing too long.</summary>
    public bool AreSoundFields(ReadOnlySpan<byte> pack, long longest) => IsSound(pack, longest, longest);

    /// <summary>Checks a listpack of pairs that is well-formed as such. An element that is text must not be that of an integer: it would not be found.</summary>
    private bool IsSound(ReadOnlySpan<byte> pack, long longestFirst, long longestSecond)
    {
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(64, Listpack.Count(pack)));
        if (_buckets.Length < size)
            _buckets = new int[size];
        var buckets = _buckets.AsSpan(0, size);
        buckets.Clear();
        for (var at = Listpack.First(pack); at >= 0; at = Listpack.Next(pack, at))
        {
            var first = Listpack.Get(pack, at);
            if (!IsSound(first, longestFirst) || !TryAdd(buckets, pack, at, first))
                return false;
            at = Listpack.Next(pack, at);
            if (!IsSound(Listpack.Get(pack, at), longestSecond))
                return false;
        }

        return true;
    }

    private static bool IsSound(Element element, long longest) => element.Length <= longest && (element.IsInteger || !element.TryGetInteger(out _));

    private static bool TryAdd(Span<int> buckets, ReadOnlySpan<byte> pack, int at, Element element)
    {
        var mask = buckets.Length - 1;
        for (var place = (int)(HashOf(element) >> 32) & mask; ; place = (place + 1) & mask)
        {
            if (buckets[place] == 0)
            {
                buckets[place] = at;
                return true;
            }

            if (Listpack.Get(pack, buckets[place]).Equals(element))
                return false;
        }
    }

    private static ulong HashOf(Element element)
    {
        const ulong Factor = 0x9E3779B97F4A7C15;
        if (element.IsInteger)
            return (ulong)element.Integer * Factor;
        var text = element.Text;
        var hash = (ulong)text.Length;
        foreach (var part in MemoryMarshal.Cast<byte, ulong>(text))
            hash = BitOperations.RotateLeft((hash ^ part) * Factor, 29);
        foreach (var last in text[(text.Length & ~7)..])
            hash = (hash ^ last) * Factor;
        return hash * Factor;
    }
}
