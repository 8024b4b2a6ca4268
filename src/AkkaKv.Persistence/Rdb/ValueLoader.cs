using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values;
using AkkaKv.Keyspace.Values.Hashes;
using AkkaKv.Keyspace.Values.Lists;
using AkkaKv.Keyspace.Values.Packed;
using AkkaKv.Keyspace.Values.Sets;
using AkkaKv.Keyspace.Values.SortedSets;
using AkkaKv.Keyspace.Values.Streams;
using AkkaKv.Persistence.Rdb.Packed;
using ScoreText = AkkaKv.Persistence.Rdb.Packed.ScoreText;

namespace AkkaKv.Persistence.Rdb;

/// <summary>
/// Puts the values of an RDB into a database. What comes as a listpack or an intset and is within the store's limits is copied as it is; everything else goes element
/// by element, into a structure that is large from the start if it will be. Keys and elements that occur twice are refused.
/// </summary>
/// <param name="database">Where the first keys go.</param>
public class ValueLoader(Database database) : IRdbValueSink
{
    /// <summary>Counts of elements are from outside: so many have room made for them, and the structure grows by itself beyond.</summary>
    private const long LargestReserve = 1 << 20;

    private readonly DuplicateCheck _duplicates = new();
    private readonly StreamLoader _stream = new();
    private byte[] _key = [];
    private int _keyLength;
    private RdbKeyFacts _facts;
    private DataType _type;
    private long _count;
    private bool _isCreated;
    private bool _isSkipped;
    private ValuePlace _place;

    /// <summary>Where keys go.</summary>
    protected Database Database { get; set; } = database;

    private EncodingLimits Limits => Database.Contents.Limits;

    private ReadOnlySpan<byte> Key => _key.AsSpan(0, _keyLength);

    /// <inheritdoc/>
    public void OnString(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, in RdbKeyFacts facts)
    {
        if (Skips(facts))
            return;
        var before = Database.Count;
        var entry = Database.SetString(key, value, facts.ExpireAtMs);
        if (Database.Count == before)
            throw Twice("key");
        OnLoaded(entry, facts);
    }

    /// <inheritdoc/>
    public void BeginList(ReadOnlySpan<byte> key, in RdbKeyFacts facts) => Begin(DataType.List, key, 0, facts);

    /// <inheritdoc/>
    public void OnElement(ReadOnlySpan<byte> element)
    {
        if (_isSkipped)
            return;
        Create();
        new ListEditor(_place).PushLast(element);
    }

    /// <inheritdoc/>
    public void OnElements(ReadOnlySpan<byte> listpack)
    {
        if (_isSkipped)
            return;
        Create();
        new ListEditor(_place).Append(listpack);
    }

    /// <inheritdoc/>
    public void BeginSet(ReadOnlySpan<byte> key, long count, in RdbKeyFacts facts) => Begin(DataType.Set, key, count, facts);

    /// <inheritdoc/>
    public void OnMember(ReadOnlySpan<byte> member)
    {
        if (_isSkipped)
            return;
        Create();
        if (!new SetEditor(_place).Add(member))
            throw Twice("member of a set");
    }

    /// <inheritdoc/>
    public void OnMembers(ReadOnlySpan<byte> listpack)
    {
        Span<byte> scratch = stackalloc byte[Element.ScratchSize];
        for (var at = Listpack.First(listpack); at >= 0; at = Listpack.Next(listpack, at))
            OnMember(Listpack.Get(listpack, at).AsBytes(scratch));
    }

    /// <inheritdoc/>
    public void OnIntegers(ReadOnlySpan<byte> intset)
    {
        if (_isSkipped)
            return;
        if (_count <= Limits.SetMaxIntsetEntries)
        {
            Create(ValueLayout.Integers, intset);
            return;
        }

        Create();
        for (var index = 0; index < _count; index++)
            new SetEditor(_place).Add(new Element(Intset.Get(intset, index)));
    }

    /// <inheritdoc/>
    public void BeginHash(ReadOnlySpan<byte> key, long count, in RdbKeyFacts facts) => Begin(DataType.Hash, key, count, facts);

    /// <inheritdoc/>
    public void OnField(ReadOnlySpan<byte> field, ReadOnlySpan<byte> value)
    {
        if (_isSkipped)
            return;
        Create();
        if (!new HashEditor(_place).Set(field, value))
            throw Twice("field of a hash");
    }

    /// <inheritdoc/>
    public void OnFields(ReadOnlySpan<byte> listpack)
    {
        if (_isSkipped)
            return;
        if (_count <= Limits.HashMaxListpackEntries && _duplicates.AreSoundFields(listpack, Limits.HashMaxListpackValue))
        {
            Create(ValueLayout.Packed, listpack);
            return;
        }

        Span<byte> fieldScratch = stackalloc byte[Element.ScratchSize];
        Span<byte> valueScratch = stackalloc byte[Element.ScratchSize];
        for (var at = Listpack.First(listpack); at >= 0; at = Listpack.Next(listpack, at))
        {
            var field = Listpack.Get(listpack, at).AsBytes(fieldScratch);
            at = Listpack.Next(listpack, at);
            OnField(field, Listpack.Get(listpack, at).AsBytes(valueScratch));
        }
    }

    /// <inheritdoc/>
    public void BeginSortedSet(ReadOnlySpan<byte> key, long count, in RdbKeyFacts facts) => Begin(DataType.ZSet, key, count, facts);

    /// <inheritdoc/>
    public void OnScored(ReadOnlySpan<byte> member, double score)
    {
        if (_isSkipped)
            return;
        Create();
        var editor = new SortedSetEditor(_place);
        if (editor.Find(member).Exists)
            throw Twice("member of a sorted set");
        editor.Add(member, score);
        if (editor.View.Count == _count)
            editor.PackIfSmall();
    }

    /// <inheritdoc/>
    public void OnScoredMembers(ReadOnlySpan<byte> listpack)
    {
        if (_isSkipped)
            return;
        if (_count <= Limits.ZsetMaxListpackEntries && ScoreOrder.IsKept(listpack)
            && _duplicates.AreSoundMembers(listpack, Limits.ZsetMaxListpackValue))
        {
            Create(ValueLayout.Packed, listpack);
            return;
        }

        Span<byte> scratch = stackalloc byte[Element.ScratchSize];
        for (var at = Listpack.First(listpack); at >= 0; at = Listpack.Next(listpack, at))
        {
            var member = Listpack.Get(listpack, at).AsBytes(scratch);
            at = Listpack.Next(listpack, at);
            ScoreText.TryRead(Listpack.Get(listpack, at), out var score);
            OnScored(member, score);
        }
    }

    /// <inheritdoc/>
    public void BeginStream(ReadOnlySpan<byte> key, in RdbKeyFacts facts)
    {
        Begin(DataType.Stream, key, 0, facts);
        if (_isSkipped)
            return;
        Create();
        _stream.Begin(_place);
    }

    /// <inheritdoc/>
    public void OnStreamNode(RdbStreamId master, ReadOnlySpan<byte> listpack, int count)
    {
        if (!_isSkipped)
            _stream.AddNode(master, listpack, count);
    }

    /// <inheritdoc/>
    public void OnStreamState(in RdbStreamState state)
    {
        if (!_isSkipped)
            _stream.SetState(state);
    }

    /// <inheritdoc/>
    public void OnStreamGroup(ReadOnlySpan<byte> name, RdbStreamId lastId, long? entriesRead)
    {
        if (!_isSkipped)
            _stream.AddGroup(name, lastId, entriesRead);
    }

    /// <inheritdoc/>
    public void OnStreamPending(RdbStreamId id, long deliveredAtMs, ulong deliveries)
    {
        if (!_isSkipped)
            _stream.AddPending(id, deliveredAtMs, deliveries);
    }

    /// <inheritdoc/>
    public void OnStreamConsumer(ReadOnlySpan<byte> name, long seenAtMs, long? activeAtMs)
    {
        if (!_isSkipped)
            _stream.AddConsumer(name, seenAtMs);
    }

    /// <inheritdoc/>
    public void OnStreamConsumerPending(RdbStreamId id)
    {
        if (!_isSkipped)
            _stream.AssignPending(id);
    }

    /// <inheritdoc/>
    public void EndValue()
    {
        if (_isCreated && _type == DataType.Stream)
            _stream.End();
        if (_isCreated)
            OnLoaded(_place.Entry, _facts);
        _place = default;
        _isCreated = false;
        if (_key.Length > LargestReserve)
            _key = [];
    }

    /// <summary>Whether a key is left out.</summary>
    protected virtual bool Skips(in RdbKeyFacts facts) => false;

    /// <summary>A key is complete.</summary>
    protected virtual void OnLoaded(Entry entry, in RdbKeyFacts facts)
    {
    }

    private static RdbRefusedException Twice(string what) => new($"a {what} that occurs twice");

    /// <summary>The value begins. Its key is created when it is known what comes.</summary>
    private void Begin(DataType type, ReadOnlySpan<byte> key, long count, in RdbKeyFacts facts)
    {
        _isSkipped = Skips(facts);
        if (_isSkipped)
            return;
        if (_key.Length < key.Length)
            _key = new byte[Math.Max(key.Length, 256)];
        key.CopyTo(_key);
        (_keyLength, _type, _count, _facts) = (key.Length, type, count, facts);
    }

    private void Create(ValueLayout layout, ReadOnlySpan<byte> content)
    {
        CheckIsNew();
        _place = Database.Create(Key, _type, layout, content);
        OnCreated();
    }

    private void CheckIsNew()
    {
        if (Database.Find(Key).Exists)
            throw Twice("key");
    }

    private void OnCreated()
    {
        _isCreated = true;
        if (_facts.ExpireAtMs == RdbKeyFacts.None)
            return;
        Database.SetExpiry(Key, _facts.ExpireAtMs);
        _place = Database.PlaceOf(Database.Find(Key));
    }

    /// <summary>The first element has come: an empty value of the right size.</summary>
    private void Create()
    {
        if (_isCreated)
            return;
        Span<byte> empty = stackalloc byte[Math.Max(Listpack.EmptySize, Intset.EmptySize)];
        if (_type == DataType.Stream)
        {
            CheckIsNew();
            _place = Database.PlaceOf(Database.CreateStream(Key).Entry);
            OnCreated();
        }
        else if (_type == DataType.Set)
        {
            Intset.Initialize(empty);
            Create(ValueLayout.Integers, empty[..Intset.EmptySize]);
        }
        else
        {
            Listpack.Initialize(empty);
            Create(ValueLayout.Packed, empty[..Listpack.EmptySize]);
        }

        var room = Math.Min(_count, LargestReserve);
        if (_type == DataType.Hash)
            new HashEditor(_place).Reserve(room);
        else if (_type == DataType.Set && _count > Limits.SetMaxIntsetEntries)
            new SetEditor(_place).Reserve(room);
        else if (_type == DataType.ZSet)
            new SortedSetEditor(_place).Grow(room);
    }
}
