using AkkaKv.Keyspace.Values;

namespace AkkaKv.Keyspace.Snapshots;

/// <summary>
/// Which snapshots walk which large values of one heap. A value that is walked has a number in its table's root, by which whoever changes it finds the walks; 0, almost always, says
/// that there is none.
/// </summary>
internal sealed unsafe class StructureWalks
{
    private readonly Dictionary<uint, Walked> _walked = [];
    private uint _lastLink;

    /// <summary>A walk through the structure of its block begins.</summary>
    public void Add(StructureWalk walk)
    {
        ref var link = ref StructuredValues.TableOf(walk.Block)->SnapshotLink;
        if (link == 0)
        {
            link = NextLink();
            _walked.Add(link, new Walked());
        }

        _walked[link].Walks.Add(walk);
    }

    /// <summary>To be called before an element of a value with that link is changed or removed.</summary>
    public void BeforeChange(uint link, EntryBlock element)
    {
        foreach (var walk in _walked[link].Walks)
            walk.BeforeChange(element);
    }

    /// <summary>The block of a key has a successor with the same root.</summary>
    public void Moved(EntryBlock successor)
    {
        var table = StructuredValues.TableOf(successor);
        if (table == null || table->SnapshotLink == 0)
            return;
        foreach (var walk in _walked[table->SnapshotLink].Walks)
            walk.Block = successor;
    }

    /// <summary>A value has lost its key. True: it is walked and must stay; <see cref="End"/> tells when it may go.</summary>
    public bool Keep(EntryBlock entry)
    {
        var table = StructuredValues.TableOf(entry);
        if (table == null || table->SnapshotLink == 0)
            return false;
        _walked[table->SnapshotLink].HasNoKey = true;
        return true;
    }

    /// <summary>A walk is done. Returns whether its block has no key any more and nobody else walks it: then it is to be freed.</summary>
    public bool End(StructureWalk walk)
    {
        ref var link = ref StructuredValues.TableOf(walk.Block)->SnapshotLink;
        var walked = _walked[link];
        walked.Walks.Remove(walk);
        if (walked.Walks.Count > 0)
            return false;
        _walked.Remove(link);
        link = 0;
        return walked.HasNoKey;
    }

    private uint NextLink()
    {
        do
            _lastLink++;
        while (_lastLink == 0 || _walked.ContainsKey(_lastLink));
        return _lastLink;
    }

    private sealed class Walked
    {
        public List<StructureWalk> Walks { get; } = [];

        public bool HasNoKey { get; set; }
    }
}
