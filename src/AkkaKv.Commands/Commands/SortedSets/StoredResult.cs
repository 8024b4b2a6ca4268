using AkkaKv.Commands.Configuration;
using AkkaKv.Keyspace.Values.SortedSets;

namespace AkkaKv.Commands.Commands.SortedSets;

/// <summary>How commands store a sorted set that they have built.</summary>
internal static class StoredResult
{
    /// <summary>
    /// Gives a key the sorted set, whatever it had before, or removes it if there are no elements. Answers with the number of elements.
    /// </summary>
    /// <param name="context">The command.</param>
    /// <param name="key">The key.</param>
    /// <param name="result">What was built.</param>
    /// <param name="name">The event's name.</param>
    public static void StoreSortedSet(this CommandContext context, ReadOnlySpan<byte> key, SortedSetBuilder result, ReadOnlySpan<byte> name)
    {
        long count = result.View.Count;
        if (count > 0)
        {
            // An expired one is removed first, with its event.
            context.LookupWrite(key);
            result.Store(key);
            context.Touch(context.Database.Find(key));
            context.SignalModified(key);
            context.NotifyKeyspaceEvent(KeyspaceEvents.SortedSet, name, key);
        }
        else if (context.LookupWrite(key).Exists)
        {
            context.Database.Remove(key);
            context.SignalModified(key);
            context.NotifyKeyspaceEvent(KeyspaceEvents.Generic, "del"u8, key);
        }

        context.Reply.Integer(count);
    }
}
