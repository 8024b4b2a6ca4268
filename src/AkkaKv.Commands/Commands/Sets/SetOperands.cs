using AkkaKv.Commands.Execution;
using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values.Sets;

namespace AkkaKv.Commands.Commands.Sets;

/// <summary>The sets that an operation on sets works with, in the order of its keys. A missing key is an empty set.</summary>
internal readonly ref struct SetOperands
{
    /// <summary>So many sets need no memory but that of the caller's stack.</summary>
    public const int StackMax = 16;

    private readonly Database _database;
    private readonly Span<Entry> _entries;

    private SetOperands(Database database, Span<Entry> entries)
    {
        _database = database;
        _entries = entries;
    }

    /// <summary>Number of sets.</summary>
    public int Count => _entries.Length;

    /// <summary>Whether one of the sets is empty.</summary>
    public bool AnyMissing
    {
        get
        {
            foreach (Entry entry in _entries)
            {
                if (!entry.Exists)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Looks all keys up; false when one is no set, which is answered.</summary>
    /// <param name="context">The running command.</param>
    /// <param name="firstKey">The first key's argument.</param>
    /// <param name="count">Number of keys.</param>
    /// <param name="room">The caller's room for <see cref="StackMax"/> sets.</param>
    /// <param name="operands">The sets.</param>
    public static bool TryRead(CommandContext context, int firstKey, int count, Span<Entry> room, out SetOperands operands)
    {
        operands = default;
        Span<Entry> entries = count <= room.Length ? room[..count] : new Entry[count];
        for (int i = 0; i < count; i++)
        {
            if (!context.TryRead(context.Args[firstKey + i], DataType.Set, out _))
            {
                return false;
            }
        }

        // Only now, because a look-up that removes an expired key ends the validity of the entries before it.
        for (int i = 0; i < count; i++)
        {
            entries[i] = context.LookupQuiet(context.Args[firstKey + i]);
        }

        operands = new SetOperands(context.Database, entries);
        return true;
    }

    /// <summary>Whether a key was given that is missing.</summary>
    public bool IsMissing(int index) => !_entries[index].Exists;

    /// <summary>A set that is not missing.</summary>
    public SetView Set(int index) => _database.ReadSet(_entries[index]);

    /// <summary>The number of members.</summary>
    public long SizeOf(int index) => IsMissing(index) ? 0 : Set(index).Count;

    /// <summary>Whether two keys are one.</summary>
    public bool AreSame(int left, int right) => !IsMissing(left) && !IsMissing(right) && _entries[left].Key == _entries[right].Key;

    /// <summary>Sorts the sets from <paramref name="from"/> on by their size.</summary>
    public void SortBySize(int from, bool descending)
    {
        // Seldom more than a handful.
        for (int i = from + 1; i < Count; i++)
        {
            for (int k = i; k > from && IsBefore(k, k - 1, descending); k--)
            {
                (_entries[k], _entries[k - 1]) = (_entries[k - 1], _entries[k]);
            }
        }
    }

    private bool IsBefore(int left, int right, bool descending) => descending ? SizeOf(left) > SizeOf(right) : SizeOf(left) < SizeOf(right);
}
