using System.Buffers.Text;
using AkkaKv.Keyspace;

namespace AkkaKv.Benchmarks;

/// <summary>
/// A store with numbered keys, and a fixed sequence of random key numbers, so that what is measured is neither number formatting from
/// scratch nor the random generator.
/// </summary>
internal sealed class Dataset : IDisposable
{
    /// <summary>Bytes of a key: "key:" and twelve digits, as redis-benchmark makes them.</summary>
    public const int KeyLength = 16;

    /// <summary>Bytes of a value.</summary>
    public const int ValueLength = 64;

    private readonly byte[] _keys;
    private readonly int[] _order;
    private readonly byte[] _value = new byte[ValueLength];
    private int _next;

    public Dataset(int keyCount)
    {
        Store = new Store(1);
        _keys = new byte[keyCount * KeyLength];
        _order = new int[1 << 20];
        var random = new Random(1);
        for (var i = 0; i < _order.Length; i++)
            _order[i] = random.Next(keyCount);
        random.NextBytes(_value);
        for (var i = 0; i < keyCount; i++)
        {
            var key = _keys.AsSpan(i * KeyLength, KeyLength);
            "key:"u8.CopyTo(key);
            Utf8Formatter.TryFormat(i, key[4..], out _, new System.Buffers.StandardFormat('D', 12));
        }
    }

    public Store Store { get; }

    public Database Database => Store[0];

    public int KeyCount => _keys.Length / KeyLength;

    /// <summary>A value to write.</summary>
    public ReadOnlySpan<byte> Value => _value;

    /// <summary>The key with a number.</summary>
    public ReadOnlySpan<byte> Key(int number) => _keys.AsSpan(number * KeyLength, KeyLength);

    /// <summary>The next key of the random sequence.</summary>
    public ReadOnlySpan<byte> NextKey() => Key(_order[_next++ & ((1 << 20) - 1)]);

    /// <summary>Writes every key once.</summary>
    public void Fill(ReadOnlySpan<byte> value)
    {
        for (var i = 0; i < KeyCount; i++)
            Database.SetString(Key(i), value, Database.NoExpiry);
    }

    public void Dispose() => Store.Dispose();
}
