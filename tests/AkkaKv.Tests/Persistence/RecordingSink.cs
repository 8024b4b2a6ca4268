using System.Text;
using AkkaKv.Persistence.Rdb;

namespace AkkaKv.Tests.Persistence;

/// <summary>Keeps what it was given, as text, in order.</summary>
internal sealed class RecordingSink : IRdbSink
{
    private int _database;

    public List<string> Records { get; } = [];

    public Dictionary<string, string> Aux { get; } = [];

    public Dictionary<(int Database, string Key), (byte[] Value, long ExpireAtMs)> Strings { get; } = [];

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

    public void OnString(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, in RdbKeyFacts facts)
    {
        Strings[(_database, Latin(key))] = (value.ToArray(), facts.ExpireAtMs);
        Records.Add($"string {Latin(key)}={Latin(value)} expire {facts.ExpireAtMs} idle {facts.IdleSeconds} frequency {facts.Frequency}");
    }

    private static string Latin(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);
}
