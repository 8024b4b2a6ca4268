using System.Diagnostics;

namespace AkkaKv.Persistence.Rdb;

/// <summary>A sink for RDBs in which all values are strings: any other value is refused, and what concerns no key is passed over.</summary>
public abstract class StringOnlySink : IRdbSink
{
    /// <inheritdoc/>
    public virtual void OnAux(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
    }

    /// <inheritdoc/>
    public virtual void OnSelectDatabase(int index)
    {
    }

    /// <inheritdoc/>
    public virtual void OnResize(long keyCount, long expiringCount)
    {
    }

    /// <inheritdoc/>
    public void OnFunctionLibrary(ReadOnlySpan<byte> source) => throw Refused("function library");

    /// <inheritdoc/>
    public virtual void OnModuleSkipped(string module)
    {
    }

    /// <inheritdoc/>
    public abstract void OnString(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, in RdbKeyFacts facts);

    /// <inheritdoc/>
    public void BeginList(ReadOnlySpan<byte> key, in RdbKeyFacts facts) => throw Refused("list");

    /// <inheritdoc/>
    public void BeginSet(ReadOnlySpan<byte> key, long count, in RdbKeyFacts facts) => throw Refused("set");

    /// <inheritdoc/>
    public void BeginHash(ReadOnlySpan<byte> key, long count, in RdbKeyFacts facts) => throw Refused("hash");

    /// <inheritdoc/>
    public void BeginSortedSet(ReadOnlySpan<byte> key, long count, in RdbKeyFacts facts) => throw Refused("sorted set");

    /// <inheritdoc/>
    public void BeginStream(ReadOnlySpan<byte> key, in RdbKeyFacts facts) => throw Refused("stream");

    /// <inheritdoc/>
    public void OnElement(ReadOnlySpan<byte> element) => throw new UnreachableException();

    /// <inheritdoc/>
    public void OnElements(ReadOnlySpan<byte> listpack) => throw new UnreachableException();

    /// <inheritdoc/>
    public void OnMember(ReadOnlySpan<byte> member) => throw new UnreachableException();

    /// <inheritdoc/>
    public void OnMembers(ReadOnlySpan<byte> listpack) => throw new UnreachableException();

    /// <inheritdoc/>
    public void OnIntegers(ReadOnlySpan<byte> intset) => throw new UnreachableException();

    /// <inheritdoc/>
    public void OnField(ReadOnlySpan<byte> field, ReadOnlySpan<byte> value) => throw new UnreachableException();

    /// <inheritdoc/>
    public void OnFields(ReadOnlySpan<byte> listpack) => throw new UnreachableException();

    /// <inheritdoc/>
    public void OnScored(ReadOnlySpan<byte> member, double score) => throw new UnreachableException();

    /// <inheritdoc/>
    public void OnScoredMembers(ReadOnlySpan<byte> listpack) => throw new UnreachableException();

    /// <inheritdoc/>
    public void OnStreamNode(RdbStreamId master, ReadOnlySpan<byte> listpack, int count) => throw new UnreachableException();

    /// <inheritdoc/>
    public void OnStreamState(in RdbStreamState state) => throw new UnreachableException();

    /// <inheritdoc/>
    public void OnStreamGroup(ReadOnlySpan<byte> name, RdbStreamId lastId, long? entriesRead) => throw new UnreachableException();

    /// <inheritdoc/>
    public void OnStreamPending(RdbStreamId id, long deliveredAtMs, ulong deliveries) => throw new UnreachableException();

    /// <inheritdoc/>
    public void OnStreamConsumer(ReadOnlySpan<byte> name, long seenAtMs, long? activeAtMs) => throw new UnreachableException();

    /// <inheritdoc/>
    public void OnStreamConsumerPending(RdbStreamId id) => throw new UnreachableException();

    /// <inheritdoc/>
    public void EndValue() => throw new UnreachableException();

    private static RdbRefusedException Refused(string what) => new($"a {what}, which cannot be loaded");
}
