using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using AkkaKv.Keyspace.Values;
using AkkaKv.Keyspace.Values.Packed;
using AkkaKv.Persistence.Rdb;
using AkkaKv.Persistence.Rdb.Packed;

namespace AkkaKv.Tests.Persistence;

/// <summary>Keeps what it was given, as text, in order. A collection is one text of its elements, whatever form they came in.</summary>
internal sealed class RecordingSink : IRdbSink
{
    private readonly List<string> _elements = [];
    private int _database;
    private string _type = "";
    private string _key = "";
    private string _expiry = "";

    public List<string> Records { get; } = [];

    public Dictionary<string, string> Aux { get; } = [];

    public Dictionary<(int Database, string Key), (byte[] Value, long ExpireAtMs)> Strings { get; } = [];

    /// <summary>Collections by key: their type, then their elements.</summary>
    public Dictionary<string, string> Collections { get; } = [];

    /// <summary>How collections came: a letter for each call that was not the beginning or the end.</summary>
    public Dictionary<string, string> Calls { get; } = [];

    public void OnAux(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Aux[Latin(name)] = Latin(value);
        Records.Add($"aux {Latin(name)}={Latin(value)}");
    }

    public void OnSelectDatabase(int index)
    {
        _database = index;
        Records.Add($"select {index}");
    }

    public void OnResize(long keyCount, long expiringCount) => Records.Add($"resize {keyCount} {expiringCount}");

    public void OnFunctionLibrary(ReadOnlySpan<byte> source) => Records.Add($"functions {Latin(source)}");

    public void OnModuleSkipped(string module) => Records.Add($"module {module}");

    public void OnString(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, in RdbKeyFacts facts)
    {
        Strings[(_database, Latin(key))] = (value.ToArray(), facts.ExpireAtMs);
        Records.Add($"string {Latin(key)}={Latin(value)} expire {facts.ExpireAtMs} idle {facts.IdleSeconds} frequency {facts.Frequency}");
    }

    public void BeginList(ReadOnlySpan<byte> key, in RdbKeyFacts facts) => Begin("list", key, facts);

    public void OnElement(ReadOnlySpan<byte> element) => Add('e', Latin(element));

    public void OnElements(ReadOnlySpan<byte> listpack) => Add('E', Entries(listpack));

    public void BeginSet(ReadOnlySpan<byte> key, long count, in RdbKeyFacts facts) => Begin($"set {count}", key, facts);

    public void OnMember(ReadOnlySpan<byte> member) => Add('m', Latin(member));

    public void OnMembers(ReadOnlySpan<byte> listpack) => Add('M', Entries(listpack));

    public void OnIntegers(ReadOnlySpan<byte> intset)
    {
        var width = BinaryPrimitives.ReadInt32LittleEndian(intset);
        var texts = new List<string>();
        for (var at = 8; at < intset.Length; at += width)
        {
            texts.Add(width switch
            {
                2 => BinaryPrimitives.ReadInt16LittleEndian(intset[at..]),
                4 => BinaryPrimitives.ReadInt32LittleEndian(intset[at..]),
                _ => BinaryPrimitives.ReadInt64LittleEndian(intset[at..]),
            } + "");
        }

        Add('I', [.. texts]);
    }

    public void BeginHash(ReadOnlySpan<byte> key, long count, in RdbKeyFacts facts) => Begin($"hash {count}", key, facts);

    public void OnField(ReadOnlySpan<byte> field, ReadOnlySpan<byte> value) => Add('f', $"{Latin(field)}={Latin(value)}");

    public void OnFields(ReadOnlySpan<byte> listpack) => Add('F', Pairs(Entries(listpack)));

    public void BeginSortedSet(ReadOnlySpan<byte> key, long count, in RdbKeyFacts facts) => Begin($"zset {count}", key, facts);

    public void OnScored(ReadOnlySpan<byte> member, double score) => Add('z', $"{Latin(member)}={Score(score)}");

    public void OnScoredMembers(ReadOnlySpan<byte> listpack)
    {
        var entries = Entries(listpack);
        for (var index = 1; index < entries.Length; index += 2)
        {
            Assert.True(ScoreText.TryParse(Encoding.Latin1.GetBytes(entries[index]), out var score));
            entries[index] = Score(score);
        }

        Add('Z', Pairs(entries));
    }

    public void BeginStream(ReadOnlySpan<byte> key, in RdbKeyFacts facts) => Begin("stream", key, facts);

    public void OnStreamNode(RdbStreamId master, ReadOnlySpan<byte> listpack, int count) => Add('n', $"node {Id(master)} has {count}");

    public void OnStreamState(in RdbStreamState state) => Add('s',
        $"length {state.Length} last {Id(state.LastId)} first {Id(state.FirstId)} deleted {Id(state.MaxDeletedId)} added {state.EntriesAdded}");

    public void OnStreamGroup(ReadOnlySpan<byte> name, RdbStreamId lastId, long? entriesRead) =>
        Add('g', $"group {Latin(name)} last {Id(lastId)} read {entriesRead}");

    public void OnStreamPending(RdbStreamId id, long deliveredAtMs, ulong deliveries) => Add('p', $"pending {Id(id)} at {deliveredAtMs} times {deliveries}");

    public void OnStreamConsumer(ReadOnlySpan<byte> name, long seenAtMs, long? activeAtMs) =>
        Add('c', $"consumer {Latin(name)} seen {seenAtMs} active {activeAtMs}");

    public void OnStreamConsumerPending(RdbStreamId id) => Add('o', $"owns {Id(id)}");

    public void EndValue()
    {
        Collections[_key] = $"{_type}: {string.Join(", ", _elements)}";
        Records.Add($"{_type}|{_key}|{_expiry} {string.Join(", ", _elements)}");
    }

    private void Begin(string type, ReadOnlySpan<byte> key, in RdbKeyFacts facts)
    {
        (_type, _key, _expiry) = (type, Latin(key), facts.ExpireAtMs < 0 ? "" : $"{facts.ExpireAtMs}");
        Calls[_key] = "";
        _elements.Clear();
    }

    private void Add(char call, params string[] elements)
    {
        Calls[_key] += call;
        _elements.AddRange(elements);
    }

    private static string[] Entries(ReadOnlySpan<byte> listpack)
    {
        var entries = new List<string>();
        Span<byte> scratch = stackalloc byte[Element.ScratchSize];
        for (var at = Listpack.First(listpack); at >= 0; at = Listpack.Next(listpack, at))
            entries.Add(Latin(Listpack.Get(listpack, at).AsBytes(scratch)));
        return [.. entries];
    }

    private static string[] Pairs(string[] entries) => [.. entries.Chunk(2).Select(pair => $"{pair[0]}={pair[1]}")];

    private static string Score(double score) => score.ToString("R", CultureInfo.InvariantCulture);

    private static string Id(RdbStreamId? id) => id is { } known ? $"{known.Ms}-{known.Sequence}" : "unknown";

    private static string Latin(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);
}
