using AkkaKv.Keyspace.Values;
using AkkaKv.Keyspace.Values.Lists;

namespace AkkaKv.Keyspace.Snapshots;

/// <summary>
/// Which snapshots walk which large values of one heap. A value that is walked has a number in its root, by which whoever changes it finds the walks; 0, almost always, says
/// that there is none.
/// </summary>
internal sealed unsafe class ValueWalks
{
    private readonly Dictionary<uint, Walked> _walked = [];
    private uint _lastLink;

    /// <summary>A walk through the value of its block begins.</summary>
    public void Add(ValueWalk walk)
    {
        var link = StructuredValues.SnapshotLinkOf(walk.Block);
        if (*link == 0)
        {
            *link = NextLink();
            _walked.Add(*link, new Walked());
        }

        _walked[*link].Walks.Add(walk);
    }

    /// <summary>To be called before an element of a value with that link is changed or removed.</summary>
    public void BeforeChange(uint link, EntryBlock element)
    {
        foreach (var walk in _walked[link].Walks)
            ((TableWalk)walk).BeforeChange(element);
    }

    /// <summary>To be called before a node of a list with that link is changed or freed.</summary>
    public void BeforeChange(uint link, ListNode node)
    {
        foreach (var walk in _walked[link].Walks)
            ((ListWalk)walk).BeforeChange(node);
    }

    /// <summary>The block of a key has a successor with the same root.</summary>
    public void Moved(EntryBlock successor)
    {
        if (!TryFind(successor, out var walked))
            return;
        foreach (var walk in walked.Walks)
            walk.Block = successor;
    }

    /// <summary>A value has lost its key. True: it is walked and must stay; <see cref="End"/> tells when it may go.</summary>
    public bool Keep(EntryBlock entry)
    {
        if (!TryFind(entry, out var walked))
            return false;
        walked.HasNoKey = true;
        return true;
    }

    /// <summary>A walk is done. Returns whether its block has no key any more and nobody else walks it: then it is to be freed.</summary>
    public bool End(ValueWalk walk)
    {
        var link = StructuredValues.SnapshotLinkOf(walk.Block);
        var walked = _walked[*link];
        walked.Walks.Remove(walk);
        if (walked.Walks.Count > 0)
            return false;
        _walked.Remove(*link);
        *link = 0;
        return walked.HasNoKey;
    }

    private bool TryFind(EntryBlock entry, out Walked walked)
    {
        walked = null!;
        var link = StructuredValues.SnapshotLinkOf(entry);
        return link != null && *link != 0 && _walked.TryGetValue(*link, out walked!);
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
        public List<ValueWalk> Walks { get; } = [];

        public bool HasNoKey { get; set; }
    }
}
