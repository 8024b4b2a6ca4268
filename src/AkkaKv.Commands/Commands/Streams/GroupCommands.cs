using AkkaKv.Commands.Configuration;
using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values.Streams;

namespace AkkaKv.Commands.Commands.Streams;

/// <summary>XGROUP's subcommands and XACK.</summary>
internal static class GroupCommands
{
    /// <summary>XGROUP CREATE key group id | $ [MKSTREAM] [ENTRIESREAD n].</summary>
    public static void Create(CommandContext context)
    {
        ReadOnlySpan<byte> key = context.Args[2];
        if (!TryReadOptions(context, mayMakeStream: true, out long entriesRead, out bool makesStream)
            || !context.TryWrite(key, DataType.Stream, out Entry entry))
        {
            return;
        }

        if (!entry.Exists && !makesStream)
        {
            ReplyMissingKey(context);
            return;
        }

        if (context.Args.Count > 8)
        {
            ReplySyntax(context);
            return;
        }

        StreamId id = entry.Exists ? context.Database.ReadStream(entry).LastId : StreamId.Min;
        if (!context.Args[4].SequenceEqual("$"u8) && !context.TryReadId(4, out id))
        {
            return;
        }

        StreamEditor stream = StreamWriteCommands.Open(context, key, entry);
        if (!entry.Exists)
        {
            context.SignalModified(key);
        }

        if (!stream.Groups.TryCreate(context.Args[3], id, entriesRead, out _))
        {
            context.Reply.Error("BUSYGROUP Consumer Group name already exists"u8);
            return;
        }

        context.SignalChanged();
        context.NotifyKeyspaceEvent(KeyspaceEvents.Stream, "xgroup-create"u8, key);
        context.Reply.Ok();
    }

    /// <summary>XGROUP SETID key group id | $ [ENTRIESREAD n].</summary>
    public static void SetId(CommandContext context)
    {
        if (!TryReadOptions(context, mayMakeStream: false, out long entriesRead, out _) || !TryFindGroup(context, isNeeded: true, out StreamEditor stream, out StreamGroup group))
        {
            return;
        }

        if (context.Args.Count is not (5 or 7))
        {
            ReplySyntax(context);
            return;
        }

        StreamId id = stream.View.LastId;
        if (!context.Args[4].SequenceEqual("$"u8) && !context.TryReadIdOrEnd(4, out id))
        {
            return;
        }

        stream.Groups.SetPosition(group, id, entriesRead);
        context.SignalChanged();
        context.NotifyKeyspaceEvent(KeyspaceEvents.Stream, "xgroup-setid"u8, context.Args[2]);
        context.Reply.Ok();
    }

    /// <summary>XGROUP DESTROY key group: 1 if there was one.</summary>
    public static void Destroy(CommandContext context)
    {
        if (!TryFindGroup(context, isNeeded: false, out StreamEditor stream, out StreamGroup group))
        {
            return;
        }

        if (!group.Exists)
        {
            context.Reply.Integer(0);
            return;
        }

        stream.Groups.Destroy(group);
        context.SignalChanged();
        context.NotifyKeyspaceEvent(KeyspaceEvents.Stream, "xgroup-destroy"u8, context.Args[2]);

        // Whoever waits for the group waits in vain.
        context.Engine.AwaitedKeys.Signal(context.Database, context.Args[2]);
        context.Reply.Integer(1);
    }

    /// <summary>XGROUP CREATECONSUMER key group consumer: 1 if it is new.</summary>
    public static void CreateConsumer(CommandContext context)
    {
        if (!TryFindGroup(context, isNeeded: true, out StreamEditor stream, out StreamGroup group))
        {
            return;
        }

        bool isNew = !group.FindConsumer(context.Args[4]).Exists;
        if (isNew)
        {
            context.OpenConsumer(stream, group, context.Args[2], context.Args[4], out _);
        }

        context.Reply.Integer(isNew ? 1 : 0);
    }

    /// <summary>XGROUP DELCONSUMER key group consumer: how many entries were pending at it.</summary>
    public static void DeleteConsumer(CommandContext context)
    {
        if (!TryFindGroup(context, isNeeded: true, out StreamEditor stream, out StreamGroup group))
        {
            return;
        }

        long pending = 0;
        StreamConsumer consumer = group.FindConsumer(context.Args[4]);
        if (consumer.Exists)
        {
            pending = consumer.PendingCount;
            stream.Groups.DeleteConsumer(group, consumer);
            context.SignalChanged();
            context.NotifyKeyspaceEvent(KeyspaceEvents.Stream, "xgroup-delconsumer"u8, context.Args[2]);
        }

        context.Reply.Integer(pending);
    }

    /// <summary>XACK key group id…: how many were pending.</summary>
    public static void Acknowledge(CommandContext context)
    {
        if (!context.TryRead(context.Args[1], DataType.Stream, out Entry entry))
        {
            return;
        }

        StreamGroup group = entry.Exists ? context.Database.ReadStream(entry).FindGroup(context.Args[2]) : default;
        if (!group.Exists)
        {
            context.Reply.Integer(0);
            return;
        }

        for (int i = 3; i < context.Args.Count; i++)
        {
            if (!context.TryReadId(i, out _))
            {
                return;
            }
        }

        StreamGroupEditor groups = context.Database.EditStream(entry).Groups;
        int acknowledged = 0;
        for (int i = 3; i < context.Args.Count; i++)
        {
            StreamIdText.TryParse(context.Args[i], isStrict: true, 0, out StreamId id, out _);
            acknowledged += groups.RemovePending(group, id) ? 1 : 0;
        }

        context.SignalChanged(acknowledged);
        context.Reply.Integer(acknowledged);
    }

    /// <summary>Redis's answer to arguments that a container's subcommand does not understand.</summary>
    internal static void ReplySyntax(CommandContext context)
    {
        string container = StreamReplies.Shown(context.Args[0]).ToUpperInvariant();
        context.Reply.Error(
            $"ERR unknown subcommand or wrong number of arguments for '{StreamReplies.Shown(context.Args[1])}'. Try {container} HELP.");
    }

    private static void ReplyMissingKey(CommandContext context) => context.Reply.Error(
        "ERR The XGROUP subcommand requires the key to exist. Note that for CREATE you may want to use the MKSTREAM option to create an empty stream automatically."u8);

    private static bool TryFindGroup(CommandContext context, bool isNeeded, out StreamEditor stream, out StreamGroup group)
    {
        stream = default;
        group = default;
        if (!context.TryWrite(context.Args[2], DataType.Stream, out Entry entry))
        {
            return false;
        }

        if (!entry.Exists)
        {
            ReplyMissingKey(context);
            return false;
        }

        stream = context.Database.EditStream(entry);
        group = stream.View.FindGroup(context.Args[3]);
        if (group.Exists || !isNeeded)
        {
            return true;
        }

        context.Reply.Error(
            $"NOGROUP No such consumer group '{StreamReplies.Shown(context.Args[3])}' for key name '{StreamReplies.Shown(context.Args[2])}'");
        return false;
    }

    private static bool TryReadOptions(CommandContext context, bool mayMakeStream, out long entriesRead, out bool makesStream)
    {
        entriesRead = StreamGroup.UnknownRead;
        makesStream = false;
        for (int i = 5; i < context.Args.Count; i++)
        {
            if (mayMakeStream && context.IsWord(i, "MKSTREAM"u8))
            {
                makesStream = true;
            }
            else if (context.IsWord(i, "ENTRIESREAD"u8) && i + 1 < context.Args.Count)
            {
                if (!context.TryReadInteger(++i, out entriesRead))
                {
                    return false;
                }

                if (entriesRead < StreamGroup.UnknownRead)
                {
                    context.Reply.Error("ERR value for ENTRIESREAD must be positive or -1"u8);
                    return false;
                }
            }
            else
            {
                ReplySyntax(context);
                return false;
            }
        }

        return true;
    }
}
