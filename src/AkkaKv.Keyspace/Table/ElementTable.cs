using AkkaKv.Keyspace.Memory;
using AkkaKv.Keyspace.Values;

namespace AkkaKv.Keyspace.Table;

/// <summary>
/// The elements of one large value in a table: each a block with the element as its key and what belongs to it as its value. The struct is a way to use a root and holds nothing itself.
/// </summary>
/// <param name="root">The table's root, inside that of the value.</param>
/// <param name="heap">Where table and elements lie; may be null for one that is only read.</param>
/// <param name="hasher">The hash function.</param>
internal readonly unsafe struct ElementTable(TableRoot* root, NativeHeap? heap, KeyHasher hasher)
{
    /// <summary>The table.</summary>
    public HashTable Table => new(root, heap!, hasher);

    /// <summary>Number of elements.</summary>
    public long Count => root->Count;

    /// <summary>Finds an element; a null block if there is none.</summary>
    public EntryBlock Find(ReadOnlySpan<byte> element)
    {
        var table = Table;
        return table.Find(element, table.Hash(element)).Entry;
    }

    /// <summary>Gives an element a value, adding the element if it is not there. Returns whether it was added.</summary>
    public bool Set(ReadOnlySpan<byte> element, ReadOnlySpan<byte> value)
    {
        var table = Table;
        var hash = table.Hash(element);
        table.Step();
        var slot = table.Find(element, hash);
        var old = slot.Entry;
        if (slot.Exists)
            table.BeforeChange(old);
        if (slot.Exists && ValuePlace.IsWorthKeeping(old, value.Length))
        {
            value.CopyTo(old.ValueRoom(value.Length));
            old.SetValueLength(value.Length);
            return false;
        }

        var entry = EntryBlock.Create(heap!, element, value.Length, value.Length, expirySpace: false);
        value.CopyTo(entry.Value);
        if (!slot.Exists)
        {
            table.Insert(hash, entry);
            return true;
        }

        slot.Bucket->SetAddress(slot.Index, entry.Address);
        old.FreeBlocks(heap!);
        return false;
    }

    /// <summary>Removes an element. False if it is not there.</summary>
    public bool Remove(ReadOnlySpan<byte> element)
    {
        var table = Table;
        var hash = table.Hash(element);
        table.Step();
        var slot = table.Find(element, hash);
        if (!slot.Exists)
            return false;
        var entry = slot.Entry;
        table.BeforeChange(entry);
        table.Remove(hash, slot);
        entry.FreeBlocks(heap!);
        return true;
    }

    /// <summary>Goes through all elements.</summary>
    public TableEnumerator GetEnumerator() => new(root);

    /// <summary>Frees elements, then the table, until <paramref name="budget"/> is used up; true when nothing is left.</summary>
    public static bool FreeSome(TableRoot* root, NativeHeap heap, ref int budget)
    {
        // Freeing asks for no hash.
        var table = new HashTable(root, heap, null!);
        return table.FreeSome(static (entry, owner) => entry.FreeBlocks(owner), ref budget);
    }

    /// <summary>Fills an empty table with copies of the elements of another, which may be in another heap.</summary>
    public void CopyFrom(TableRoot* source)
    {
        var table = Table;
        table.Reserve(source->Count);
        for (var elements = new TableEnumerator(source); elements.MoveNext();)
        {
            var element = elements.Current;
            var copy = EntryBlock.Create(heap!, element.Key, element.ValueLength, element.ValueLength, expirySpace: false);
            element.Value.CopyTo(copy.Value);
            table.Insert(table.Hash(copy.Key), copy);
        }
    }
}
