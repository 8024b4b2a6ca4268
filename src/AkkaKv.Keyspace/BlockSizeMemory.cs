namespace AkkaKv.Keyspace;

/// <summary>The slab blocks of one size, for MEMORY MALLOC-STATS.</summary>
/// <param name="BlockSize">Bytes of a block.</param>
/// <param name="UsedBlocks">Blocks in use.</param>
/// <param name="FreeBlocks">Blocks of their pages that are free.</param>
/// <param name="Pages">Pages cut into blocks of this size.</param>
public readonly record struct BlockSizeMemory(int BlockSize, long UsedBlocks, long FreeBlocks, long Pages);
