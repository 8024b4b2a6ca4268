using AkkaKv.Keyspace;
using static AkkaKv.Tests.Keyspace.Keys;

namespace AkkaKv.Tests.Keyspace;

/// <summary>A store on guarded memory beside plain dictionaries, and operations that change both.</summary>
internal sealed class ModelledStore(int seed, int keyCount) : IDisposable
{
    private const long HorizonMs = 10_000;

    private readonly Random _random = new(seed);
    private readonly byte[] _bytes = new byte[20_000];
    private long _nowMs;

    /// <summary>The store, of three databases.</summary>
    public Store Store { get; } = new(3, (ulong)seed, guarded: true);

    /// <summary>What each database must hold.</summary>
    public Dictionary<string, ModelledValue>[] Models { get; } = [[], [], []];

    public void Dispose()
    {
        Store.Clear();
        Assert.Equal(0, Store.UsedMemory);
        Store.Dispose();
    }

    /// <summary>Random operations, compared now and then; removes everything in the end.</summary>
    public void Execute(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            Step(_random.Next(3));
            if (i % (operations / 20) == 0)
                CheckAll();
        }

        CheckAll();
        foreach (var (index, model) in Models.Index())
        {
            foreach (var key in model.Keys)
                Assert.True(Store[index].Remove(Bytes(key)));
        }

        Assert.Equal(0, Store.UsedMemory);
        foreach (var model in Models)
            model.Clear();
    }

    /// <summary>Adds many keys and removes most of them.</summary>
    public void FillAndDrain()
    {
        for (var i = 0; i < keyCount; i++)
            Set(0, RandomKey(), RandomValue(40), RandomExpiry());
        CheckAll();
        foreach (var key in Models[0].Keys.ToArray())
        {
            if (_random.Next(50) != 0)
            {
                Assert.True(Store[0].Remove(Bytes(key)));
                Models[0].Remove(key);
            }
        }
    }

    /// <summary>Compares everything.</summary>
    public void CheckAll()
    {
        for (var index = 0; index < Models.Length; index++)
            Check(Store[index], Models[index]);
    }

    /// <summary>One random operation on a database.</summary>
    public void Step(int index)
    {
        var (database, model) = (Store[index], Models[index]);
        var key = RandomKey();
        switch (_random.Next(20))
        {
            case < 6:
                Set(index, key, RandomValue(_random.Next(12) == 0 ? 20_000 : 100), RandomExpiry());
                break;
            case < 9:
                Assert.Equal(model.Remove(key), database.Remove(Bytes(key)));
                break;
            case < 11:
                Resize(database, model, key);
                break;
            case < 13:
                var expireAtMs = RandomExpiry();
                Assert.Equal(model.ContainsKey(key), database.SetExpiry(Bytes(key), expireAtMs));
                if (model.TryGetValue(key, out var found))
                    model[key] = found with { ExpireAtMs = expireAtMs };
                break;
            case 13:
                Rename(database, model, key, RandomKey());
                break;
            case 14:
                Move(index, key, (index + 1) % 3);
                break;
            case 15:
                _nowMs += _random.Next(50);
                Expire(database, model);
                break;
            case 16 when _random.Next(200) == 0:
                database.Clear();
                model.Clear();
                break;
            case 17 when _random.Next(10) == 0:
                Store.Swap(index, 0);
                (Models[index], Models[0]) = (Models[0], Models[index]);
                break;
            case 18:
                var random = database.RandomEntry((ulong)_random.NextInt64());
                Assert.Equal(model.Count > 0, random.Exists);
                Assert.True(!random.Exists || model.ContainsKey(Text(random.Key)));
                break;
            default:
                CheckOne(database, model, key);
                break;
        }
    }

    private void Set(int index, string key, string value, long expireAtMs)
    {
        var entry = Store[index].SetString(Bytes(key), Bytes(value), expireAtMs);
        Models[index][key] = new ModelledValue(value, expireAtMs);
        Assert.Equal(value, Text(entry.StringValue));
    }

    private void Resize(Database database, Dictionary<string, ModelledValue> model, string key)
    {
        var length = _random.Next(_random.Next(10) == 0 ? 20_000 : 200);
        var value = database.ResizeString(Bytes(key), length);
        var old = model.GetValueOrDefault(key, new ModelledValue("", Database.NoExpiry));
        var expected = old.Text.Length >= length ? old.Text[..length] : old.Text.PadRight(length, '\0');
        Assert.Equal(expected, Text(value));
        model[key] = old with { Text = expected };
    }

    private static void Rename(Database database, Dictionary<string, ModelledValue> model, string from, string to)
    {
        Assert.Equal(model.ContainsKey(from), database.Rename(Bytes(from), Bytes(to)));
        if (model.Remove(from, out var value))
            model[to] = value;
    }

    private void Move(int index, string key, int target)
    {
        var possible = Models[index].ContainsKey(key) && !Models[target].ContainsKey(key);
        Assert.Equal(possible, Store[index].MoveTo(Bytes(key), Store[target]));
        if (possible && Models[index].Remove(key, out var value))
            Models[target][key] = value;
    }

    private void Expire(Database database, Dictionary<string, ModelledValue> model)
    {
        var expected = model.Count(pair => pair.Value.IsExpired(_nowMs));
        var state = (database, model, nowMs: _nowMs);
        var limit = _random.Next(1, 50);
        var visited = database.ExpireSome(_nowMs, limit, ref state, static (ref (Database Database, Dictionary<string, ModelledValue> Model, long NowMs) it, Entry entry) =>
        {
            Assert.True(it.Model.Remove(Text(entry.Key), out var value));
            Assert.True(value.IsExpired(it.NowMs));
            Assert.True(it.Database.Remove(entry.Key));
        });
        Assert.Equal(Math.Min(expected, limit), visited);
    }

    private static void Check(Database database, Dictionary<string, ModelledValue> model)
    {
        Assert.Equal(model.Count, database.Count);
        Assert.Equal(model.Values.Count(value => value.ExpireAtMs != Database.NoExpiry), database.ExpiringCount);
        var earliest = model.Values.Where(value => value.ExpireAtMs != Database.NoExpiry).Select(value => value.ExpireAtMs);
        Assert.Equal(earliest.DefaultIfEmpty(Database.NoExpiry).Min(), database.NextExpireAtMs);
        foreach (var key in model.Keys)
            CheckOne(database, model, key);

        var seen = new HashSet<string>();
        var cursor = 0UL;
        do
        {
            cursor = database.Scan(cursor, ref seen, static (ref HashSet<string> all, Entry entry) => all.Add(Text(entry.Key)));
        }
        while (cursor != 0);
        Assert.True(seen.SetEquals(model.Keys));
    }

    private static void CheckOne(Database database, Dictionary<string, ModelledValue> model, string key)
    {
        var entry = database.Find(Bytes(key));
        Assert.Equal(model.TryGetValue(key, out var value), entry.Exists);
        if (!entry.Exists)
            return;
        Assert.Equal(key, Text(entry.Key));
        Assert.Equal(value.Text, Text(entry.StringValue));
        Assert.Equal(value.ExpireAtMs, entry.ExpireAtMs);
    }

    // Some keys are longer than what a short key's length byte can say.
    private string RandomKey()
    {
        var number = _random.Next(keyCount);
        return number % 97 == 5 ? new string('k', 250 + (number % 10)) + number : $"k{number}";
    }

    private string RandomValue(int maxLength)
    {
        var value = _bytes.AsSpan(0, _random.Next(maxLength));
        _random.NextBytes(value);
        return Text(value);
    }

    private long RandomExpiry() => _random.Next(3) == 0 ? _nowMs + _random.NextInt64(HorizonMs) : Database.NoExpiry;

    private static byte[] Bytes(string text) => System.Text.Encoding.Latin1.GetBytes(text);
}

/// <summary>What the model knows of a key.</summary>
internal readonly record struct ModelledValue(string Text, long ExpireAtMs)
{
    public bool IsExpired(long nowMs) => ExpireAtMs != Database.NoExpiry && nowMs > ExpireAtMs;
}
