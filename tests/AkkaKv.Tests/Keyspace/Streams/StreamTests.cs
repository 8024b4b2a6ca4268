using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values;
using AkkaKv.Keyspace.Values.Packed;
using AkkaKv.Keyspace.Values.Streams;
using static AkkaKv.Tests.Keyspace.Keys;

namespace AkkaKv.Tests.Keyspace.Streams;

public sealed class StreamTests
{
    [Theory]
    [InlineData(1, 100, 4096)]
    [InlineData(2, 7, 4096)]
    [InlineData(3, 0, 300)]
    public void Random_changes_agree_with_a_plain_list(int seed, int nodeEntries, int nodeBytes)
    {
        using var store = new Store(2, (ulong)seed, guarded: true);
        store.Limits.StreamNodeMaxEntries = nodeEntries;
        store.Limits.StreamNodeMaxBytes = nodeBytes;
        var random = new Random(seed);
        var model = new SortedDictionary<StreamId, string[]>();
        store[0].CreateStream("s"u8);
        var lastMs = 1000ul;
        for (var i = 0; i < 6_000; i++)
        {
            var editor = store[0].EditStream(store[0].Find("s"u8));
            switch (random.Next(20))
            {
                case < 14:
                    lastMs += (ulong)random.Next(3);
                    var id = editor.View.LastId.Ms == lastMs ? new StreamId(lastMs, editor.View.LastId.Sequence + 1) : new StreamId(lastMs, 0);
                    var fields = RandomFields(random);
                    editor.Add(id, new Fields(fields));
                    model.Add(id, fields);
                    break;
                case < 18:
                    var some = model.Count > 0 && random.Next(4) > 0 ? model.Keys.ElementAt(random.Next(model.Count)) : new StreamId(lastMs, 99);
                    Assert.Equal(model.Remove(some), editor.Delete(some));
                    break;
                case 18:
                    Trim(editor, model, random);
                    break;
                default:
                    Assert.True(store[0].CopyTo("s"u8, store[1], "copy"u8));
                    Check(store[1], "copy", model, random);
                    Assert.True(store[1].Remove("copy"u8));
                    break;
            }

            if (i % 200 == 0)
                Check(store[0], "s", model, random);
        }

        Check(store[0], "s", model, random);
        Assert.True(store[0].Remove("s"u8));
        while (store.ReclaimSome(10))
        {
        }

        Assert.Equal(0, store.UsedMemory);
    }

    [Fact]
    public void Nodes_are_well_formed_and_can_be_taken_over_as_they_are()
    {
        using var store = new Store(1, 1, guarded: true);
        var editor = store[0].CreateStream("s"u8);
        for (var i = 1ul; i <= 500; i++)
            editor.Add(new StreamId(i, 0), new Fields(["f", "v" + i, i % 7 == 0 ? "other" : "g", "x"]));
        for (var i = 1ul; i <= 500; i += 3)
            Assert.True(editor.Delete(new StreamId(i, 0)));
        var copy = store[0].CreateStream("copy"u8);
        var view = store[0].ReadStream(store[0].Find("s"u8));
        for (var nodes = view.Nodes; nodes.MoveNext();)
        {
            Assert.True(Listpack.Validate(nodes.Pack, deep: true));
            copy.AddNode(nodes.MasterId, nodes.Pack, (int)Listpack.Get(nodes.Pack, Listpack.First(nodes.Pack)).Integer);
        }

        copy.SetState(view.LastId, view.EntriesAdded, view.MaxDeletedId);
        var copied = store[0].ReadStream(store[0].Find("copy"u8));
        Assert.Equal(view.Length, copied.Length);
        Assert.Equal(view.FirstId, copied.FirstId);
        Assert.Equal(Show(view), Show(copied));
        Assert.InRange(store[0].Find("s"u8).MemoryUsage, store.UsedMemory / 3, store.UsedMemory);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void What_is_pending_agrees_with_plain_dictionaries(int seed)
    {
        using var store = new Store(2, (ulong)seed, guarded: true);
        var random = new Random(seed);
        var editor = store[0].CreateStream("s"u8);
        var pending = new Dictionary<string, SortedDictionary<StreamId, string>>();
        for (var i = 0; i < 20_000; i++)
        {
            editor = store[0].EditStream(store[0].Find("s"u8));
            var name = $"group{random.Next(3)}";
            var groups = editor.Groups;
            var consumerName = Of($"consumer{random.Next(5)}");
            var id = new StreamId((ulong)random.Next(400), 0);
            Assert.Equal(pending.TryAdd(name, []), groups.TryCreate(Of(name), StreamId.Min, 0, out var group));
            var consumer = group.FindConsumer(consumerName);
            switch (random.Next(200))
            {
                case < 120:
                    consumer = consumer.Exists ? consumer : groups.CreateConsumer(group, consumerName, i);
                    groups.SetPending(group, consumer, id, i, 1);
                    pending[name][id] = Text(consumerName);
                    break;
                case < 190:
                    Assert.Equal(pending[name].Remove(id), groups.RemovePending(group, id));
                    break;
                case < 193 when consumer.Exists:
                    groups.DeleteConsumer(group, consumer);
                    foreach (var gone in pending[name].Where(pair => pair.Value == Text(consumerName)).ToArray())
                        pending[name].Remove(gone.Key);
                    break;
                case 193:
                    groups.Destroy(group);
                    pending.Remove(name);
                    break;
                case 194:
                    Assert.True(store[0].CopyTo("s"u8, store[1], "s"u8));
                    CheckPending(store[1], pending);
                    break;
                default:
                    CheckPending(store[0], pending);
                    break;
            }
        }

        CheckPending(store[0], pending);
        Assert.InRange(store[0].Find("s"u8).MemoryUsage, 10_000, store.UsedMemory);
        store[0].Remove("s"u8);
        store[1].Remove("s"u8);
        while (store.ReclaimSome(50))
        {
        }

        Assert.Equal(0, store.UsedMemory);
    }

    private static void CheckPending(Database database, Dictionary<string, SortedDictionary<StreamId, string>> model)
    {
        var view = database.ReadStream(database.Find("s"u8));
        Assert.Equal(model.Keys.Order(StringComparer.Ordinal), view.GroupsByName().Select(group => Text(group.Name)));
        foreach (var group in view.GroupsByName())
        {
            var expected = model[Text(group.Name)];
            Assert.Equal(expected.Count, group.PendingCount);
            var seen = new List<(StreamId, string)>();
            for (var entry = group.SeekPending(StreamId.Min); entry.Exists; entry = entry.Next)
                seen.Add((entry.Id, Text(entry.Consumer.Name)));
            Assert.Equal(expected.Select(pair => (pair.Key, pair.Value)), seen);
            foreach (var consumer in group.ConsumersByName())
            {
                var own = new List<StreamId>();
                for (var entry = consumer.SeekPending(StreamId.Min); entry.Exists; entry = entry.Next)
                    own.Add(entry.Id);
                Assert.Equal(expected.Where(pair => pair.Value == Text(consumer.Name)).Select(pair => pair.Key), own);
                Assert.Equal(own.Count, consumer.PendingCount);
            }
        }
    }

    private static void Trim(StreamEditor editor, SortedDictionary<StreamId, string[]> model, Random random)
    {
        var kept = Math.Max(0, model.Count - random.Next(60));
        var byId = random.Next(2) == 0;
        var minId = kept == 0 ? StreamId.Max : model.Keys.ElementAt(model.Count - kept);
        var approximate = random.Next(2) == 0;
        var before = model.Count;
        var deleted = editor.Trim(new StreamTrim(byId ? null : kept, byId ? minId : default, approximate, 0));
        Assert.InRange(deleted, approximate ? 0 : before - kept, before - kept);
        foreach (var id in model.Keys.Take((int)deleted).ToArray())
            model.Remove(id);
    }

    private static void Check(Database database, string key, SortedDictionary<StreamId, string[]> model, Random random)
    {
        var view = database.ReadStream(database.Find(Of(key)));
        Assert.Equal(model.Count, view.Length);
        Assert.Equal(model.Keys.FirstOrDefault(), view.FirstId);
        Assert.Equal(model.Keys.LastOrDefault(), view.LastPresentId);
        var all = model.Select(pair => $"{pair.Key.Ms}-{pair.Key.Sequence} {string.Join(' ', pair.Value)}").ToList();
        Assert.Equal(all, Show(view));
        for (var i = 0; i < 5; i++)
        {
            var first = new StreamId(1000 + (ulong)random.Next(4000), (ulong)random.Next(3));
            var last = new StreamId(1000 + (ulong)random.Next(4000), (ulong)random.Next(3));
            var expected = model.Keys.Where(id => id >= first && id <= last).ToList();
            var forwards = new List<StreamId>();
            foreach (var entry in view.Range(first, last))
                forwards.Add(entry.Id);
            Assert.Equal(expected, forwards);
            var backwards = new List<StreamId>();
            foreach (var entry in view.Range(first, last, backwards: true))
                backwards.Add(entry.Id);
            Assert.Equal(expected.AsEnumerable().Reverse(), backwards);
        }
    }

    private static List<string> Show(StreamView view)
    {
        var scratch = new byte[Element.ScratchSize];
        var all = new List<string>();
        foreach (var entry in view.Range(StreamId.Min, StreamId.Max))
        {
            var text = $"{entry.Id.Ms}-{entry.Id.Sequence}";
            foreach (var field in entry)
                text += " " + Text(field.Name.AsBytes(scratch)) + " " + Text(field.Value.AsBytes(scratch));
            all.Add(text);
        }

        return all;
    }

    private static string[] RandomFields(Random random)
    {
        var names = random.Next(3) switch { 0 => new[] { "a", "7" }, 1 => ["a"], _ => [$"f{random.Next(3)}", "b", "c"] };
        return [.. names.SelectMany(name => new[] { name, random.Next(2) == 0 ? $"{random.Next(100_000)}" : new string('v', random.Next(100)) })];
    }

    private readonly struct Fields(string[] pairs) : IStreamFields
    {
        public int Count => pairs.Length / 2;

        public ReadOnlySpan<byte> Field(int index) => Of(pairs[index * 2]);

        public ReadOnlySpan<byte> Value(int index) => Of(pairs[(index * 2) + 1]);
    }
}
