using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values.Hashes;

namespace AkkaKv.Commands.Commands.Hashes;

/// <summary>How commands come to the hash that they change.</summary>
internal static class HashLookup
{
    /// <summary>The hash at a key, which is created if it is missing; the caller then puts a field into it. False: the key holds something else, and the error is written.</summary>
    public static bool TryOpenHash(this CommandContext context, ReadOnlySpan<byte> key, out HashEditor hash)
    {
        hash = default;
        if (!context.TryWrite(key, DataType.Hash, out Entry entry))
        {
            return false;
        }

        hash = context.OpenHash(key, entry);
        return true;
    }

    /// <summary>The hash of an entry that was looked up, created if it is missing.</summary>
    public static HashEditor OpenHash(this CommandContext context, ReadOnlySpan<byte> key, Entry entry)
    {
        if (entry.Exists)
        {
            return context.Database.EditHash(entry);
        }

        HashEditor hash = context.Database.CreateHash(key);
        context.Touch(hash.Entry);
        return hash;
    }
}
