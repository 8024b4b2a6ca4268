using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values;
using AkkaKv.Keyspace.Values.Hashes;
using static AkkaKv.Tests.Keyspace.Keys;

namespace AkkaKv.Tests.Keyspace.Hashes;

/// <summary>Hashes in two databases on guarded memory beside plain dictionaries, and operations that change both.</summary>
internal sealed class ModelledHashes(int seed, int fieldCount) : IDisposable
{
    private readonly Random _random = new(seed);

    public Store Store { get; } = new(2, (ulong)seed, guarded: true);

    public Dictionary<string, Dictionary<string, string>>[] Models { get; } = [[], []];

    public void Dispose() => Store.Dispose();

    public void Step()
    {
        var index = _random.Next(2);
        var key = RandomKey();
        switch (_random.Next(40))
        {
            case < 24:
                Set(index, key, RandomField(), RandomValue());
                break;
            case < 34:
                RemoveField(index, key, RandomField());
                break;
            case 34 when _random.Next(8) == 0:
                Assert.Equal(Models[index].Remove(key), Store[index].Remove(Of(key)));
                break;
            case 35:
                Assert.Equal(Models[index].ContainsKey(key), Store[index].SetExpiry(Of(key), _random.Next(2) == 0 ? 1000 : Database.NoExpiry));
                break;
            case 36:
                Rename(index, key, RandomKey());
                break;
            case 37:
                Move(index, key);
                break;
            case 38:
                Copy(index, key, RandomKey());
                break;
            default:
                Store.ReclaimSome(_random.Next(300));
                Check(index, key);
                break;
        }
    }

    public void CheckAll()
    {
        for (var index = 0; index < Models.Length; index++)
        {
            Assert.Equal(Models[index].Count, Store[index].Count);
            foreach (var key in Models[index].Keys)
                Check(index, key);
        }
    }

    /// <summary>Removes every key, and all memory must be back.</summary>
    public void RemoveAll()
    {
        for (var index = 0; index < Models.Length; index++)
        {
            foreach (var key in Models[index].Keys)
                Assert.True(Store[index].Remove(Of(key)));
            Models[index].Clear();
        }

        while (Store.ReclaimSome(100))
        {
        }

        Assert.Equal(0, Store.UsedMemory);
    }

    public void Set(int index, string key, string field, string value)
    {
        var entry = Store[index].Find(Of(key));
        var editor = entry.Exists ? Store[index].EditHash(entry) : Store[index].CreateHash(Of(key));
        var model = Models[index].TryGetValue(key, out var found) ? found : Models[index][key] = [];
        Assert.Equal(!model.ContainsKey(field), editor.Set(Of(field), Of(value)));
        model[field] = value;
        Assert.Equal(model.Count, editor.View.Count);
    }

    public void RemoveField(int index, string key, string field)
    {
        var entry = Store[index].Find(Of(key));
        Assert.Equal(Models[index].TryGetValue(key, out var model), entry.Exists);
        if (model == null)
            return;
        Assert.Equal(model.Remove(field), Store[index].EditHash(entry).Remove(Of(field)));
        if (model.Count > 0)
            return;
        Models[index].Remove(key);
        Assert.True(Store[index].Remove(Of(key)));
    }

    public static string Text(Element element) => Keys.Text(element.AsBytes(new byte[Element.ScratchSize]));

    private void Check(int index, string key)
    {
        var entry = Store[index].Find(Of(key));
        Assert.Equal(Models[index].TryGetValue(key, out var model), entry.Exists);
        if (model == null)
            return;
        var view = Store[index].ReadHash(entry);
        Assert.Equal(model.Count, view.Count);
        Assert.True(entry.MemoryUsage > model.Sum(pair => pair.Key.Length / 3));
        var seen = new Dictionary<string, string>();
        foreach (var field in view)
            seen.Add(Text(field.Name), Text(field.Value));
        Assert.Equal(model.OrderBy(pair => pair.Key), seen.OrderBy(pair => pair.Key));
        foreach (var (field, value) in model)
        {
            Assert.True(view.TryGet(Of(field), out var found) && view.Contains(Of(field)));
            Assert.Equal(value, Text(found));
        }

        Assert.False(view.TryGet("no such field"u8, out _));
        Assert.Equal(model.ContainsKey("f1"), view.Contains("f1"u8));
        var random = view.Random((ulong)_random.NextInt64());
        Assert.Equal(model[Text(random.Name)], Text(random.Value));
    }

    private void Rename(int index, string from, string to)
    {
        Assert.Equal(Models[index].ContainsKey(from), Store[index].Rename(Of(from), Of(to)));
        if (Models[index].Remove(from, out var model))
            Models[index][to] = model;
    }

    private void Move(int index, string key)
    {
        var possible = Models[index].ContainsKey(key) && !Models[1 - index].ContainsKey(key);
        Assert.Equal(possible, Store[index].MoveTo(Of(key), Store[1 - index]));
        if (possible && Models[index].Remove(key, out var model))
            Models[1 - index][key] = model;
    }

    private void Copy(int index, string from, string to)
    {
        var target = _random.Next(2);
        var possible = Models[index].TryGetValue(from, out var model) && (index != target || from != to);
        Assert.Equal(possible, Store[index].CopyTo(Of(from), Store[target], Of(to)));
        if (possible)
            Models[target][to] = new(model!);
    }

    private string RandomKey() => $"hash{_random.Next(6)}";

    private string RandomField()
    {
        var number = _random.Next(fieldCount);
        return number % 3 == 0 ? $"{number}" : number % 50 == 1 ? new string('f', 70) + number : $"f{number}";
    }

    private string RandomValue() => _random.Next(30) switch
    {
        0 => new string('v', _random.Next(10_000)),
        1 => new string('w', _random.Next(100)),
        < 10 => $"{_random.NextInt64() >> _random.Next(64)}",
        _ => new string('x', _random.Next(30)),
    };
}
