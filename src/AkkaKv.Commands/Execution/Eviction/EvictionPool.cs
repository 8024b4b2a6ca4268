using System.Diagnostics.CodeAnalysis;

namespace AkkaKv.Commands.Execution.Eviction;

/// <summary>
/// The best keys to evict among all that samples have shown so far, across samples and databases: so a small sample finds keys nearly as good as a
/// look at all of them would. Redis's pool of 16; the slots and their keys are reused, so in steady state nothing is allocated.
/// </summary>
internal sealed class EvictionPool
{
    public const int Size = 16;

    // A slot keeps room for keys up to this length; that of a longer one is given up with it.
    private const int KeptRoom = 4096;

    // Those in use come first, by ascending score.
    private readonly EvictionCandidate[] _slots = new EvictionCandidate[Size];
    private int _count;

    public EvictionPool()
    {
        for (int i = 0; i < Size; i++)
        {
            _slots[i] = new EvictionCandidate();
        }
    }

    public int Count => _count;

    /// <summary>Takes a key in, if there is room or it is better than the worst.</summary>
    /// <param name="database">The number of its database.</param>
    /// <param name="key">The key; it is copied.</param>
    /// <param name="score">The higher, the rather it is evicted.</param>
    public void Offer(int database, ReadOnlySpan<byte> key, long score)
    {
        int place = 0;
        while (place < _count && _slots[place].Score < score)
        {
            place++;
        }

        EvictionCandidate slot;
        if (_count < Size)
        {
            slot = _slots[_count];
            Array.Copy(_slots, place, _slots, place + 1, _count - place);
            _count++;
        }
        else if (place > 0)
        {
            slot = _slots[0];
            place--;
            Array.Copy(_slots, 1, _slots, 0, place);
        }
        else
        {
            return;
        }

        slot.Set(database, key, score);
        _slots[place] = slot;
    }

    /// <summary>Takes the best candidate out; it is valid until something is offered.</summary>
    public bool TryTake([NotNullWhen(true)] out EvictionCandidate? best)
    {
        best = _count > 0 ? _slots[--_count] : null;
        return best is not null;
    }

    /// <summary>Forgets all candidates: their scores mean nothing under another policy.</summary>
    public void Clear()
    {
        _count = 0;
        foreach (EvictionCandidate slot in _slots)
        {
            slot.GiveUpRoomBeyond(KeptRoom);
        }
    }
}

/// <summary>A key that may be evicted.</summary>
internal sealed class EvictionCandidate
{
    private byte[] _key = new byte[64];
    private int _length;

    public int Database { get; private set; }

    public long Score { get; private set; }

    public ReadOnlySpan<byte> Key => _key.AsSpan(0, _length);

    public void Set(int database, ReadOnlySpan<byte> key, long score)
    {
        if (_key.Length < key.Length)
        {
            _key = new byte[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)key.Length)];
        }

        key.CopyTo(_key);
        _length = key.Length;
        Database = database;
        Score = score;
    }

    public void GiveUpRoomBeyond(int length)
    {
        if (_key.Length > length)
        {
            _key = new byte[length];
            _length = 0;
        }
    }
}
