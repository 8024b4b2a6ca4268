using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values;
using AkkaKv.Keyspace.Values.Hashes;
using AkkaKv.Keyspace.Values.Lists;
using AkkaKv.Keyspace.Values.Sets;
using AkkaKv.Keyspace.Values.SortedSets;
using AkkaKv.Keyspace.Values.Streams;

namespace AkkaKv.Persistence;

/// <summary>
/// The digest of data that DEBUG DIGEST shows, bit by bit that of Redis (debug.c): equal for equal data, whatever the order of keys and members and however
/// they are kept in memory. For comparing servers; it protects from nothing.
/// </summary>
public struct DataDigest
{
    private const int Size = 20;

    private Digest _digest;

    /// <summary>The digest of all databases; forty zeros if they are empty.</summary>
    public static string Of(Store store)
    {
        var all = default(DataDigest);
        Span<byte> number = stackalloc byte[sizeof(uint)];
        for (var index = 0; index < store.DatabaseCount; index++)
        {
            if (store[index].Count == 0)
                continue;
            BinaryPrimitives.WriteUInt32BigEndian(number, (uint)index);
            all._digest.Mix(number);
            for (var keys = store[index].Contents.Entries; keys.MoveNext();)
                all.AddKey(new Entry(keys.Current));
        }

        return all.ToString();
    }

    /// <summary>The digest of one value with its expiry (DEBUG DIGEST-VALUE); forty zeros for a key that is not there.</summary>
    public static string OfValue(Entry entry)
    {
        var value = default(DataDigest);
        if (entry.Exists)
            value.AddValue(entry);
        return value.ToString();
    }

    /// <inheritdoc/>
    public override readonly string ToString() => Convert.ToHexStringLower(_digest);

    private void AddKey(Entry entry)
    {
        var key = default(DataDigest);
        key._digest.Mix(entry.Key);
        key.AddValue(entry);
        _digest.Xor(key._digest);
    }

    private void AddValue(Entry entry)
    {
        Span<byte> type = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(type, NumberOf(entry.Type));
        _digest.Mix(type);
        switch (entry.Type)
        {
            case DataType.String:
                _digest.Mix(entry.Block.Value);
                break;
            case DataType.List:
                AddList(new ListView(entry.Block));
                break;
            case DataType.Set:
                AddSet(new SetView(entry.Block, null!));
                break;
            case DataType.ZSet:
                AddSortedSet(new SortedSetView(entry.Block, null!, null!));
                break;
            case DataType.Hash:
                AddHash(new HashView(entry.Block, null!));
                break;
            default:
                AddStream(new StreamView(entry.Block, null!));
                break;
        }

        if (entry.ExpireAtMs != Database.NoExpiry)
            _digest.Xor("!!expire!!"u8);
    }

    private void AddList(ListView list)
    {
        Span<byte> scratch = stackalloc byte[Element.ScratchSize];
        foreach (var element in list)
            _digest.Mix(element.AsBytes(scratch));
    }

    private void AddSet(SetView set)
    {
        Span<byte> scratch = stackalloc byte[Element.ScratchSize];
        foreach (var member in set)
            _digest.Xor(member.AsBytes(scratch));
    }

    private void AddSortedSet(SortedSetView set)
    {
        Span<byte> scratch = stackalloc byte[Element.ScratchSize];
        Span<byte> score = stackalloc byte[32];
        foreach (var element in set)
        {
            var pair = default(Digest);
            pair.Mix(element.Member.AsBytes(scratch));
            pair.Mix(score[..WriteScore(element.Score, score)]);
            _digest.Xor(pair);
        }
    }

    private void AddHash(HashView hash)
    {
        Span<byte> scratch = stackalloc byte[Element.ScratchSize];
        foreach (var field in hash)
        {
            var pair = default(Digest);
            pair.Mix(field.Name.AsBytes(scratch));
            pair.Mix(field.Value.AsBytes(scratch));
            _digest.Xor(pair);
        }
    }

    private void AddStream(StreamView stream)
    {
        Span<byte> scratch = stackalloc byte[Element.ScratchSize];
        Span<byte> id = stackalloc byte[StreamId.MaxTextLength];
        foreach (var entry in stream.Range(StreamId.Min, StreamId.Max))
        {
            // The id as "ms.sequence".
            var length = entry.Id.Write(id);
            id[..length].Replace((byte)'-', (byte)'.');
            _digest.Mix(id[..length]);
            foreach (var field in entry)
            {
                _digest.Mix(field.Name.AsBytes(scratch));
                _digest.Mix(field.Value.AsBytes(scratch));
            }
        }
    }

    /// <summary>A score as C's "%.17g" writes it.</summary>
    private static int WriteScore(double score, Span<byte> target)
    {
        if (double.IsInfinity(score))
            return Encoding.ASCII.GetBytes(score > 0 ? "inf" : "-inf", target);
        score.TryFormat(target, out var length, "g17", CultureInfo.InvariantCulture);
        return length;
    }

    private static uint NumberOf(DataType type) => type switch
    {
        DataType.Stream => 6,
        _ => (uint)type,
    };

    /// <summary>Twenty bytes that SHA-1 is mixed into.</summary>
    [System.Runtime.CompilerServices.InlineArray(Size)]
    private struct Digest
    {
        private byte _first;

        /// <summary>Adds data so that the order of what is added does not count.</summary>
        public void Xor(ReadOnlySpan<byte> data)
        {
            Span<byte> hash = stackalloc byte[Size];
            SHA1.HashData(data, hash);
            for (var index = 0; index < Size; index++)
                this[index] ^= hash[index];
        }

        /// <summary>Adds data so that the order of what is added counts.</summary>
        public void Mix(ReadOnlySpan<byte> data)
        {
            Xor(data);
            Span<byte> hash = stackalloc byte[Size];
            SHA1.HashData(this, hash);
            hash.CopyTo(this);
        }
    }
}
