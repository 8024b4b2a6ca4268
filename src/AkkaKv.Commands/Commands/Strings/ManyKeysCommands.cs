using AkkaKv.Commands.Configuration;
using AkkaKv.Keyspace;

namespace AkkaKv.Commands.Commands.Strings;

/// <summary>MSET and MSETNX.</summary>
internal static class ManyKeysCommands
{
    /// <summary>MSET key value…: sets all, whatever they were.</summary>
    public static void MultiSet(CommandContext context)
    {
        if (IsComplete(context))
        {
            SetAll(context);
            context.Reply.Ok();
        }
    }

    /// <summary>MSETNX key value…: sets all if none of them exists.</summary>
    public static void MultiSetIfAbsent(CommandContext context)
    {
        if (!IsComplete(context))
        {
            return;
        }

        for (int i = 1; i < context.Args.Count; i += 2)
        {
            if (context.LookupWrite(context.Args[i]).Exists)
            {
                context.Reply.Integer(0);
                return;
            }
        }

        SetAll(context);
        context.Reply.Integer(1);
    }

    private static bool IsComplete(CommandContext context)
    {
        if (context.Args.Count % 2 == 1)
        {
            return true;
        }

        context.WrongArgumentCount();
        return false;
    }

    private static void SetAll(CommandContext context)
    {
        int lookAheadAt = 1;
        for (int i = 1; i < context.Args.Count; i += 2)
        {
            if (i == lookAheadAt)
            {
                lookAheadAt = context.LookAhead(i, step: 2);
            }

            ReadOnlySpan<byte> key = context.Args[i];
            context.OverwriteString(key, context.Args[i + 1], Database.NoExpiry);
            context.NotifyKeyspaceEvent(KeyspaceEvents.String, "set"u8, key);
        }
    }
}
