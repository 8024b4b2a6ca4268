using AkkaKv.Commands.Configuration;
using AkkaKv.Commands.Execution;
using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values;
using AkkaKv.Keyspace.Values.Sets;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Sets;

/// <summary>SPOP key [count]. Replicas are told which members went: SREM for each, DEL for all.</summary>
internal static class PopCommand
{
    /// <summary>Runs the command.</summary>
    public static void Run(CommandContext context)
    {
        if (context.Args.Count == 3)
        {
            PopSeveral(context);
        }
        else if (context.Args.Count > 3)
        {
            context.Reply.Error(ErrorText.Syntax);
        }
        else if (context.TryWrite(context.Args[1], DataType.Set, out Entry entry))
        {
            PopOne(context, context.Args[1], entry);
        }
    }

    private static void PopOne(CommandContext context, ReadOnlySpan<byte> key, Entry entry)
    {
        if (!entry.Exists)
        {
            context.Reply.NullBulk();
            return;
        }

        SetEditor set = context.Database.EditSet(entry);
        TakeOne(context, key, set);
        bool isEmptied = set.View.Count == 0;
        context.NotifyKeyspaceEvent(KeyspaceEvents.Set, "spop"u8, key);
        if (isEmptied)
        {
            context.RemoveEmptied(key);
        }

        context.SignalModified(key);
    }

    private static void PopSeveral(CommandContext context)
    {
        if (!DecimalNumber.TryParse(context.Args[2], out long count) || count < 0)
        {
            context.Reply.Error(ErrorText.NotPositive);
            return;
        }

        ReadOnlySpan<byte> key = context.Args[1];
        if (!context.TryWrite(key, DataType.Set, out Entry entry))
        {
            return;
        }

        if (!entry.Exists || count == 0)
        {
            context.Reply.Set(0);
            return;
        }

        SetEditor set = context.Database.EditSet(entry);
        long size = set.View.Count;
        context.NotifyKeyspaceEvent(KeyspaceEvents.Set, "spop"u8, key);
        if (count >= size)
        {
            MembershipCommands.ReplyAll(context, set.View);
            context.SignalModified(key);
            context.RemoveEmptied(key);
            context.PropagateInstead("DEL"u8, key);
        }
        else
        {
            context.Reply.Set(count);
            for (long i = 0; i < count; i++)
            {
                TakeOne(context, key, set);
            }

            context.SignalModified(key);
        }

        context.SignalChanged(Math.Min(count, size) - 1);
    }

    /// <summary>Answers a member, tells replicas that it goes, and removes it.</summary>
    private static void TakeOne(CommandContext context, ReadOnlySpan<byte> key, SetEditor set)
    {
        Element member = set.View.Random(context.Engine.NextRandom());
        Span<byte> scratch = stackalloc byte[Element.ScratchSize];
        context.Reply.Bulk(member);
        context.PropagateInstead("SREM"u8, key, member.AsBytes(scratch));
        set.Remove(member);
    }
}
