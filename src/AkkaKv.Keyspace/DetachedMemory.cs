using AkkaKv.Keyspace.Memory;

namespace AkkaKv.Keyspace;

/// <summary>
/// Native memory that no longer belongs to a database and waits to be freed. Freeing gigabytes takes a while, so a host that must not pause
/// disposes it on another thread; nothing is freed until then.
/// </summary>
public sealed unsafe class DetachedMemory : IDisposable
{
    private readonly DatabaseContents[] _contents;
    private readonly MemorySource? _source;
    private LargeBlock* _value;

    internal DetachedMemory(params DatabaseContents[] contents)
    {
        _contents = contents;
        foreach (var content in contents)
        {
            Bytes += content.UsedBytes;
            Keys += content.Table.Count;
        }
    }

    internal DetachedMemory(LargeBlock* value, MemorySource source)
    {
        _source = source;
        _contents = [];
        _value = value;
        Bytes = LargeBlock.CostOf(value->Capacity);
        Keys = 1;
    }

    /// <summary>Bytes that wait to be freed.</summary>
    public long Bytes { get; private set; }

    /// <summary>Keys that the memory belonged to (INFO's lazyfree_pending_objects).</summary>
    public long Keys { get; private set; }

    /// <summary>Frees the memory, on any thread.</summary>
    public void Dispose()
    {
        foreach (var contents in _contents)
            contents.Dispose();
        if (_value != null)
            _source!.Free((byte*)_value);
        _value = null;
        Bytes = 0;
        Keys = 0;
    }
}
