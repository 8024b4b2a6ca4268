using AkkaKv.Keyspace.Values;
using AkkaKv.Keyspace.Values.Packed;
using AkkaKv.Persistence.Rdb.Packed;

namespace AkkaKv.Persistence.Rdb;

/// <summary>
/// Reads values that are one packed buffer. Each buffer is checked down to the last byte before anything of it is used. Listpacks and intsets go to
/// the sink as they are, since the store has the same formats; ziplists and zipmaps, of which it knows nothing, go element by element.
/// </summary>
internal sealed class PackedValueReader(IRdbValueSink sink)
{
    private readonly byte[] _first = new byte[Ziplist.ScratchSize];
    private readonly byte[] _second = new byte[Ziplist.ScratchSize];

    /// <summary>Reads a value; false if it has no elements: then the sink was told nothing.</summary>
    public bool Read(byte type, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> key, in RdbKeyFacts facts)
    {
        var count = type switch
        {
            RdbValueType.HashZipmap => Checked(Zipmap.Check(bytes), "zipmap"),
            RdbValueType.SetIntset => Checked(Intset.Validate(bytes, deep: true) ? Intset.Count(bytes) : -1, "intset"),
            RdbValueType.ListZiplist or RdbValueType.SortedSetZiplist or RdbValueType.HashZiplist => Checked(Ziplist.Check(bytes), "ziplist"),
            _ => CheckListpack(bytes),
        };
        if (count == 0)
            return false;
        switch (type)
        {
            case RdbValueType.HashZipmap:
                sink.BeginHash(key, count, facts);
                ReadZipmap(bytes);
                break;
            case RdbValueType.SetIntset:
                sink.BeginSet(key, count, facts);
                sink.OnIntegers(bytes);
                break;
            case RdbValueType.SetListpack:
                sink.BeginSet(key, count, facts);
                sink.OnMembers(bytes);
                break;
            case RdbValueType.ListZiplist:
                sink.BeginList(key, facts);
                ReadListZiplist(bytes, count);
                break;
            case RdbValueType.HashZiplist:
                sink.BeginHash(key, Pairs(count), facts);
                ReadHashZiplist(bytes, count);
                break;
            case RdbValueType.HashListpack:
                sink.BeginHash(key, Pairs(count), facts);
                sink.OnFields(bytes);
                break;
            case RdbValueType.HashListpackExpiry:
                CheckNothingExpires(bytes, count);
                sink.BeginHash(key, count / 3, facts);
                ReadHashTriples(bytes);
                break;
            case RdbValueType.SortedSetZiplist:
                sink.BeginSortedSet(key, Pairs(count), facts);
                ReadSortedSetZiplist(bytes, count);
                break;
            default:
                CheckScores(bytes, count);
                sink.BeginSortedSet(key, count / 2, facts);
                sink.OnScoredMembers(bytes);
                break;
        }

        sink.EndValue();
        return true;
    }

    /// <summary>The next elements of a list that was begun; a node without any is passed over.</summary>
    public void AddZiplistToList(ReadOnlySpan<byte> bytes) => ReadListZiplist(bytes, Checked(Ziplist.Check(bytes), "ziplist"));

    /// <summary>The next elements of a list that was begun; a node without any is passed over.</summary>
    public void AddListpackToList(ReadOnlySpan<byte> bytes)
    {
        if (CheckListpack(bytes) > 0)
            sink.OnElements(bytes);
    }

    /// <summary>Checks a listpack from outside and returns how many entries it has.</summary>
    internal static int CheckListpack(ReadOnlySpan<byte> bytes) => Listpack.Validate(bytes, deep: true) ? Listpack.Count(bytes) : Checked(-1, "listpack");

    private static int Checked(int count, string what) => count >= 0 ? count : throw new RdbRefusedException($"a damaged {what}");

    private static int Pairs(int count) => count % 2 == 0 ? count / 2 : throw new RdbRefusedException("a packed value with half a pair");

    private static void CheckScores(ReadOnlySpan<byte> listpack, int count)
    {
        Pairs(count);
        for (var at = Listpack.First(listpack); at >= 0; at = Listpack.Next(listpack, at))
        {
            at = Listpack.Next(listpack, at);
            if (!ScoreText.TryRead(Listpack.Get(listpack, at), out _))
                throw new RdbRefusedException("a sorted set with a score that is not a number");
        }
    }

    private static void CheckNothingExpires(ReadOnlySpan<byte> listpack, int count)
    {
        if (count % 3 != 0)
            throw new RdbRefusedException("a packed value with an incomplete field");
        for (var at = Listpack.Seek(listpack, 2); at >= 0; at = Skip(listpack, at, 3))
        {
            var expiry = Listpack.Get(listpack, at);
            if (!expiry.IsInteger || expiry.Integer != 0)
                throw new RdbRefusedException("a hash with fields that expire, which this server does not have");
        }
    }

    private static int Skip(ReadOnlySpan<byte> listpack, int at, int count)
    {
        for (; count > 0 && at >= 0; count--)
            at = Listpack.Next(listpack, at);
        return at;
    }

    private void ReadListZiplist(ReadOnlySpan<byte> ziplist, int count)
    {
        var at = Ziplist.HeadSize;
        for (; count > 0; count--)
            sink.OnElement(Ziplist.Next(ziplist, ref at, _first));
    }

    private void ReadHashZiplist(ReadOnlySpan<byte> ziplist, int count)
    {
        var at = Ziplist.HeadSize;
        for (; count > 0; count -= 2)
        {
            var field = Ziplist.Next(ziplist, ref at, _first);
            sink.OnField(field, Ziplist.Next(ziplist, ref at, _second));
        }
    }

    private void ReadSortedSetZiplist(ReadOnlySpan<byte> ziplist, int count)
    {
        var at = Ziplist.HeadSize;
        for (; count > 0; count -= 2)
        {
            var member = Ziplist.Next(ziplist, ref at, _first);
            if (!ScoreText.TryParse(Ziplist.Next(ziplist, ref at, _second), out var score))
                throw new RdbRefusedException("a sorted set with a score that is not a number");
            sink.OnScored(member, score);
        }
    }

    private void ReadHashTriples(ReadOnlySpan<byte> listpack)
    {
        Span<byte> fieldScratch = stackalloc byte[Element.ScratchSize];
        Span<byte> valueScratch = stackalloc byte[Element.ScratchSize];
        for (var at = Listpack.First(listpack); at >= 0; at = Skip(listpack, at, 2))
        {
            var field = Listpack.Get(listpack, at).AsBytes(fieldScratch);
            at = Listpack.Next(listpack, at);
            sink.OnField(field, Listpack.Get(listpack, at).AsBytes(valueScratch));
        }
    }

    private void ReadZipmap(ReadOnlySpan<byte> zipmap)
    {
        for (var at = Zipmap.HeadSize; at < zipmap.Length - 1;)
        {
            Zipmap.Next(zipmap, ref at, out var field, out var value);
            sink.OnField(field, value);
        }
    }
}
