using AkkaKv.Persistence.Rdb;

namespace AkkaKv.Tests.Persistence;

/// <summary>Counts what it is given, and keeps nothing.</summary>
internal sealed class CountingSink : IRdbSink
{
    /// <summary>Keys, elements and all else.</summary>
    public long Count { get; private set; }

    public void OnAux(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => Count++;

    public void OnSelectDatabase(int index) => Count++;

    public void OnResize(long keyCount, long expiringCount) => Count++;

    public void OnFunctionLibrary(ReadOnlySpan<byte> source) => Count++;

    public void OnModuleSkipped(string module) => Count++;

    public void OnString(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, in RdbKeyFacts facts) => Count++;

    public void BeginList(ReadOnlySpan<byte> key, in RdbKeyFacts facts) => Count++;

    public void OnElement(ReadOnlySpan<byte> element) => Count++;

    public void OnElements(ReadOnlySpan<byte> listpack) => Count++;

    public void BeginSet(ReadOnlySpan<byte> key, long count, in RdbKeyFacts facts) => Count++;

    public void OnMember(ReadOnlySpan<byte> member) => Count++;

    public void OnMembers(ReadOnlySpan<byte> listpack) => Count++;

    public void OnIntegers(ReadOnlySpan<byte> intset) => Count++;

    public void BeginHash(ReadOnlySpan<byte> key, long count, in RdbKeyFacts facts) => Count++;

    public void OnField(ReadOnlySpan<byte> field, ReadOnlySpan<byte> value) => Count++;

    public void OnFields(ReadOnlySpan<byte> listpack) => Count++;

    public void BeginSortedSet(ReadOnlySpan<byte> key, long count, in RdbKeyFacts facts) => Count++;

    public void OnScored(ReadOnlySpan<byte> member, double score) => Count++;

    public void OnScoredMembers(ReadOnlySpan<byte> listpack) => Count++;

    public void BeginStream(ReadOnlySpan<byte> key, in RdbKeyFacts facts) => Count++;

    public void OnStreamNode(RdbStreamId master, ReadOnlySpan<byte> listpack, int count) => Count++;

    public void OnStreamState(in RdbStreamState state) => Count++;

    public void OnStreamGroup(ReadOnlySpan<byte> name, RdbStreamId lastId, long? entriesRead) => Count++;

    public void OnStreamPending(RdbStreamId id, long deliveredAtMs, ulong deliveries) => Count++;

    public void OnStreamConsumer(ReadOnlySpan<byte> name, long seenAtMs, long? activeAtMs) => Count++;

    public void OnStreamConsumerPending(RdbStreamId id) => Count++;

    public void EndValue() => Count++;
}
