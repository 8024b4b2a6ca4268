using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values;
using AkkaKv.Keyspace.Values.Lists;
using AkkaKv.Keyspace.Values.Sets;
using AkkaKv.Keyspace.Values.SortedSets;

namespace AkkaKv.Commands.Commands.Sorting;

/// <summary>Copies the elements to sort out of a list, set or sorted set: lookups of weights may remove keys that have expired, so that nothing may be read in place.</summary>
internal ref struct SortSource
{
    private readonly SortBuffer _buffer;
    private readonly SortItem[] _items;
    private int _count;

    private SortSource(SortBuffer buffer, int capacity)
    {
        _buffer = buffer;
        _items = new SortItem[capacity];
    }

    /// <summary>Whether values of a type can be sorted.</summary>
    public static bool IsSortable(DataType type) => type is DataType.List or DataType.Set or DataType.ZSet;

    /// <summary>
    /// The elements; those of a list or sorted set that are not to be sorted already in the direction and within the limits that the request wants. Then
    /// <paramref name="window"/> is of what is returned.
    /// </summary>
    public static SortItem[] Read(CommandContext context, Entry entry, SortRequest request, SortBuffer buffer, out (int First, int Count) window)
    {
        if (!entry.Exists)
        {
            window = default;
            return [];
        }

        long length = CountOf(context, entry);
        window = request.Window(length);
        if (!request.IsUnsorted || entry.Type == DataType.Set)
        {
            var all = new SortSource(buffer, (int)length);
            all.AddAll(context, entry);
            return all._items;
        }

        var some = new SortSource(buffer, window.Count);
        some.AddRange(context, entry, length, window, request.IsDescending);
        window = (0, window.Count);
        return some._items;
    }

    private static long CountOf(CommandContext context, Entry entry) => entry.Type switch
    {
        DataType.List => context.Database.ReadList(entry).Count,
        DataType.Set => context.Database.ReadSet(entry).Count,
        _ => context.Database.ReadSortedSet(entry).Count,
    };

    private void AddAll(CommandContext context, Entry entry)
    {
        if (entry.Type == DataType.Set)
        {
            foreach (Element member in context.Database.ReadSet(entry))
            {
                Add(member);
            }

            return;
        }

        AddRange(context, entry, _items.Length, (0, _items.Length), isDescending: false);
    }

    private void AddRange(CommandContext context, Entry entry, long length, (int First, int Count) window, bool isDescending)
    {
        if (window.Count == 0)
        {
            return;
        }

        if (entry.Type == DataType.ZSet)
        {
            long rank = isDescending ? length - 1 - window.First : window.First;
            SortedSetWalk walk = context.Database.ReadSortedSet(entry).Walk(rank, window.Count, isDescending);
            while (walk.MoveNext())
            {
                Add(walk.Member);
            }
        }
        else if (isDescending)
        {
            foreach (Element element in context.Database.ReadList(entry).Reverse(length - 1 - window.First, window.Count))
            {
                Add(element);
            }
        }
        else
        {
            foreach (Element element in context.Database.ReadList(entry).Range(window.First, window.Count))
            {
                Add(element);
            }
        }
    }

    private void Add(Element element)
    {
        Span<byte> scratch = stackalloc byte[Element.ScratchSize];
        _items[_count] = new SortItem(_buffer.Add(element.AsBytes(scratch)), _count, 0, default);
        _count++;
    }
}
