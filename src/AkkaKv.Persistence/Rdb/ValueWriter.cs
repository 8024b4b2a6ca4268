using System.Buffers.Binary;
using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values;
using AkkaKv.Keyspace.Values.Hashes;
using AkkaKv.Keyspace.Values.Lists;
using AkkaKv.Keyspace.Values.Packed;
using AkkaKv.Keyspace.Values.Sets;
using AkkaKv.Keyspace.Values.SortedSets;
using AkkaKv.Keyspace.Values.Streams;

namespace AkkaKv.Persistence.Rdb;

/// <summary>
/// Writes values of every type in the forms of Redis 7.0: compact ones as the bytes that they are, lists as their nodes, large ones element by element.
/// </summary>
internal sealed class ValueWriter(RdbOutput output)
{
    private const ulong PackedNode = 2;
    private const int LargestKept = 1 << 20;

    private byte[] _pack = [];

    /// <summary>The value type that <see cref="Write"/> writes for an entry.</summary>
    public static byte TypeOf(Entry entry)
    {
        var isPacked = !entry.Block.IsStructured;
        return entry.Type switch
        {
            DataType.String => RdbValueType.String,
            DataType.List => RdbValueType.ListQuicklist2,
            DataType.Set => entry.IsIntset ? RdbValueType.SetIntset : RdbValueType.Set,
            DataType.ZSet => isPacked ? RdbValueType.SortedSetListpack : RdbValueType.SortedSet2,
            DataType.Hash => isPacked ? RdbValueType.HashListpack : RdbValueType.Hash,
            _ => RdbValueType.StreamListpacks2,
        };
    }

    /// <summary>The value type of a large value of which the elements come one by one, or of a list the nodes.</summary>
    public static byte TypeOfElements(DataType type) => type switch
    {
        DataType.List => RdbValueType.ListQuicklist2,
        DataType.Set => RdbValueType.Set,
        DataType.ZSet => RdbValueType.SortedSet2,
        DataType.Hash => RdbValueType.Hash,
        _ => throw new NotSupportedException($"Values of type {type} have no elements in a table."),
    };

    /// <summary>Writes the value of an entry; one of a snapshot will do.</summary>
    public void Write(Entry entry)
    {
        var block = entry.Block;
        switch (entry.Type)
        {
            case DataType.String:
                output.String(block.Value);
                break;
            case DataType.List:
                WriteList(new ListView(block));
                break;
            case DataType.Set when entry.IsIntset:
                output.String(block.Value);
                break;
            case DataType.Set:
                WriteSet(new SetView(block, null!));
                break;
            case DataType.Hash when !block.IsStructured:
            case DataType.ZSet when !block.IsStructured:
                // The place of a packed value may be larger than the value.
                output.String(block.Value[..Listpack.TotalBytes(block.Value)]);
                break;
            case DataType.Hash:
                WriteHash(new HashView(block, null!));
                break;
            case DataType.ZSet:
                WriteSortedSet(new SortedSetView(block, null!, null!));
                break;
            default:
                StreamWriter.Write(output, new StreamView(block, null!));
                break;
        }
    }

    /// <summary>Writes an element of a large value: an entry whose key is the member or field, and whose value belongs to it.</summary>
    public void WriteElement(DataType type, Entry element)
    {
        output.String(element.Key);
        if (type == DataType.Hash)
            output.String(element.Block.Value);
        else if (type == DataType.ZSet)
            output.Double(BinaryPrimitives.ReadDoubleLittleEndian(element.Block.Value));
    }

    /// <summary>Writes a node of a list: entries as those of a listpack, without its head and end.</summary>
    public void WriteNode(ReadOnlySpan<byte> entries, int count)
    {
        output.Number(PackedNode);
        output.String(ToListpack(entries, count));
        if (_pack.Length > LargestKept)
            _pack = [];
    }

    private void WriteList(ListView list)
    {
        var nodes = 0UL;
        for (var pieces = list.Pieces; pieces.MoveNext();)
            nodes++;
        output.Number(nodes);
        for (var pieces = list.Pieces; pieces.MoveNext();)
            WriteNode(pieces.Entries, pieces.Count);
    }

    private ReadOnlySpan<byte> ToListpack(ReadOnlySpan<byte> entries, int count)
    {
        var length = entries.Length + Listpack.EmptySize;
        if (_pack.Length < length)
            _pack = new byte[Math.Max(length, 16 * 1024)];
        Listpack.Initialize(_pack);
        Listpack.InsertEncoded(_pack, Listpack.HeadSize, entries, count);
        return _pack.AsSpan(0, length);
    }

    private void WriteSet(SetView set)
    {
        output.Number((ulong)set.Count);
        foreach (var member in set)
            Write(member);
    }

    private void WriteHash(HashView hash)
    {
        output.Number((ulong)hash.Count);
        foreach (var field in hash)
        {
            Write(field.Name);
            Write(field.Value);
        }
    }

    private void WriteSortedSet(SortedSetView set)
    {
        // From the highest to the lowest, as Redis: who loads it by inserting finds the place of each at once.
        output.Number((ulong)set.Count);
        for (var walk = set.Walk(set.Count - 1, long.MaxValue, downwards: true); walk.MoveNext();)
        {
            Write(walk.Member);
            output.Double(walk.Score);
        }
    }

    private void Write(Element element)
    {
        if (element.IsInteger)
            output.String(element.Integer);
        else
            output.String(element.Text);
    }
}
