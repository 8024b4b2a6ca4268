namespace AkkaKv.Keyspace.Values.Streams;

/// <summary>
/// Goes through the entries between two ids, both included, forwards or backwards, past the deleted ones. Only groups may change meanwhile.
/// </summary>
public ref struct StreamRange
{
    private readonly StreamId _first;
    private readonly StreamId _last;
    private readonly bool _backwards;
    private IdPlace _place;
    private StreamNode _node;
    private StreamNodeEntry _entry;
    private int _next;

    internal unsafe StreamRange(IdTree nodes, StreamId first, StreamId last, bool backwards)
    {
        _first = first;
        _last = last;
        _backwards = backwards;
        var place = nodes.SeekBack(backwards ? last : first);
        if (!place.Exists && !backwards)
            place = nodes.First;
        Enter(first > last ? default : place);
    }

    /// <summary>The entry that was found last.</summary>
    public readonly StreamEntry Current => new(_node, _entry);

    /// <summary>Where the entry that was found last is.</summary>
    internal readonly (IdPlace Place, StreamNodeEntry Entry) Found => (_place, _entry);

    /// <summary>This, for foreach.</summary>
    public readonly StreamRange GetEnumerator() => this;

    /// <summary>Finds the next entry; false at the end.</summary>
    public bool MoveNext()
    {
        while (_place.Exists)
        {
            if (_next < 0)
            {
                Enter(_backwards ? _place.Previous : _place.Next);
                continue;
            }

            _entry = _node.EntryAt(_next);
            _next = _backwards ? _node.Before(_next) : _node.Behind(_entry);
            if (_backwards ? _entry.Id < _first : _entry.Id > _last)
            {
                _place = default;
                return false;
            }

            if (!_entry.IsDeleted && _entry.Id >= _first && _entry.Id <= _last)
                return true;
        }

        return false;
    }

    private unsafe void Enter(IdPlace place)
    {
        _place = place;
        if (!place.Exists)
            return;
        _node = StreamNode.Of(place);
        var end = _node.Pack.Length - 1;
        if (_backwards)
            _next = _node.Before(end);
        else
            _next = _node.EntriesAt is var at && at < end ? at : -1;
    }
}
