using AkkaKv.Commands.Configuration;
using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values;
using AkkaKv.Keyspace.Values.Lists;

namespace AkkaKv.Commands.Commands.Lists;

/// <summary>Pushing and popping at either end, with replies and events: what the plain commands, those of many keys and those that wait have in common.</summary>
internal static class ListEnds
{
    /// <summary>Adds an element at an end.</summary>
    public static void Push(this ListEditor list, ListEnd end, ReadOnlySpan<byte> element)
    {
        if (end == ListEnd.First)
        {
            list.PushFirst(element);
        }
        else
        {
            list.PushLast(element);
        }
    }

    /// <summary>Removes so many elements at an end, at most as many as there are.</summary>
    public static void Remove(this ListEditor list, ListEnd end, long count)
    {
        if (end == ListEnd.First)
        {
            list.RemoveFirst(count);
        }
        else
        {
            list.RemoveLast(count);
        }
    }

    /// <summary>The element at an end of a list that is not empty.</summary>
    public static Element At(this ListView list, ListEnd end)
    {
        list.TryGet(end == ListEnd.First ? 0 : -1, out Element element);
        return element;
    }

    /// <summary>Takes an element and answers it.</summary>
    public static void PopOne(CommandContext context, ReadOnlySpan<byte> key, Entry entry, ListEnd end)
    {
        ListEditor list = context.Database.EditList(entry);
        context.Reply.Bulk(list.View.At(end));
        list.Remove(end, 1);
        CompletePop(context, key, list.View.Count, end, 1);
    }

    /// <summary>Takes up to <paramref name="count"/> elements and answers them as an array, in the order in which they come off. Returns how many.</summary>
    public static long PopRange(CommandContext context, ReadOnlySpan<byte> key, Entry entry, ListEnd end, long count)
    {
        ListEditor list = context.Database.EditList(entry);
        long length = list.View.Count;
        count = Math.Min(count, length);
        context.Reply.Array(count);
        if (end == ListEnd.First)
        {
            foreach (Element element in list.View.Range(0, count))
            {
                context.Reply.Bulk(element);
            }
        }
        else
        {
            foreach (Element element in list.View.Reverse(length - 1, count))
            {
                context.Reply.Bulk(element);
            }
        }

        list.Remove(end, count);
        CompletePop(context, key, length - count, end, count);
        return count;
    }

    /// <summary>As <see cref="PopRange"/>, answers the key and the array, and propagates LPOP or RPOP with the number of elements.</summary>
    public static void PopRangeWithKey(CommandContext context, ReadOnlySpan<byte> key, Entry entry, ListEnd end, long count)
    {
        context.Reply.Array(2);
        context.Reply.Bulk(key);
        long popped = PopRange(context, key, entry, end, count);
        context.PropagateInstead(end.PopCommand(), key, popped);
    }

    /// <summary>Takes an element, answers the key and it, and propagates LPOP or RPOP.</summary>
    public static void PopOneWithKey(CommandContext context, ReadOnlySpan<byte> key, Entry entry, ListEnd end)
    {
        context.Reply.Array(2);
        context.Reply.Bulk(key);
        PopOne(context, key, entry, end);
        context.PropagateInstead(end.PopCommand(), key);
    }

    /// <summary>Tells that elements were taken at an end; a list that is empty now goes.</summary>
    public static void CompletePop(CommandContext context, ReadOnlySpan<byte> key, long left, ListEnd end, long count)
    {
        context.NotifyKeyspaceEvent(KeyspaceEvents.List, end.PopEvent(), key);
        if (left == 0)
        {
            context.RemoveEmptied(key);
        }

        context.SignalModified(key);
        context.SignalChanged(count - 1);
    }
}
