using AkkaKv.Commands.Configuration;
using AkkaKv.Keyspace;

namespace AkkaKv.Commands.Commands.Keys;

/// <summary>DEL, UNLINK, EXISTS, TOUCH and TYPE.</summary>
internal static class ExistenceCommands
{
    /// <summary>DEL key…: how many were there. Large values are freed like UNLINK's if <c>lazyfree-lazy-user-del</c> says so.</summary>
    public static void Delete(CommandContext context) => Remove(context, context.Settings.LazyFreeLazyUserDel);

    /// <summary>UNLINK key…: as DEL, but the memory of large values is freed where it holds nobody up.</summary>
    public static void Unlink(CommandContext context) => Remove(context, inBackground: true);

    /// <summary>EXISTS key…: how many are there; one that is named twice counts twice.</summary>
    public static void Exists(CommandContext context)
    {
        int found = 0;
        for (int i = 1; i < context.Args.Count; i++)
        {
            found += context.LookupQuiet(context.Args[i]).Exists ? 1 : 0;
        }

        context.Reply.Integer(found);
    }

    /// <summary>TOUCH key…: marks them as used, and answers how many are there.</summary>
    public static void Touch(CommandContext context)
    {
        int found = 0;
        for (int i = 1; i < context.Args.Count; i++)
        {
            found += context.LookupRead(context.Args[i]).Exists ? 1 : 0;
        }

        context.Reply.Integer(found);
    }

    /// <summary>TYPE key.</summary>
    public static void Type(CommandContext context)
    {
        Entry entry = context.LookupQuiet(context.Args[1]);
        context.Reply.SimpleString(entry.Exists ? TypeNames.Of(entry.Type) : "none"u8);
    }

    private static void Remove(CommandContext context, bool inBackground)
    {
        int removed = 0;
        for (int i = 1; i < context.Args.Count; i++)
        {
            ReadOnlySpan<byte> key = context.Args[i];
            if (context.LookupWrite(key).Exists && context.Engine.LazyFree.Remove(context.Database, key, inBackground))
            {
                context.SignalModified(key);
                context.NotifyKeyspaceEvent(KeyspaceEvents.Generic, "del"u8, key);
                removed++;
            }
        }

        context.Reply.Integer(removed);
    }
}
