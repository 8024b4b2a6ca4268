namespace AkkaKv.Keyspace.Table;

/// <summary>Where the table has an entry; valid until the table changes. <c>default</c> stands for nowhere.</summary>
internal readonly unsafe struct Slot(Bucket* bucket, int index)
{
    public readonly Bucket* Bucket = bucket;
    public readonly int Index = index;

    public bool Exists => Bucket != null;

    public EntryBlock Entry => Bucket == null ? default : new EntryBlock(Bucket->AddressAt(Index));
}
