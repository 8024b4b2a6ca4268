using System.Globalization;
using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Snapshots;
using AkkaKv.Keyspace.Values;
using AkkaKv.Keyspace.Values.Sets;
using static AkkaKv.Tests.Keyspace.Keys;

namespace AkkaKv.Tests.Keyspace.Values;

/// <summary>A store of sets on guarded memory beside plain ones, and operations that change both.</summary>
internal sealed class ModelledSets : IDisposable
{
    private const int KeyCount = 5;

    private readonly Random _random;
    private readonly int _memberCount;
    private readonly Dictionary<string, SortedSet<string>>[] _models = [new(StringComparer.Ordinal), new(StringComparer.Ordinal)];

    public ModelledSets(int seed, int memberCount, long maxIntsetEntries)
    {
        _random = new Random(seed);
        _memberCount = memberCount;
        Store = new Store(2, (ulong)seed, guarded: true);
        Store.Limits.SetMaxIntsetEntries = maxIntsetEntries;
    }

    public Store Store { get; }

    public void Dispose()
    {
        Store.Clear();
        Assert.Equal(0, Store.UsedMemory);
        Store.Dispose();
    }

    /// <summary>One random operation.</summary>
    public void Step()
    {
        var index = _random.Next(2);
        var (database, model) = (Store[index], _models[index]);
        var key = RandomKey();
        switch (_random.Next(20))
        {
            case < 9:
                Add(database, model, key, _random.Next(_random.Next(8) == 0 ? 200 : 4));
                break;
            case < 13:
                Remove(database, model, key, _random.Next(_random.Next(8) == 0 ? 300 : 4));
                break;
            case < 15:
                RemoveAtRandom(database, model, key);
                break;
            case 15:
                Combine(database, model, key, RandomKey(), RandomKey());
                break;
            case 16:
                Transfer(index, key, RandomKey());
                break;
            case 17 when _random.Next(20) == 0:
                Assert.Equal(model.Remove(key), database.Remove(Of(key)));
                break;
            case 18 when _random.Next(300) == 0:
                database.Clear();
                model.Clear();
                break;
            default:
                Check(database, model, key);
                break;
        }
    }

    /// <summary>Compares everything.</summary>
    public void CheckAll()
    {
        for (var index = 0; index < _models.Length; index++)
        {
            Assert.Equal(_models[index].Count, Store[index].Count);
            foreach (var key in _models[index].Keys)
                Check(Store[index], _models[index], key);
        }
    }

    /// <summary>What is there now, to be compared with a snapshot that begins now.</summary>
    public Dictionary<string, SortedSet<string>>[] Copy() =>
        [.. _models.Select(model => model.ToDictionary(pair => pair.Key, pair => new SortedSet<string>(pair.Value, StringComparer.Ordinal)))];

    public SortedSet<string> Members(int database, Entry entry)
    {
        SortedSet<string> members = new(StringComparer.Ordinal);
        foreach (var member in Store[database].ReadSet(entry))
            Assert.True(members.Add(Read(member)));
        return members;
    }

    /// <summary>Removes everything key by key.</summary>
    public void Drain()
    {
        for (var index = 0; index < _models.Length; index++)
        {
            foreach (var key in _models[index].Keys)
                Assert.True(Store[index].Remove(Of(key)));
            _models[index].Clear();
            while (Store[index].Contents.Reclaimer.Count > 0)
            {
                var budget = 10;
                Store[index].Contents.Reclaimer.FreeSome(ref budget);
            }

            Assert.Equal(0, Store[index].UsedMemory);
        }
    }

    private void Add(Database database, Dictionary<string, SortedSet<string>> model, string key, int count)
    {
        for (; count >= 0; count--)
        {
            var member = RandomMember(model.GetValueOrDefault(key));
            var entry = database.Find(Of(key));
            Assert.Equal(model.ContainsKey(key), entry.Exists);
            var set = entry.Exists ? database.EditSet(entry) : database.CreateSet(Of(key));
            if (!entry.Exists)
                model[key] = new SortedSet<string>(StringComparer.Ordinal);
            Assert.Equal(model[key].Add(member), set.Add(Bytes(member)));
            Assert.Equal(model[key].Count, set.View.Count);
        }
    }

    private void Remove(Database database, Dictionary<string, SortedSet<string>> model, string key, int count)
    {
        for (; count >= 0 && model.ContainsKey(key); count--)
        {
            var member = RandomMember(model[key]);
            Assert.Equal(model[key].Remove(member), database.EditSet(database.Find(Of(key))).Remove(Bytes(member)));
            RemoveEmptied(database, model, key);
        }
    }

    /// <summary>Removes members as they lie in the set, which is what SPOP does.</summary>
    private void RemoveAtRandom(Database database, Dictionary<string, SortedSet<string>> model, string key)
    {
        for (var count = _random.Next(5); count > 0 && model.ContainsKey(key); count--)
        {
            var set = database.EditSet(database.Find(Of(key)));
            var member = set.View.Random((ulong)_random.NextInt64());
            Assert.True(model[key].Remove(Read(member)));
            Assert.True(set.Remove(member));
            RemoveEmptied(database, model, key);
        }
    }

    private void Combine(Database database, Dictionary<string, SortedSet<string>> model, string target, string left, string right)
    {
        using var result = database.BuildSet();
        SortedSet<string> expected = new(StringComparer.Ordinal);
        foreach (var key in (string[])[left, right])
        {
            if (!model.TryGetValue(key, out var members))
                continue;
            foreach (var member in database.ReadSet(database.Find(Of(key))))
                Assert.Equal(expected.Add(Read(member)), result.Editor.Add(member));
            Assert.True(expected.IsSupersetOf(members));
        }

        Assert.Equal(expected.Count, result.View.Count);
        if (expected.Count > 0 && _random.Next(3) > 0)
        {
            result.Store(Of(target));
            model[target] = expected;
        }
    }

    private void Transfer(int index, string from, string to)
    {
        var (database, model) = (Store[index], _models[index]);
        var (other, otherModel) = (Store[1 - index], _models[1 - index]);
        var exists = model.TryGetValue(from, out var members);
        switch (_random.Next(3))
        {
            case 0:
                Assert.Equal(exists && from != to, database.CopyTo(Of(from), database, Of(to)));
                if (exists && from != to)
                    model[to] = new SortedSet<string>(members!, StringComparer.Ordinal);
                break;
            case 1:
                var moves = exists && !otherModel.ContainsKey(from);
                Assert.Equal(moves, database.MoveTo(Of(from), other));
                if (moves && model.Remove(from))
                    otherModel[from] = members!;
                break;
            default:
                Assert.Equal(exists, database.Rename(Of(from), Of(to)));
                if (exists && model.Remove(from))
                    model[to] = members!;
                break;
        }
    }

    private static void RemoveEmptied(Database database, Dictionary<string, SortedSet<string>> model, string key)
    {
        if (model[key].Count > 0)
            return;
        Assert.True(database.Remove(Of(key)));
        model.Remove(key);
    }

    private void Check(Database database, Dictionary<string, SortedSet<string>> model, string key)
    {
        var entry = database.Find(Of(key));
        Assert.Equal(model.TryGetValue(key, out var members), entry.Exists);
        if (members is null)
            return;
        Assert.Equal(members, Members(database.Index, entry), StringComparer.Ordinal);
        var set = database.ReadSet(entry);
        Assert.Equal(members.Count, set.Count);
        var probe = RandomMember(members);
        Assert.Equal(members.Contains(probe), set.Contains(Bytes(probe)));
        Assert.Equal(members.Contains(probe), set.Contains(new Element(Bytes(probe))));
        Assert.Contains(Read(set.Random((ulong)_random.NextInt64())), members);
        Assert.True(!set.IsIntset || (members.All(IsInteger) && members.Count <= Store.Limits.SetMaxIntsetEntries));
        Assert.True(entry.MemoryUsage > (set.IsCompact ? 0 : 32 * set.Count));

        SortedSet<string> scanned = new(StringComparer.Ordinal);
        var cursor = 0UL;
        do
        {
            cursor = set.Scan(cursor, ref scanned, static (ref SortedSet<string> seen, Element member) => seen.Add(Read(member)));
        }
        while (cursor != 0);
        Assert.Equal(members, scanned, StringComparer.Ordinal);
    }

    private string RandomKey() => $"set:{_random.Next(KeyCount)}";

    private string RandomMember(SortedSet<string>? members)
    {
        // Sets of integers stay such for a while.
        var number = _random.Next(_memberCount);
        if (members is null || (members.All(IsInteger) && _random.Next(200) > 0))
            return (number % 3 == 0 ? number * 5_000_000_000 : number % 3 == 1 ? number * 50_000 : -number).ToString(CultureInfo.InvariantCulture);
        return (number % 50) switch
        {
            0 => new string('m', 65) + number,
            1 => new string('l', 3_000) + number,
            2 => $"0{number}",
            3 => "",
            < 10 => number.ToString(CultureInfo.InvariantCulture),
            _ => $"member:{number}",
        };
    }

    private static bool IsInteger(string member) =>
        long.TryParse(member, CultureInfo.InvariantCulture, out var value) && value.ToString(CultureInfo.InvariantCulture) == member;

    private static string Read(Element member)
    {
        Span<byte> scratch = stackalloc byte[Element.ScratchSize];
        return Text(member.AsBytes(scratch));
    }

    private static byte[] Bytes(string text) => System.Text.Encoding.Latin1.GetBytes(text);
}
