using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values;
using AkkaKv.Keyspace.Values.Sets;
using AkkaKv.Keyspace.Values.SortedSets;

namespace AkkaKv.Commands.Commands.SortedSets;

/// <summary>An input of ZUNION and its relatives: a sorted set, a set, whose members have the score 1, or a missing key.</summary>
/// <param name="Entry">The key.</param>
/// <param name="Weight">What scores are multiplied with.</param>
internal readonly record struct AggregateSource(Entry Entry, double Weight)
{
    /// <summary>Number of members.</summary>
    public long Count(Database database) => !Entry.Exists ? 0
        : Entry.Type == DataType.Set ? database.ReadSet(Entry).Count
        : database.ReadSortedSet(Entry).Count;

    /// <summary>The score of a member, not multiplied. False if there is no such member.</summary>
    public bool TryGetScore(Database database, ReadOnlySpan<byte> member, out double score)
    {
        score = 1;
        if (!Entry.Exists)
        {
            return false;
        }

        return Entry.Type == DataType.Set
            ? database.ReadSet(Entry).Contains(member)
            : database.ReadSortedSet(Entry).TryGetScore(member, out score);
    }

    /// <summary>All members with their scores, not multiplied.</summary>
    public AggregateWalk GetMembers(Database database) => new(database, Entry);
}

/// <summary>Goes through the members of an <see cref="AggregateSource"/>.</summary>
internal ref struct AggregateWalk
{
    private readonly bool _isSet;
    private SetEnumerator _members;
    private SortedSetWalk _elements;

    public AggregateWalk(Database database, Entry entry)
    {
        _isSet = entry.Exists && entry.Type == DataType.Set;
        if (_isSet)
        {
            _members = database.ReadSet(entry).GetEnumerator();
        }
        else if (entry.Exists)
        {
            _elements = database.ReadSortedSet(entry).GetEnumerator();
        }
    }

    /// <summary>The member.</summary>
    public readonly Element Member => _isSet ? _members.Current : _elements.Member;

    /// <summary>Its score.</summary>
    public readonly double Score => _isSet ? 1 : _elements.Score;

    /// <summary>To the next member, with the first call to the first.</summary>
    public bool MoveNext() => _isSet ? _members.MoveNext() : _elements.MoveNext();
}
