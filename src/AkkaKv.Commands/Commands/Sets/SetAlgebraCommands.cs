using AkkaKv.Commands.Configuration;
using AkkaKv.Commands.Execution;
using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values;
using AkkaKv.Keyspace.Values.Sets;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Sets;

/// <summary>SUNION, SINTER, SDIFF, the same with STORE, and SINTERCARD.</summary>
internal static class SetAlgebraCommands
{
    /// <summary>Fills a result from sets.</summary>
    private delegate void Operation(in SetOperands sets, SetBuilder result);

    /// <summary>SUNION key….</summary>
    public static void Union(CommandContext context) => Answer(context, SetAlgebra.Unite);

    /// <summary>SUNIONSTORE destination key….</summary>
    public static void UnionStore(CommandContext context) => Store(context, "sunionstore"u8, SetAlgebra.Unite);

    /// <summary>SDIFF key….</summary>
    public static void Difference(CommandContext context) => Answer(context, SetAlgebra.Subtract);

    /// <summary>SDIFFSTORE destination key….</summary>
    public static void DifferenceStore(CommandContext context) => Store(context, "sdiffstore"u8, SetAlgebra.Subtract);

    /// <summary>SINTERSTORE destination key….</summary>
    public static void IntersectionStore(CommandContext context) => Store(context, "sinterstore"u8, Intersect);

    /// <summary>SINTER key….</summary>
    public static void Intersection(CommandContext context)
    {
        Span<Entry> room = stackalloc Entry[SetOperands.StackMax];
        if (!SetOperands.TryRead(context, 1, context.Args.Count - 1, room, out SetOperands sets))
        {
            return;
        }

        if (sets.AnyMissing)
        {
            context.Reply.Set(0);
            return;
        }

        sets.SortBySize(from: 0, descending: false);
        OpenAggregate reply = context.Reply.BeginArray();
        long count = 0;
        foreach (Element member in sets.Set(0))
        {
            if (SetAlgebra.IsCommon(sets, member))
            {
                context.Reply.Bulk(member);
                count++;
            }
        }

        context.Reply.EndSet(reply, count);
    }

    /// <summary>SINTERCARD numkeys key… [LIMIT n]; 0 is no limit.</summary>
    public static void IntersectionCount(CommandContext context)
    {
        if (!TryParseCount(context, out int keys, out long limit))
        {
            return;
        }

        Span<Entry> room = stackalloc Entry[SetOperands.StackMax];
        if (!SetOperands.TryRead(context, 2, keys, room, out SetOperands sets))
        {
            return;
        }

        long count = 0;
        if (!sets.AnyMissing)
        {
            sets.SortBySize(from: 0, descending: false);
            foreach (Element member in sets.Set(0))
            {
                if (SetAlgebra.IsCommon(sets, member) && ++count == limit)
                {
                    break;
                }
            }
        }

        context.Reply.Integer(count);
    }

    private static bool TryParseCount(CommandContext context, out int keys, out long limit)
    {
        keys = 0;
        limit = 0;
        if (!DecimalNumber.TryParse(context.Args[1], out long number) || number < 1)
        {
            context.Reply.Error("ERR numkeys should be greater than 0"u8);
            return false;
        }

        if (number > context.Args.Count - 2)
        {
            context.Reply.Error("ERR Number of keys can't be greater than number of args"u8);
            return false;
        }

        keys = (int)number;
        for (int i = 2 + keys; i < context.Args.Count; i += 2)
        {
            if (!context.IsWord(i, "LIMIT"u8) || i + 1 == context.Args.Count)
            {
                context.Reply.Error(ErrorText.Syntax);
                return false;
            }

            if (!DecimalNumber.TryParse(context.Args[i + 1], out limit) || limit < 0)
            {
                context.Reply.Error("ERR LIMIT can't be negative"u8);
                return false;
            }
        }

        return true;
    }

    private static void Answer(CommandContext context, Operation operation)
    {
        Span<Entry> room = stackalloc Entry[SetOperands.StackMax];
        if (SetOperands.TryRead(context, 1, context.Args.Count - 1, room, out SetOperands sets))
        {
            using SetBuilder result = context.Database.BuildSet();
            operation(sets, result);
            MembershipCommands.ReplyAll(context, result.View);
        }
    }

    private static void Store(CommandContext context, ReadOnlySpan<byte> eventName, Operation operation)
    {
        Span<Entry> room = stackalloc Entry[SetOperands.StackMax];
        if (!SetOperands.TryRead(context, 2, context.Args.Count - 2, room, out SetOperands sets))
        {
            return;
        }

        ReadOnlySpan<byte> destination = context.Args[1];
        SetBuilder result = context.Database.BuildSet();
        operation(sets, result);
        long count = result.View.Count;
        if (count > 0)
        {
            result.Store(destination);
            context.Touch(context.Database.Find(destination));
            context.SignalModified(destination);
            context.NotifyKeyspaceEvent(KeyspaceEvents.Set, eventName, destination);
        }
        else if (context.Database.Remove(destination))
        {
            context.SignalModified(destination);
            context.NotifyKeyspaceEvent(KeyspaceEvents.Generic, "del"u8, destination);
        }

        result.Dispose();
        context.Reply.Integer(count);
    }

    private static void Intersect(in SetOperands sets, SetBuilder result)
    {
        if (sets.AnyMissing)
        {
            return;
        }

        sets.SortBySize(from: 0, descending: false);
        foreach (Element member in sets.Set(0))
        {
            if (SetAlgebra.IsCommon(sets, member))
            {
                result.Editor.Add(member);
            }
        }
    }
}
