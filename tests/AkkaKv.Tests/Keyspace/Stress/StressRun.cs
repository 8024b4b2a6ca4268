using AkkaKv.Keyspace;
using static AkkaKv.Tests.Keyspace.Keys;

namespace AkkaKv.Tests.Keyspace.Stress;

/// <summary>
/// Everything that can happen to a store, at random, beside ordinary collections: values of all types change, are renamed, copied, moved, swapped, expire, are removed
/// and flushed, while snapshots walk, keys move together, large values are freed bit by bit and free pages go back. Memory is guarded: what is
/// freed is poisoned, a write to it or a second free throws. In the end nothing may be left.
/// </summary>
internal sealed class StressRun : IDisposable
{
    private const int Databases = 3;
    private const long HorizonMs = 2000;

    private static readonly DataType[] Types = Enum.GetValues<DataType>();

    private readonly Random _random;
    private readonly ValueChanges _changes;
    private readonly LimitedMemory _memory = new();
    private readonly Store _store;
    private readonly Dictionary<string, PlainValue>[] _models = [[], [], []];
    private readonly List<ExpectedSnapshot> _snapshots = [];
    private readonly List<DetachedMemory> _detached = [];
    private readonly int _keyCount;
    private long _nowMs;

    public StressRun(int seed)
    {
        _random = new Random(seed);
        _changes = new ValueChanges(_random);
        _keyCount = _random.Next(5, 120);
        _store = new Store(Databases, (ulong)seed, guarded: true, _memory);
    }

    public void Execute(int operations)
    {
        for (var i = 0; i < operations; i++)
        {
            Step(_random.Next(Databases));
            if (i % (operations / 10) == 0)
                CheckAll();
        }

        CheckAll();
        End();
    }

    public void Dispose()
    {
        _store.Dispose();
        foreach (var snapshot in _snapshots)
            snapshot.Dispose();
    }

    private void Step(int index)
    {
        var (database, model) = (_store[index], _models[index]);
        var name = $"k{_random.Next(_keyCount)}";
        var key = Of(name);
        switch (_random.Next(100))
        {
            case < 50:
                Change(database, model, name);
                break;
            case < 55:
                var text = _changes.RandomText();
                var expireAtMs = RandomExpiry();
                database.SetString(key, System.Text.Encoding.Latin1.GetBytes(text), expireAtMs);
                model[name] = new PlainValue(DataType.String) { Content = text, ExpireAtMs = expireAtMs };
                break;
            case < 60:
                Remove(database, model, name);
                break;
            case < 65:
                expireAtMs = RandomExpiry();
                Assert.Equal(model.ContainsKey(name), database.SetExpiry(key, expireAtMs));
                if (model.TryGetValue(name, out var found))
                    found.ExpireAtMs = expireAtMs;
                break;
            case < 69:
                Rename(database, model, name, $"k{_random.Next(_keyCount)}");
                break;
            case < 73:
                Copy(index, name, _random.Next(Databases), $"k{_random.Next(_keyCount)}");
                break;
            case < 76:
                Move(index, name, (index + 1) % Databases);
                break;
            case < 79:
                Expire(database, model);
                break;
            case 79:
                _store.Swap(index, 0);
                (_models[index], _models[0]) = (_models[0], _models[index]);
                break;
            case 80 when _random.Next(30) == 0:
                _detached.Add(_random.Next(2) == 0 ? database.ClearDetached() : _store.ClearDetached());
                foreach (var cleared in _models.Where((_, i) => _store[i].Count == 0))
                    cleared.Clear();
                break;
            case < 84:
                var budget = _random.Next(200);
                database.Compact(ref budget);
                break;
            case < 87:
                _store.ReclaimSome(_random.Next(300));
                break;
            case 87:
                _store.ReleaseSomeIdleMemory();
                break;
            case 88 when _detached.Count > 0:
                _detached[0].Dispose();
                _detached.RemoveAt(0);
                break;
            case 89 when _snapshots.Count < 5:
                _snapshots.Add(new ExpectedSnapshot(_store, _models, inParts: _random.Next(2) == 0));
                break;
            case < 98 when _snapshots.Count > 0:
                ContinueSnapshot(_random.Next(_snapshots.Count));
                break;
            default:
                CheckOne(database, model, name);
                break;
        }
    }

    private void Change(Database database, Dictionary<string, PlainValue> model, string name)
    {
        model.TryGetValue(name, out var plain);
        var type = plain?.Type ?? Types[_random.Next(Types.Length)];
        plain = _changes.Change(database, Of(name), plain, type);
        if (plain.IsEmpty)
            model.Remove(name);
        else
            model[name] = plain;
        if (!database.Find(Of(name)).Exists)
            Assert.True(plain.IsEmpty);
        else
            plain.ExpireAtMs = database.Find(Of(name)).ExpireAtMs;
    }

    private void Remove(Database database, Dictionary<string, PlainValue> model, string name)
    {
        DetachedMemory? remains = null;
        Assert.Equal(model.Remove(name), _random.Next(2) == 0 ? database.Remove(Of(name)) : database.Unlink(Of(name), out remains));
        if (remains != null)
            _detached.Add(remains);
    }

    private static void Rename(Database database, Dictionary<string, PlainValue> model, string from, string to)
    {
        Assert.Equal(model.ContainsKey(from), database.Rename(Of(from), Of(to)));
        if (model.Remove(from, out var value))
            model[to] = value;
    }

    private void Copy(int index, string from, int target, string to)
    {
        var possible = _models[index].ContainsKey(from) && (index != target || from != to);
        Assert.Equal(possible, _store[index].CopyTo(Of(from), _store[target], Of(to)));
        if (possible)
            _models[target][to] = _models[index][from].Copy();
    }

    private void Move(int index, string name, int target)
    {
        var possible = _models[index].ContainsKey(name) && !_models[target].ContainsKey(name);
        Assert.Equal(possible, _store[index].MoveTo(Of(name), _store[target]));
        if (possible && _models[index].Remove(name, out var value))
            _models[target][name] = value;
    }

    private void Expire(Database database, Dictionary<string, PlainValue> model)
    {
        _nowMs += _random.Next(100);
        var state = (database, model, nowMs: _nowMs);
        database.ExpireSome(_nowMs, _random.Next(1, 10), ref state, static (ref (Database Database, Dictionary<string, PlainValue> Model, long NowMs) it, Entry entry) =>
        {
            Assert.True(it.Model.Remove(Text(entry.Key), out var value));
            Assert.True(value.ExpireAtMs < it.NowMs);
            Assert.True(it.Database.Remove(entry.Key));
        });
    }

    private void ContinueSnapshot(int number)
    {
        var snapshot = _snapshots[number];
        if (_random.Next(60) == 0)
            snapshot.Abandon();
        snapshot.Continue(_random.Next(1, 20));
        if (!snapshot.IsFinished)
            return;
        snapshot.Dispose();
        _snapshots.RemoveAt(number);
    }

    private void CheckAll()
    {
        foreach (var (index, model) in _models.Index())
        {
            Assert.Equal(model.Count, _store[index].Count);
            Assert.Equal(model.Values.Count(value => value.ExpireAtMs != Database.NoExpiry), _store[index].ExpiringCount);
            foreach (var name in model.Keys)
                CheckOne(_store[index], model, name);
        }
    }

    private static void CheckOne(Database database, Dictionary<string, PlainValue> model, string name)
    {
        var entry = database.Find(Of(name));
        Assert.Equal(model.TryGetValue(name, out var plain), entry.Exists);
        if (entry.Exists)
            Assert.Equal(plain!.Describe(), StoredValues.Read(database, entry).Describe());
    }

    /// <summary>Ends the snapshots, removes key by key what is left, and counts what did not come back: nothing.</summary>
    private void End()
    {
        while (_snapshots.Count > 0)
            ContinueSnapshot(0);
        foreach (var (index, model) in _models.Index())
        {
            foreach (var name in model.Keys)
                Assert.True(_store[index].Remove(Of(name)));
        }

        while (_store.ReclaimSome(1000))
        {
            // Large values are freed bit by bit.
        }

        Assert.Equal(0, _store.UsedMemory);
        Assert.Equal(0, _store.SnapshotMemory);
        foreach (var detached in _detached)
            detached.Dispose();
        _store.Dispose();
        Assert.Equal(0, _memory.Taken);
    }

    private long RandomExpiry() => _random.Next(2) == 0 ? _nowMs + _random.NextInt64(HorizonMs) : Database.NoExpiry;
}
