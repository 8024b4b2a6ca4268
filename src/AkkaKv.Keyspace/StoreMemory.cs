namespace AkkaKv.Keyspace;

/// <summary>How the native memory of a store is laid out, in bytes.</summary>
/// <param name="Used">Blocks in use, with the allocator's rounding and heads.</param>
/// <param name="Active">Pages and large blocks of which at least a part is in use: what is more than <paramref name="Used"/> are gaps.</param>
/// <param name="Resident">Active ones, and pages that are free and kept for reuse.</param>
/// <param name="Reserved">All that is taken from the operating system; what is more than <paramref name="Resident"/> has no memory behind it.</param>
/// <param name="Large">Blocks too large for a page; part of all the others.</param>
public readonly record struct StoreMemory(long Used, long Active, long Resident, long Reserved, long Large);
