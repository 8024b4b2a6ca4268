using System.Globalization;
using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values.Streams;

namespace AkkaKv.Tests.Keyspace.Stress;

/// <summary>A key's value as ordinary collections hold it.</summary>
internal sealed class PlainValue(DataType type)
{
    private const char Separator = '\u0001';

    public DataType Type { get; } = type;

    public long ExpireAtMs { get; set; } = Database.NoExpiry;

    /// <summary>The content of a string.</summary>
    public string Content { get; set; } = "";

    /// <summary>The elements of a list.</summary>
    public List<string> Items { get; } = [];

    /// <summary>Fields with values; members with nothing, or with a score.</summary>
    public Dictionary<string, string> Elements { get; } = [];

    /// <summary>The entries of a stream, each with the one field and value it has.</summary>
    public SortedDictionary<StreamId, string> Log { get; } = [];

    public bool IsEmpty => Type != DataType.String && Type != DataType.Stream && Items.Count == 0 && Elements.Count == 0;

    public PlainValue Copy()
    {
        var copy = new PlainValue(Type) { ExpireAtMs = ExpireAtMs, Content = Content };
        copy.Items.AddRange(Items);
        foreach (var (name, value) in Elements)
            copy.Elements.Add(name, value);
        foreach (var (id, text) in Log)
            copy.Log.Add(id, text);
        return copy;
    }

    /// <summary>All of it as one text: equal values have equal texts.</summary>
    public string Describe() => $"{Type} {ExpireAtMs}: " + Type switch
    {
        DataType.String => Content,
        DataType.List => string.Join(Separator, Items),
        DataType.Stream => string.Join(Separator, Log.Select(entry => $"{entry.Key.Ms}-{entry.Key.Sequence} {entry.Value}")),
        _ => string.Join(Separator, Elements.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}")),
    };

    public static string ScoreText(double score) => score.ToString("R", CultureInfo.InvariantCulture);
}
