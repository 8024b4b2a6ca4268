using AkkaKv.Keyspace.Memory;
using AkkaKv.Keyspace.Values.Packed;

namespace AkkaKv.Keyspace.Values.Streams;

/// <summary>Adds an entry to the last node of a stream, or to a new one if that is full.</summary>
internal static unsafe class StreamAppender
{
    /// <summary>Redis adds no entry whose fields and values together have more bytes.</summary>
    public const long MaxEntrySize = 1 << 30;

    // Integers of an entry beside its fields: flags, id, number of fields, number of elements; and the master entry's count, which may become longer.
    private const int IntegersSize = 6 * ListpackEntry.MaxIntegerSize;

    public static void Append<TFields>(IdTree nodes, NativeHeap heap, EncodingLimits limits, StreamId id, in TFields fields)
        where TFields : IStreamFields, allows ref struct
    {
        var size = TextSize(fields);
        var last = nodes.Last;
        if (last.Exists && IsFull(StreamNode.Of(last), size, limits))
        {
            last.Value = new StreamBlock(last.Value).Fitted(heap).Address;
            last = default;
        }

        var room = checked((int)size + (fields.Count * 2 * ListpackEntry.MaxOverhead) + IntegersSize);
        var hasMasterFields = true;
        if (!last.Exists)
        {
            var created = StreamBlock.Create(heap, checked(Listpack.EmptySize + room + FieldsRoom(fields) + IntegersSize));
            WriteMaster(created.Buffer, fields);
            nodes.Insert(id, created.Address);
            last = nodes.Last;
        }
        else
        {
            var block = new StreamBlock(last.Value).WithRoom(heap, room);
            last.Value = block.Address;
            var node = StreamNode.Of(last);
            hasMasterFields = HasFields(node, fields);
            Listpack.Replace(block.Buffer, Listpack.First(block.Buffer), new Element(node.Count + 1));
        }

        WriteEntry(new StreamBlock(last.Value).Buffer, last.Id, id, fields, hasMasterFields);
    }

    /// <summary>Bytes of all fields and values.</summary>
    public static long TextSize<TFields>(in TFields fields)
        where TFields : IStreamFields, allows ref struct
    {
        var size = 0L;
        for (var i = 0; i < fields.Count; i++)
            size += fields.Field(i).Length + fields.Value(i).Length;
        return size;
    }

    private static bool IsFull(StreamNode node, long added, EncodingLimits limits)
    {
        var maxBytes = limits.StreamNodeMaxBytes is 0 or > MaxEntrySize ? MaxEntrySize : limits.StreamNodeMaxBytes;
        return node.Pack.Length + added >= maxBytes
            || (limits.StreamNodeMaxEntries > 0 && node.Count + node.Deleted >= limits.StreamNodeMaxEntries);
    }

    private static int FieldsRoom<TFields>(in TFields fields)
        where TFields : IStreamFields, allows ref struct
    {
        var size = 0;
        for (var i = 0; i < fields.Count; i++)
            size += fields.Field(i).Length + ListpackEntry.MaxOverhead;
        return size;
    }

    private static bool HasFields<TFields>(StreamNode node, in TFields fields)
        where TFields : IStreamFields, allows ref struct
    {
        if (node.FieldCount != fields.Count)
            return false;
        var at = node.FieldsAt;
        for (var i = 0; i < fields.Count; i++)
        {
            if (!Listpack.Get(node.Pack, at).Equals(fields.Field(i)))
                return false;
            at = Listpack.Behind(node.Pack, at);
        }

        return true;
    }

    private static void WriteMaster<TFields>(Span<byte> buffer, in TFields fields)
        where TFields : IStreamFields, allows ref struct
    {
        var appender = new ListpackAppender(buffer);
        appender.Add(1);
        appender.Add(0);
        appender.Add(fields.Count);
        for (var i = 0; i < fields.Count; i++)
            appender.Add(Element.Canonical(fields.Field(i)));
        appender.Add(0);
        appender.Finish();
    }

    private static void WriteEntry<TFields>(Span<byte> buffer, StreamId masterId, StreamId id, in TFields fields, bool hasMasterFields)
        where TFields : IStreamFields, allows ref struct
    {
        var appender = new ListpackAppender(buffer);
        appender.Add(hasMasterFields ? StreamNode.SameFieldsFlag : 0);
        appender.Add((long)(id.Ms - masterId.Ms));
        appender.Add((long)(id.Sequence - masterId.Sequence));
        if (!hasMasterFields)
            appender.Add(fields.Count);
        for (var i = 0; i < fields.Count; i++)
        {
            if (!hasMasterFields)
                appender.Add(Element.Canonical(fields.Field(i)));
            appender.Add(Element.Canonical(fields.Value(i)));
        }

        appender.Add(hasMasterFields ? fields.Count + 3 : (fields.Count * 2) + 4);
        appender.Finish();
    }
}
