namespace AkkaKv.Keyspace.Values.Streams;

/// <summary>Where an <see cref="IdTree"/> has an id; valid until the tree changes. <c>default</c> stands for nowhere.</summary>
internal readonly unsafe struct IdPlace(IdTreeNode* leaf, int index)
{
    public bool Exists => leaf != null;

    public StreamId Id => IdTreeNode.Ids(leaf)[index];

    /// <summary>What belongs to the id.</summary>
    public byte* Value
    {
        get => (byte*)IdTreeNode.Values(leaf)[index];
        set => IdTreeNode.Values(leaf)[index] = (nint)value;
    }

    /// <summary>The next larger id.</summary>
    public IdPlace Next => index + 1 < leaf->Count ? new IdPlace(leaf, index + 1)
        : leaf->Next == null ? default
        : new IdPlace(leaf->Next, 0);

    /// <summary>The next smaller id.</summary>
    public IdPlace Previous => index > 0 ? new IdPlace(leaf, index - 1)
        : leaf->Previous == null ? default
        : new IdPlace(leaf->Previous, leaf->Previous->Count - 1);
}
