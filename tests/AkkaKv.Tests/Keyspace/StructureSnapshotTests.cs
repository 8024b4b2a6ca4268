using System.Text;
using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Snapshots;
using AkkaKv.Keyspace.Values.Hashes;
using AkkaKv.Keyspace.Values.Lists;
using AkkaKv.Keyspace.Values.Packed;
using AkkaKv.Keyspace.Values.Sets;
using AkkaKv.Keyspace.Values.SortedSets;

namespace AkkaKv.Tests.Keyspace;

/// <summary>Snapshots that visit large values element by element, while these change, move and vanish.</summary>
public sealed class StructureSnapshotTests
{
    private const int Names = 12;
    private const int Fields = 1500;
    private const int Databases = 3;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_large_value_is_visited_as_it_was_whatever_happens_to_it_meanwhile(int seed)
    {
        using var store = new Store(Databases, hashSeed: 5, guarded: true);
        var random = new Random(seed);
        var model = new Model(store, random);
        for (var i = 0; i < Names; i++)
            model.Create(random.Next(Databases), $"key{i}");
        List<Collected> walking = [];
        var finished = 0;
        for (var i = 0; i < 12_000; i++)
        {
            model.Step();
            if (walking.Count < 3 && random.Next(100) == 0)
                walking.Add(new Collected(store, model));
            if (i % 3 == 0)
                store.ReclaimSome(20);
            if (walking.Count == 0 || random.Next(3) != 0)
                continue;
            var snapshot = walking[random.Next(walking.Count)];
            if (random.Next(3_000) == 0)
                snapshot.Abandon();
            if (!snapshot.Continue(random.Next(1, 80)))
                continue;
            walking.Remove(snapshot);
            finished++;
        }

        foreach (var snapshot in walking)
        {
            while (!snapshot.Continue(100))
                model.Step();
        }

        Assert.True(finished > 1, $"{finished} snapshots came to their end.");
        Assert.Equal(0, store.SnapshotMemory);
        Assert.True(model.PartsSeen > 10_000);
        store.Clear();
        while (store.ReclaimSome(1000))
            Assert.True(store.ReclaimCount > 0);
        Assert.Equal(0, store.UsedMemory);
    }

    [Fact]
    public void Changing_one_field_of_a_large_hash_copies_one_field()
    {
        using var store = new Store(1, hashSeed: 5, guarded: true);
        var hash = store[0].CreateHash("large"u8);
        for (var i = 0; i < 20_000; i++)
            hash.Set(Encoding.ASCII.GetBytes($"field{i}"), "value"u8);
        using var snapshot = store.TryBeginSnapshot(inParts: true)!;
        store[0].EditHash(store[0].Find("large"u8)).Set("field5"u8, "changed"u8);
        Assert.InRange(store.SnapshotMemory, 1, 300_000);
        store[0].Remove("large"u8);
        Assert.Equal(0, store[0].Count);
        var seen = 0;
        while (!snapshot.Continue(1, ref seen, Whole, Part))
            Assert.False(snapshot.IsFinished);
        Assert.Equal(20_000, seen);
        while (store.ReclaimSome(10_000))
            Assert.True(store.ReclaimCount > 0);
        Assert.InRange(store.UsedMemory, 0, 1_000);

        static void Whole(ref int seen, int database, Entry entry) => Assert.Fail("A large hash in one piece.");

        static void Part(ref int seen, int database, in SnapshotPart part)
        {
            Assert.Equal("large"u8, part.Key.Key);
            Assert.Equal(20_000, part.Count);
            if (part.Kind != SnapshotPartKind.Element)
                return;
            seen++;
            Assert.Equal("value"u8, part.Element.StringValue);
        }
    }

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    /// <summary>What every key should hold, as text: type, expiry, and the elements with what belongs to them.</summary>
    private sealed class Model(Store store, Random random)
    {
        private readonly Dictionary<(int Database, string Key), Content> _keys = [];

        public long PartsSeen { get; set; }

        public Dictionary<(int Database, string Key), Content> Copy() => _keys.ToDictionary(pair => pair.Key, pair => pair.Value.Copy());

        public void Create(int database, string key)
        {
            Remove(database, key);
            var kind = (DataType)random.Next(5);
            var content = new Content(kind);
            var count = random.Next(3) == 0 ? random.Next(1, 200) : random.Next(500, Fields);
            _keys[(database, key)] = content;
            switch (kind)
            {
                case DataType.String:
                    store[database].SetString(Bytes(key), "text"u8, Database.NoExpiry);
                    content.Elements["text"] = "";
                    return;
                case DataType.Hash:
                    store[database].CreateHash(Bytes(key)).Set("f"u8, "v"u8);
                    content.Elements["f"] = "v";
                    break;
                case DataType.Set:
                    store[database].CreateSet(Bytes(key)).Add("f"u8);
                    content.Elements["f"] = "";
                    break;
                case DataType.List:
                    store[database].CreateList(Bytes(key)).PushLast("f"u8);
                    content.Items.Add("f");
                    break;
                default:
                    store[database].CreateSortedSet(Bytes(key)).Set("f"u8, 1);
                    content.Elements["f"] = "1";
                    break;
            }

            for (var i = 0; i < count; i++)
                Change(database, key, content);
            for (var i = 0; kind == DataType.List && i < 6 * count; i++)
                ChangeList(data: store[database], store[database].Find(Bytes(key)), content.Items, grows: true);
        }

        public void Step()
        {
            var database = random.Next(Databases);
            var key = $"key{random.Next(Names)}";
            if (!_keys.TryGetValue((database, key), out var content))
            {
                if (random.Next(40) == 0)
                    Create(database, key);
                return;
            }

            var data = store[database];
            switch (random.Next(600))
            {
                case 0:
                    Remove(database, key);
                    break;
                case 1:
                    Create(database, key);
                    break;
                case 2:
                    content.ExpireAtMs = random.Next(2) == 0 ? Database.NoExpiry : random.Next(1, 1000);
                    data.SetExpiry(Bytes(key), content.ExpireAtMs);
                    break;
                case 3:
                    var other = $"key{random.Next(Names)}";
                    data.Rename(Bytes(key), Bytes(other));
                    _keys.Remove((database, key));
                    _keys[(database, other)] = content;
                    break;
                case 4:
                    var target = (database + 1) % Databases;
                    if (data.MoveTo(Bytes(key), store[target]))
                    {
                        _keys.Remove((database, key));
                        _keys[(target, key)] = content;
                    }

                    break;
                case 5:
                    var copied = $"key{random.Next(Names)}";
                    if (data.CopyTo(Bytes(key), store[(database + 1) % Databases], Bytes(copied)))
                        _keys[((database + 1) % Databases, copied)] = content.Copy();
                    break;
                default:
                    Change(database, key, content);
                    break;
            }
        }

        private void Remove(int database, string key)
        {
            Assert.Equal(_keys.Remove((database, key)), store[database].Unlink(Bytes(key), out var remains));
            remains?.Dispose();
        }

        private void ChangeList(Database data, Entry entry, List<string> items, bool grows)
        {
            var list = data.EditList(entry);
            var item = $"{new string('i', random.Next(60))}{random.Next(50)}";
            var index = random.Next(items.Count);
            switch (grows ? random.Next(2) : items.Count > 1 ? random.Next(8) : 0)
            {
                case 0:
                    list.PushFirst(Bytes(item));
                    items.Insert(0, item);
                    break;
                case 1:
                    list.PushLast(Bytes(item));
                    items.Add(item);
                    break;
                case 2:
                    var first = random.Next(1, Math.Min(items.Count, 5));
                    list.RemoveFirst(first);
                    items.RemoveRange(0, first);
                    break;
                case 3:
                    var last = random.Next(1, Math.Min(items.Count, 5));
                    list.RemoveLast(last);
                    items.RemoveRange(items.Count - last, last);
                    break;
                case 4:
                    list.Set(index, Bytes(item));
                    items[index] = item;
                    break;
                case 5:
                    list.Insert(index, Bytes(item));
                    items.Insert(index, item);
                    break;
                case 6:
                    list.Set(index, Bytes(items[index][..^1] + "x"));
                    items[index] = items[index][..^1] + "x";
                    break;
                default:
                    if (items.All(other => other == items[index]))
                        break;
                    item = items[index];
                    Assert.Equal(items.Count(other => other == item), list.RemoveEqual(Bytes(item), long.MaxValue, fromEnd: random.Next(2) == 0));
                    items.RemoveAll(other => other == item);
                    break;
            }
        }

        private void Change(int database, string key, Content content)
        {
            var data = store[database];
            var entry = data.Find(Bytes(key));
            var field = $"f{random.Next(Fields)}";
            var number = random.Next(1000);
            var removes = content.Elements.Count > 1 && random.Next(3) == 0;
            if (content.Type == DataType.Hash)
            {
                var hash = data.EditHash(entry);
                if (removes)
                    Assert.Equal(content.Elements.Remove(field), hash.Remove(Bytes(field)));
                else
                    hash.Set(Bytes(field), Bytes(content.Elements[field] = new string('v', number % 50) + number));
            }
            else if (content.Type == DataType.List)
            {
                ChangeList(data, entry, content.Items, grows: false);
            }
            else if (content.Type == DataType.Set)
            {
                var set = data.EditSet(entry);
                if (removes)
                    Assert.Equal(content.Elements.Remove(field), set.Remove(Bytes(field)));
                else
                    Assert.Equal(content.Elements.TryAdd(field, ""), set.Add(Bytes(field)));
            }
            else if (content.Type == DataType.ZSet)
            {
                var set = data.EditSortedSet(entry);
                if (removes)
                    Assert.Equal(content.Elements.Remove(field), set.Remove(Bytes(field)));
                else
                    set.Set(Bytes(field), int.Parse(content.Elements[field] = $"{number}"));
            }
        }
    }

    private sealed record Content(DataType Type)
    {
        public List<string> Items { get; init; } = [];

        public Dictionary<string, string> Elements { get; init; } = [];

        public long ExpireAtMs { get; set; } = Database.NoExpiry;

        public Content Copy() => this with { Elements = new Dictionary<string, string>(Elements), Items = [.. Items] };
    }

    /// <summary>A snapshot with what it must find and what it has found.</summary>
    private sealed class Collected
    {
        private readonly Store _store;
        private readonly Model _model;
        private readonly StoreSnapshot _snapshot;
        private readonly Dictionary<(int Database, string Key), Content> _expected;
        private readonly Dictionary<(int Database, string Key), Content> _found = [];
        private string? _inside;
        private int _pieces;
        private bool _isAbandoned;

        public Collected(Store store, Model model)
        {
            (_store, _model) = (store, model);
            _expected = model.Copy();
            _snapshot = store.TryBeginSnapshot(inParts: true)!;
        }

        public void Abandon()
        {
            _isAbandoned = true;
            _snapshot.Abandon();
        }

        public bool Continue(int steps)
        {
            var self = this;
            if (!_snapshot.Continue(
                steps, ref self, static (ref Collected it, int database, Entry entry) => it.Whole(database, entry), static (ref Collected it, int database, in SnapshotPart part) => it.Part(database, part)))
            {
                return false;
            }

            _snapshot.Dispose();
            if (_isAbandoned)
                return true;
            Assert.Null(_inside);
            Assert.Equal(_expected.Keys.Order(), _found.Keys.Order());
            foreach (var (key, content) in _expected)
            {
                Assert.Equal(content.ExpireAtMs, _found[key].ExpireAtMs);
                Assert.Equal(content.Type, _found[key].Type);
                Assert.Equal(content.Items, _found[key].Items);
                Assert.Equal(content.Elements.OrderBy(pair => pair.Key, StringComparer.Ordinal), _found[key].Elements.OrderBy(pair => pair.Key, StringComparer.Ordinal));
            }

            return true;
        }

        private static void AddItems(List<string> items, ReadOnlySpan<byte> entries, int count)
        {
            for (var left = count; left > 0; left--)
            {
                items.Add(Text(ListpackEntry.Read(in entries[0]).AsBytes(new byte[24])));
                entries = entries[ListpackEntry.SizeAt(in entries[0])..];
            }

            Assert.True(entries.IsEmpty);
        }

        private void Whole(int database, Entry entry)
        {
            Assert.Null(_inside);
            var content = new Content(entry.Type) { ExpireAtMs = entry.ExpireAtMs };
            Assert.True(_found.TryAdd((database, Text(entry.Key)), content));
            switch (entry.Type)
            {
                case DataType.String:
                    content.Elements[Text(entry.StringValue)] = "";
                    break;
                case DataType.Hash:
                    foreach (var field in _store[0].ReadHash(entry))
                        content.Elements.Add(Text(field.Name.AsBytes(new byte[24])), Text(field.Value.AsBytes(new byte[24])));
                    break;
                case DataType.Set:
                    foreach (var member in _store[0].ReadSet(entry))
                        content.Elements.Add(Text(member.AsBytes(new byte[24])), "");
                    break;
                case DataType.List:
                    foreach (var item in _store[0].ReadList(entry))
                        content.Items.Add(Text(item.AsBytes(new byte[24])));
                    break;
                default:
                    foreach (var element in _store[0].ReadSortedSet(entry))
                        content.Elements.Add(Text(element.Member.AsBytes(new byte[24])), $"{element.Score}");
                    break;
            }
        }

        private void Part(int database, in SnapshotPart part)
        {
            var key = Text(part.Key.Key);
            switch (part.Kind)
            {
                case SnapshotPartKind.Start:
                    Assert.Null(_inside);
                    _inside = key;
                    Assert.True(_found.TryAdd((database, key), new Content(part.Key.Type) { ExpireAtMs = part.Key.ExpireAtMs }));
                    break;
                case SnapshotPartKind.Element:
                    Assert.Equal(_inside, key);
                    _model.PartsSeen++;
                    if (part.Key.Type == DataType.List)
                    {
                        AddItems(_found[(database, key)].Items, part.Entries, part.EntryCount);
                        _pieces++;
                        break;
                    }

                    var value = part.Key.Type != DataType.ZSet ? Text(part.Element.StringValue) : $"{BitConverter.ToDouble(part.Element.StringValue)}";
                    _found[(database, key)].Elements.Add(Text(part.Element.Key), value);
                    break;
                default:
                    Assert.Equal(_inside, key);
                    Assert.Equal(part.Count, part.Key.Type == DataType.List ? _pieces : _found[(database, key)].Elements.Count);
                    _pieces = 0;
                    _inside = null;
                    break;
            }
        }
    }
}
