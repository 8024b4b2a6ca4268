namespace AkkaKv.Keyspace.Values.SortedSets;

/// <summary>Goes through elements of a sorted set in order, upwards or downwards; valid until the next change to its database.</summary>
public ref struct SortedSetWalk
{
    private readonly ReadOnlySpan<byte> _pack;
    private readonly bool _isLarge;
    private readonly bool _downwards;
    private int _at;
    private TreePlace _place;
    private long _left;
    private bool _hasBegun;

    internal SortedSetWalk(TreePlace first, long count, bool downwards)
    {
        _isLarge = true;
        _place = first;
        _left = count;
        _downwards = downwards;
    }

    internal SortedSetWalk(ReadOnlySpan<byte> pack, int first, long count, bool downwards)
    {
        _pack = pack;
        _at = first;
        _left = count;
        _downwards = downwards;
    }

    /// <summary>The member.</summary>
    public readonly Element Member => _isLarge ? new Element(_place.Element.Key) : PackedSortedSet.MemberAt(_pack, _at);

    /// <summary>Its score.</summary>
    public readonly double Score => _isLarge ? _place.Score : PackedSortedSet.ScoreAt(_pack, _at);

    /// <summary>This walk, where it stands.</summary>
    public readonly SortedSetWalk Current => this;

    /// <summary>To the next element; the first call is for the first one. False if there is none left.</summary>
    public bool MoveNext()
    {
        if (_left <= 0)
            return false;
        _left--;
        if (!_hasBegun)
        {
            _hasBegun = true;
            return true;
        }

        if (_isLarge)
        {
            if (_downwards)
                _place.MovePrevious();
            else
                _place.MoveNext();
            return _place.Exists;
        }

        _at = _downwards ? PackedSortedSet.Previous(_pack, _at) : PackedSortedSet.Next(_pack, _at);
        return _at >= 0;
    }
}
