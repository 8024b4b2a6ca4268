using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values.Sets;

namespace AkkaKv.Commands.Commands.Sets;

/// <summary>How commands come to a set.</summary>
internal static class SetLookup
{
    /// <summary>
    /// The set at a key for reading. False when there is none: the key is missing and <paramref name="isMissing"/> is true, or it holds something else, and the error is written.
    /// </summary>
    public static bool TryReadSet(this CommandContext context, ReadOnlySpan<byte> key, out SetView set, out bool isMissing)
    {
        set = default;
        isMissing = false;
        if (!context.TryRead(key, DataType.Set, out Entry entry))
        {
            return false;
        }

        isMissing = !entry.Exists;
        if (entry.Exists)
        {
            set = context.Database.ReadSet(entry);
        }

        return entry.Exists;
    }

    /// <summary>The set of an entry that was looked up, created if it is missing; the caller then adds a member.</summary>
    public static SetEditor OpenSet(this CommandContext context, ReadOnlySpan<byte> key, Entry entry)
    {
        if (entry.Exists)
        {
            return context.Database.EditSet(entry);
        }

        SetEditor set = context.Database.CreateSet(key);
        context.Touch(set.Entry);
        return set;
    }
}
