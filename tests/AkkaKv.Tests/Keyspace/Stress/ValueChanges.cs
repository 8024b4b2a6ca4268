using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values.Hashes;
using AkkaKv.Keyspace.Values.Lists;
using AkkaKv.Keyspace.Values.Sets;
using AkkaKv.Keyspace.Values.SortedSets;
using AkkaKv.Keyspace.Values.Streams;

namespace AkkaKv.Tests.Keyspace.Stress;

/// <summary>Random changes to one value, made to the stored and to the plain one alike.</summary>
internal sealed class ValueChanges(Random random)
{
    private const int LongBurst = 2500;

    /// <summary>Makes a few changes to the value at a key, or many; creates it if it is missing.</summary>
    public PlainValue Change(Database database, byte[] key, PlainValue? plain, DataType type)
    {
        plain ??= new PlainValue(type);
        var count = random.Next(60) == 0 ? random.Next(LongBurst) : random.Next(1, 6);
        for (var i = 0; i < count; i++)
        {
            var entry = database.Find(key);
            switch (type)
            {
                case DataType.String:
                    ChangeString(database, key, plain);
                    break;
                case DataType.List:
                    ChangeList(entry.Exists ? database.EditList(entry) : database.CreateList(key), plain);
                    break;
                case DataType.Hash:
                    ChangeHash(entry.Exists ? database.EditHash(entry) : database.CreateHash(key), plain);
                    break;
                case DataType.Set:
                    ChangeSet(entry.Exists ? database.EditSet(entry) : database.CreateSet(key), plain);
                    break;
                case DataType.ZSet:
                    ChangeSortedSet(entry.Exists ? database.EditSortedSet(entry) : database.CreateSortedSet(key), plain);
                    break;
                default:
                    ChangeStream(entry.Exists ? database.EditStream(entry) : database.CreateStream(key), plain);
                    break;
            }

            if (plain.IsEmpty)
                Assert.True(database.Remove(key));
        }

        return plain;
    }

    public string RandomText() => random.Next(20) switch
    {
        < 8 => random.Next(400).ToString(),
        < 12 => random.NextInt64(long.MinValue, long.MaxValue).ToString(),
        < 19 => new string((char)random.Next('a', 'z'), random.Next(random.Next(8) == 0 ? 120 : 30)),
        _ => new string('L', random.Next(12_000)),
    };

    private void ChangeString(Database database, byte[] key, PlainValue plain)
    {
        var length = random.Next(random.Next(10) == 0 ? 20_000 : 200);
        var value = database.ResizeString(key, length);
        plain.Content = plain.Content.Length >= length ? plain.Content[..length] : plain.Content.PadRight(length, '\0');
        if (length > 0)
        {
            var at = random.Next(length);
            value[at] = (byte)'x';
            plain.Content = plain.Content[..at] + 'x' + plain.Content[(at + 1)..];
        }
    }

    private void ChangeList(ListEditor list, PlainValue plain)
    {
        var text = RandomText();
        var index = random.Next(Math.Max(plain.Items.Count, 1));
        switch (plain.Items.Count == 0 ? 0 : random.Next(10))
        {
            case < 3:
                list.PushLast(Bytes(text));
                plain.Items.Add(text);
                break;
            case < 5:
                list.PushFirst(Bytes(text));
                plain.Items.Insert(0, text);
                break;
            case 5:
                list.Insert(index, Bytes(text));
                plain.Items.Insert(index, text);
                break;
            case 6:
                list.Set(index, Bytes(text));
                plain.Items[index] = text;
                break;
            case 7:
                text = plain.Items[index];
                var removed = list.RemoveEqual(Bytes(text), long.MaxValue, fromEnd: false);
                Assert.Equal(plain.Items.RemoveAll(item => item == text), removed);
                break;
            case 8:
                var first = Math.Min(random.Next(5), plain.Items.Count);
                list.RemoveFirst(first);
                plain.Items.RemoveRange(0, first);
                break;
            default:
                var last = Math.Min(random.Next(5), plain.Items.Count);
                list.RemoveLast(last);
                plain.Items.RemoveRange(plain.Items.Count - last, last);
                break;
        }
    }

    private void ChangeHash(HashEditor hash, PlainValue plain)
    {
        var field = RandomText();
        if (plain.Elements.Count == 0 || random.Next(3) > 0)
        {
            var value = RandomText();
            Assert.Equal(!plain.Elements.ContainsKey(field), hash.Set(Bytes(field), Bytes(value)));
            plain.Elements[field] = value;
        }
        else
        {
            Assert.Equal(plain.Elements.ContainsKey(field), hash.Remove(Bytes(field)));
            plain.Elements.Remove(field);
        }
    }

    private void ChangeSet(SetEditor set, PlainValue plain)
    {
        var member = random.Next(4) == 0 ? RandomText() : random.Next(1200).ToString();
        if (plain.Elements.Count == 0 || random.Next(3) > 0)
        {
            Assert.Equal(!plain.Elements.ContainsKey(member), set.Add(Bytes(member)));
            plain.Elements[member] = "";
        }
        else
        {
            Assert.Equal(plain.Elements.ContainsKey(member), set.Remove(Bytes(member)));
            plain.Elements.Remove(member);
        }
    }

    private void ChangeSortedSet(SortedSetEditor set, PlainValue plain)
    {
        var member = RandomText();
        if (plain.Elements.Count == 0 || random.Next(3) > 0)
        {
            var score = random.Next(3) == 0 ? random.NextDouble() * 1000 : random.Next(50);
            set.Set(Bytes(member), score);
            plain.Elements[member] = PlainValue.ScoreText(score);
        }
        else
        {
            Assert.Equal(plain.Elements.ContainsKey(member), set.Remove(Bytes(member)));
            plain.Elements.Remove(member);
        }
    }

    private void ChangeStream(StreamEditor stream, PlainValue plain)
    {
        var last = stream.View.LastId;
        if (random.Next(4) > 0)
        {
            var id = new StreamId(last.Ms + (ulong)random.Next(2), last.Sequence + 1);
            var text = RandomText();
            stream.Add(id, new OneField(text));
            plain.Log.Add(id, "f" + text);
        }
        else if (plain.Log.Count > 0 && random.Next(10) > 0)
        {
            var id = plain.Log.Keys.ElementAt(random.Next(Math.Min(plain.Log.Count, 20)));
            Assert.True(stream.Delete(id));
            plain.Log.Remove(id);
        }
        else
        {
            var length = random.Next(plain.Log.Count + 1);
            stream.Trim(new StreamTrim(length, StreamId.Min, IsApproximate: false, Limit: 0));
            while (plain.Log.Count > length)
                plain.Log.Remove(plain.Log.Keys.First());
        }
    }

    private static byte[] Bytes(string text) => System.Text.Encoding.Latin1.GetBytes(text);

    private readonly struct OneField(string value) : IStreamFields
    {
        public int Count => 1;

        public ReadOnlySpan<byte> Field(int index) => "f"u8;

        public ReadOnlySpan<byte> Value(int index) => Bytes(value);
    }
}
