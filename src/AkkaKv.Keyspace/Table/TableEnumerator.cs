using System.Numerics;

namespace AkkaKv.Keyspace.Table;

/// <summary>Goes through all entries of a table that does not change meanwhile, in no order that means anything.</summary>
internal unsafe struct TableEnumerator
{
    private BucketArray _array;
    private BucketArray _further;
    private ulong _index;
    private Bucket* _bucket;
    private uint _left;

    public TableEnumerator(TableRoot* root)
    {
        _array = root->Main;
        _further = root->Target;

        // Moved buckets are empty, and their segments may be gone.
        _index = root->MovedBuckets;
    }

    /// <summary>The entry that was found last.</summary>
    public EntryBlock Current { get; private set; }

    /// <summary>Finds the next entry; false at the end.</summary>
    public bool MoveNext()
    {
        while (_left == 0)
        {
            if (!MoveToNextBucket())
                return false;
        }

        Current = new EntryBlock(_bucket->AddressAt(BitOperations.TrailingZeroCount(_left)));
        _left &= _left - 1;
        return true;
    }

    private bool MoveToNextBucket()
    {
        _bucket = _bucket == null ? null : _bucket->Next;
        while (_bucket == null)
        {
            if (_array.IsNull)
                return false;
            if (_index <= _array.Mask)
            {
                _bucket = _array.Find(_index++);
                continue;
            }

            _array = _further;
            _further = default;
            _index = 0;
        }

        _left = _bucket->Occupied;
        return true;
    }
}
