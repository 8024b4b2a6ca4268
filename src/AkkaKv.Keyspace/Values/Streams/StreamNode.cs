using AkkaKv.Keyspace.Values.Packed;

namespace AkkaKv.Keyspace.Values.Streams;

/// <summary>
/// A node of a stream: up to some hundred entries in one listpack, in Redis's format. It begins with the master entry, whose fields entries with the same fields need not
/// repeat, and to whose id theirs are relative:
/// <code>
/// count, deleted, number of fields, field…, 0
/// flags, milliseconds, sequence, number of fields, field, value…, number of elements before this one
/// flags | 2, milliseconds, sequence, value…, number of elements before this one
/// </code>
/// Flag 1 marks an entry that was deleted.
/// </summary>
internal readonly ref struct StreamNode
{
    public const int DeletedFlag = 1;
    public const int SameFieldsFlag = 2;

    private StreamNode(ReadOnlySpan<byte> pack, StreamId masterId)
    {
        Pack = pack;
        MasterId = masterId;
        var at = Listpack.First(pack);
        Count = (int)IntegerAt(pack, at);
        at = Listpack.Behind(pack, at);
        Deleted = (int)IntegerAt(pack, at);
        at = Listpack.Behind(pack, at);
        FieldCount = (int)IntegerAt(pack, at);
        FieldsAt = Listpack.Behind(pack, at);
    }

    /// <summary>The whole node.</summary>
    public ReadOnlySpan<byte> Pack { get; }

    /// <summary>The id that the ids of the entries are relative to.</summary>
    public StreamId MasterId { get; }

    /// <summary>Entries that are not deleted.</summary>
    public int Count { get; }

    /// <summary>Entries that are deleted.</summary>
    public int Deleted { get; }

    /// <summary>Fields of the master entry.</summary>
    public int FieldCount { get; }

    /// <summary>Where the master entry's first field is.</summary>
    public int FieldsAt { get; }

    /// <summary>Where the first entry is; the end if there is none.</summary>
    public int EntriesAt => Listpack.Behind(Pack, Skip(Pack, FieldsAt, FieldCount));

    public static unsafe StreamNode Of(IdPlace place) => new(new StreamBlock(place.Value).Pack, place.Id);

    /// <summary>The entry at an offset.</summary>
    public StreamNodeEntry EntryAt(int at)
    {
        var flags = (int)IntegerAt(Pack, at);
        var msAt = Listpack.Behind(Pack, at);
        var sequenceAt = Listpack.Behind(Pack, msAt);
        var id = new StreamId(
            MasterId.Ms + (ulong)IntegerAt(Pack, msAt), MasterId.Sequence + (ulong)IntegerAt(Pack, sequenceAt));
        var bodyAt = Listpack.Behind(Pack, sequenceAt);
        return (flags & SameFieldsFlag) != 0
            ? new StreamNodeEntry(at, flags, id, FieldCount, bodyAt)
            : new StreamNodeEntry(at, flags, id, (int)IntegerAt(Pack, bodyAt), Listpack.Behind(Pack, bodyAt));
    }

    /// <summary>Where the entry behind one starts, or -1.</summary>
    public int Behind(in StreamNodeEntry entry)
    {
        var elements = entry.HasMasterFields ? entry.FieldCount : entry.FieldCount * 2;
        return Listpack.Next(Pack, Skip(Pack, entry.BodyAt, elements));
    }

    /// <summary>Where the entry before an offset starts, or -1; the offset is that of an entry or the end.</summary>
    public int Before(int at)
    {
        var countAt = Listpack.Previous(Pack, at);
        var elements = IntegerAt(Pack, countAt);
        if (elements == 0)
            return -1;
        for (; elements > 0; elements--)
            countAt = Listpack.Previous(Pack, countAt);
        return countAt;
    }

    /// <summary>The id of the last entry, deleted or not.</summary>
    public StreamId LastId
    {
        get
        {
            var at = Before(Pack.Length - 1);
            return at < 0 ? MasterId : EntryAt(at).Id;
        }
    }

    public static long IntegerAt(ReadOnlySpan<byte> pack, int at)
    {
        Listpack.Get(pack, at).TryGetInteger(out var integer);
        return integer;
    }

    private static int Skip(ReadOnlySpan<byte> pack, int at, int count)
    {
        for (; count > 0; count--)
            at = Listpack.Behind(pack, at);
        return at;
    }
}

/// <summary>Where the parts of an entry are in its node.</summary>
/// <param name="At">Its flags.</param>
/// <param name="Flags">What these are.</param>
/// <param name="Id">The entry's id.</param>
/// <param name="FieldCount">How many fields it has.</param>
/// <param name="BodyAt">Its first field, or its first value if it has the fields of the master entry.</param>
internal readonly record struct StreamNodeEntry(int At, int Flags, StreamId Id, int FieldCount, int BodyAt)
{
    public bool IsDeleted => (Flags & StreamNode.DeletedFlag) != 0;

    public bool HasMasterFields => (Flags & StreamNode.SameFieldsFlag) != 0;
}
