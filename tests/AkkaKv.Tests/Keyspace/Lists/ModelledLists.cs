using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values;
using AkkaKv.Keyspace.Values.Lists;
using static AkkaKv.Tests.Keyspace.Keys;

namespace AkkaKv.Tests.Keyspace.Lists;

/// <summary>Lists in two databases on guarded memory beside plain lists, and operations that change both.</summary>
internal sealed class ModelledLists(int seed, int lengthWanted) : IDisposable
{
    private readonly Random _random = new(seed);

    public Store Store { get; } = new(2, (ulong)seed, guarded: true);

    public Dictionary<string, List<string>>[] Models { get; } = [[], []];

    public void Dispose() => Store.Dispose();

    public void Step()
    {
        var index = _random.Next(2);
        var key = RandomKey();
        var model = Models[index].GetValueOrDefault(key);
        var count = model?.Count ?? 0;
        if (model == null || (count < lengthWanted && _random.Next(5) < 3))
        {
            Push(index, key, _random.Next(2) == 0, Enumerable.Range(0, _random.Next(1, 20)).Select(_ => RandomValue()));
            return;
        }

        var entry = Store[index].Find(Of(key));
        var editor = Store[index].EditList(entry);
        var place = _random.Next(count);
        switch (_random.Next(22))
        {
            case < 4:
                var popped = _random.Next(1, Math.Min(count, 30) + 1);
                editor.RemoveFirst(popped);
                model.RemoveRange(0, popped);
                break;
            case < 8:
                popped = _random.Next(1, Math.Min(count, 30) + 1);
                editor.RemoveLast(popped);
                model.RemoveRange(count - popped, popped);
                break;
            case < 11:
                var value = RandomValue();
                editor.Set(place, Of(value));
                model[place] = value;
                break;
            case < 14:
                value = RandomValue();
                place = _random.Next(count + 1);
                editor.Insert(place, Of(value));
                model.Insert(place, value);
                break;
            case < 17:
                RemoveEqual(editor, model, model[place], _random.Next(4), _random.Next(2) == 0);
                break;
            case 17 when count > lengthWanted / 2:
                editor.RemoveFirst(place);
                editor.RemoveLast((count - place) / 2);
                model.RemoveRange(0, place);
                model.RemoveRange(model.Count - ((count - place) / 2), (count - place) / 2);
                break;
            case 18:
                Rename(index, key, RandomKey());
                return;
            case 19:
                Move(index, key);
                return;
            case 20:
                Copy(index, key, RandomKey());
                return;
            default:
                Store.ReclaimSome(_random.Next(300));
                Check(index, key);
                break;
        }

        if (model.Count > 0)
            return;
        Models[index].Remove(key);
        Assert.True(Store[index].Remove(Of(key)));
    }

    public void Push(int index, string key, bool isFirst, IEnumerable<string> values)
    {
        var entry = Store[index].Find(Of(key));
        var editor = entry.Exists ? Store[index].EditList(entry) : Store[index].CreateList(Of(key));
        var model = Models[index].TryGetValue(key, out var found) ? found : Models[index][key] = [];
        foreach (var value in values)
        {
            if (isFirst)
                editor.PushFirst(Of(value));
            else
                editor.PushLast(Of(value));
            model.Insert(isFirst ? 0 : model.Count, value);
        }

        Assert.Equal(model.Count, editor.View.Count);
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

    public static string Text(Element element) => Keys.Text(element.AsBytes(new byte[Element.ScratchSize]));

    private static void RemoveEqual(ListEditor editor, List<string> model, string value, int count, bool fromEnd)
    {
        var budget = count == 0 ? long.MaxValue : count;
        var removed = 0;
        for (var i = fromEnd ? model.Count - 1 : 0; i >= 0 && i < model.Count && removed < budget;)
        {
            if (model[i] == value)
            {
                model.RemoveAt(i);
                removed++;
                i -= fromEnd ? 1 : 0;
            }
            else
            {
                i += fromEnd ? -1 : 1;
            }
        }

        Assert.Equal(removed, editor.RemoveEqual(Of(value), budget, fromEnd));
    }

    private void Check(int index, string key)
    {
        var entry = Store[index].Find(Of(key));
        Assert.Equal(Models[index].TryGetValue(key, out var model), entry.Exists);
        if (model == null)
            return;
        var view = Store[index].ReadList(entry);
        Assert.Equal(model.Count, view.Count);
        Assert.True(entry.MemoryUsage > model.Sum(value => value.Length) / 3);
        var seen = new List<string>();
        foreach (var element in view)
            seen.Add(Text(element));
        Assert.Equal(model, seen);

        var first = _random.Next(model.Count);
        var count = _random.Next(model.Count - first + 1);
        seen.Clear();
        foreach (var element in view.Range(first, count))
            seen.Add(Text(element));
        Assert.Equal(model.Skip(first).Take(count), seen);

        count = _random.Next(first + 2);
        seen.Clear();
        foreach (var element in view.Reverse(first, count))
            seen.Add(Text(element));
        Assert.Equal(model.Take(first + 1).Reverse().Take(count), seen);

        Assert.True(view.TryGet(first, out var one));
        Assert.Equal(model[first], Text(one));
        Assert.True(view.TryGet(-1 - first, out one));
        Assert.Equal(model[^(1 + first)], Text(one));
        Assert.False(view.TryGet(model.Count, out _) || view.TryGet(-1 - model.Count, out _));

        var pieces = 0L;
        for (var piece = view.Pieces; piece.MoveNext();)
        {
            Assert.False(piece.Entries.IsEmpty);
            pieces += piece.Count;
        }

        Assert.Equal(model.Count, pieces);
    }

    private void Rename(int index, string from, string to)
    {
        Assert.True(Store[index].Rename(Of(from), Of(to)));
        if (Models[index].Remove(from, out var model))
            Models[index][to] = model;
    }

    private void Move(int index, string key)
    {
        var possible = !Models[1 - index].ContainsKey(key);
        Assert.Equal(possible, Store[index].MoveTo(Of(key), Store[1 - index]));
        if (possible && Models[index].Remove(key, out var model))
            Models[1 - index][key] = model;
    }

    private void Copy(int index, string from, string to)
    {
        var target = _random.Next(2);
        var possible = index != target || from != to;
        Assert.Equal(possible, Store[index].CopyTo(Of(from), Store[target], Of(to)));
        if (possible)
            Models[target][to] = [.. Models[index][from]];
    }

    private string RandomKey() => $"list{_random.Next(4)}";

    private string RandomValue() => _random.Next(60) switch
    {
        0 => new string('v', _random.Next(20_000)),
        1 => new string('w', _random.Next(3_000)),
        < 20 => $"{_random.NextInt64() >> _random.Next(64)}",
        < 30 => "same",
        _ => new string('x', _random.Next(100)),
    };
}
