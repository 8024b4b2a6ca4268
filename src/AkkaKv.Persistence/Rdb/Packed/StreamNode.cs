using AkkaKv.Keyspace.Values;
using AkkaKv.Keyspace.Values.Packed;

namespace AkkaKv.Persistence.Rdb.Packed;

/// <summary>
/// Checks the listpack of a stream's node:
/// <code>
/// master entry: entries, deleted entries, number of fields, the fields' names, 0
/// entry: flags (1: deleted, 2: fields of the master entry), difference to the node's id (2), [number of fields, names and] values, parts of this entry
/// </code>
/// </summary>
internal ref struct StreamNode
{
    private const long DeletedFlag = 1;
    private const long SameFieldsFlag = 2;

    private readonly ReadOnlySpan<byte> _listpack;
    private int _at;

    private StreamNode(ReadOnlySpan<byte> listpack)
    {
        _listpack = listpack;
        _at = Listpack.First(listpack);
    }

    /// <summary>Checks a listpack that is well-formed as such, and that its ids ascend from <paramref name="last"/>, which it moves on.</summary>
    /// <returns>The number of entries that are not deleted, or -1 if the node is damaged.</returns>
    public static int Check(ReadOnlySpan<byte> listpack, RdbStreamId master, ref RdbStreamId? last) => new StreamNode(listpack).Check(master, ref last);

    private int Check(RdbStreamId master, ref RdbStreamId? last)
    {
        if (!TryNumber(out var live) || !TryNumber(out var deleted) || !TryNumber(out var masterFields) || !TrySkip(masterFields)
            || !TryNumber(out var terminator) || terminator != 0 || live < 0 || deleted < 0)
            return -1;
        var (liveSeen, deletedSeen) = (0L, 0L);
        while (_at >= 0)
        {
            if (!TryEntry(masterFields, master, out var id, out var isDeleted) || id.CompareTo(last ?? default) <= (last is null ? -1 : 0))
                return -1;
            last = id;
            if (isDeleted)
                deletedSeen++;
            else
                liveSeen++;
        }

        return live == liveSeen && deleted == deletedSeen ? (int)live : -1;
    }

    private bool TryEntry(long masterFields, RdbStreamId master, out RdbStreamId id, out bool isDeleted)
    {
        id = default;
        isDeleted = false;
        if (!TryNumber(out var flags) || !TryNumber(out var ms) || !TryNumber(out var sequence))
            return false;
        isDeleted = (flags & DeletedFlag) != 0;

        // The halves are unsigned and the differences wrap around, as they do where they are made.
        id = new RdbStreamId(unchecked(master.Ms + (ulong)ms), unchecked(master.Sequence + (ulong)sequence));
        var (fields, parts) = (masterFields, masterFields + 3);
        if ((flags & SameFieldsFlag) == 0)
        {
            if (!TryNumber(out fields) || fields is < 0 or > int.MaxValue)
                return false;
            fields *= 2;
            parts = fields + 4;
        }

        return TrySkip(fields) && TryNumber(out var declared) && declared == parts;
    }

    private bool TryNumber(out long number)
    {
        number = 0;
        if (_at < 0)
            return false;
        var element = Listpack.Get(_listpack, _at);
        _at = Listpack.Next(_listpack, _at);
        return element.TryGetInteger(out number);
    }

    private bool TrySkip(long count)
    {
        if (count < 0)
            return false;
        for (; count > 0; count--)
        {
            if (_at < 0)
                return false;
            _at = Listpack.Next(_listpack, _at);
        }

        return true;
    }
}
