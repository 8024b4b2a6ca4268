using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Snapshots;
using AkkaKv.Keyspace.Values.Packed;
using static AkkaKv.Tests.Keyspace.Keys;

namespace AkkaKv.Tests.Keyspace.Stress;

/// <summary>A running snapshot, and what it must show: the store as it was when it began, however much has changed since.</summary>
internal sealed class ExpectedSnapshot : IDisposable
{
    private readonly Store _store;
    private readonly StoreSnapshot _snapshot;
    private readonly Dictionary<(int Database, string Key), string> _expected = [];
    private PlainValue? _part;

    public ExpectedSnapshot(Store store, Dictionary<string, PlainValue>[] models, bool inParts)
    {
        _store = store;
        _snapshot = store.TryBeginSnapshot(inParts) ?? throw new InvalidOperationException("There are too many snapshots.");
        foreach (var (index, model) in models.Index())
        {
            foreach (var (key, value) in model)
                _expected.Add((index, key), value.Describe());
        }
    }

    public bool IsFinished => _snapshot.IsFinished;

    public void Continue(int steps)
    {
        var self = this;
        _snapshot.Continue(
            steps,
            ref self,
            static (ref ExpectedSnapshot it, int database, Entry entry) => it.See(database, Text(entry.Key), StoredValues.Read(it._store[database], entry)),
            static (ref ExpectedSnapshot it, int database, in SnapshotPart part) => it.SeePart(database, part));
        if (_snapshot.IsFinished)
            Assert.Empty(_expected);
    }

    /// <summary>Nobody wants the rest.</summary>
    public void Abandon()
    {
        _snapshot.Abandon();
        _expected.Clear();
    }

    public void Dispose() => _snapshot.Dispose();

    private void See(int database, string key, PlainValue value)
    {
        Assert.True(_expected.Remove((database, key), out var expected), $"{key} was not there, or is shown twice.");
        Assert.Equal(expected, value.Describe());
    }

    private void SeePart(int database, in SnapshotPart part)
    {
        switch (part.Kind)
        {
            case SnapshotPartKind.Start:
                Assert.Null(_part);
                _part = new PlainValue(part.Key.Type) { ExpireAtMs = part.Key.ExpireAtMs };
                break;
            case SnapshotPartKind.End:
                See(database, Text(part.Key.Key), _part!);
                _part = null;
                break;
            default:
                AddElement(part);
                break;
        }
    }

    private void AddElement(in SnapshotPart part)
    {
        var bytes = part.Entries;
        for (var i = 0; i < part.EntryCount; i++)
        {
            _part!.Items.Add(StoredValues.TextOf(ListpackEntry.Read(in bytes[0])));
            bytes = bytes[ListpackEntry.SizeAt(in bytes[0])..];
        }

        if (_part!.Type != DataType.List)
        {
            var element = part.Element;
            var value = _part.Type == DataType.ZSet ? PlainValue.ScoreText(BitConverter.ToDouble(element.StringValue)) : Text(element.StringValue);
            _part.Elements.Add(Text(element.Key), value);
        }
    }
}
