using AkkaKv.Commands.Commands.Lists;
using AkkaKv.Commands.Configuration;
using AkkaKv.Commands.Execution;
using AkkaKv.Commands.Text;
using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values;
using AkkaKv.Keyspace.Values.Lists;

namespace AkkaKv.Commands.Commands.Sorting;

/// <summary>SORT and SORT_RO: the elements of a list, set or sorted set in another order, or what patterns find for them.</summary>
internal static class SortCommands
{
    /// <summary>SORT; see <see cref="SortRequest"/>.</summary>
    public static void Sort(CommandContext context) => Run(context, mayStore: true);

    /// <summary>SORT_RO: without STORE.</summary>
    public static void SortReadOnly(CommandContext context) => Run(context, mayStore: false);

    private static void Run(CommandContext context, bool mayStore)
    {
        if (SortRequest.TryRead(context, mayStore) is not { } request)
        {
            return;
        }

        Entry entry = context.LookupRead(context.Args[1]);
        if (entry.Exists && !SortSource.IsSortable(entry.Type))
        {
            context.Reply.Error(ErrorText.WrongType);
            return;
        }

        var buffer = new SortBuffer();
        if (entry.Exists)
        {
            request.SettleOrder(entry.Type, context.IsInScript);
        }

        SortItem[] items = SortSource.Read(context, entry, request, buffer, out (int First, int Count) window);
        if (!request.IsUnsorted)
        {
            if (!TryWeigh(context, request, items, buffer))
            {
                context.Reply.Error("ERR One or more scores can't be converted into double"u8);
                return;
            }

            Array.Sort(items, new SortOrder(request));
        }

        ReadOnlySpan<SortItem> wanted = items.AsSpan(window.First, window.Count);
        if (request.Target > 0)
        {
            Store(context, request, wanted, buffer);
        }
        else
        {
            Answer(context, request, wanted);
        }
    }

    /// <summary>Finds what the elements are compared by. False: a weight is no number.</summary>
    private static bool TryWeigh(CommandContext context, SortRequest request, SortItem[] items, SortBuffer buffer)
    {
        if (request.IsAlphabetic && request.WeightPattern == 0)
        {
            return true;
        }

        bool allAreNumbers = true;
        Span<byte> scratch = stackalloc byte[Element.ScratchSize];
        for (int i = 0; i < items.Length; i++)
        {
            scoped ReadOnlySpan<byte> weight = items[i].Text.Bytes;
            if (request.WeightPattern > 0)
            {
                if (!SortPattern.TryFind(context, context.Args[request.WeightPattern], weight, out Element found))
                {
                    continue;
                }

                weight = found.AsBytes(scratch);
            }

            if (request.IsAlphabetic)
            {
                items[i] = items[i] with { Weight = buffer.Add(weight) };
                continue;
            }

            allAreNumbers &= DoubleReader.TryParseWeight(weight, out double score);
            items[i] = items[i] with { Score = score };
        }

        return allAreNumbers;
    }

    private static void Answer(CommandContext context, SortRequest request, ReadOnlySpan<SortItem> wanted)
    {
        context.Reply.Array((long)wanted.Length * Math.Max(request.Gets.Count, 1));
        foreach (SortItem item in wanted)
        {
            if (request.Gets.Count == 0)
            {
                context.Reply.Bulk(item.Text.Bytes);
            }

            foreach (int pattern in request.Gets)
            {
                if (SortPattern.TryFind(context, context.Args[pattern], item.Text.Bytes, out Element value))
                {
                    context.Reply.Bulk(value);
                }
                else
                {
                    context.Reply.NullBulk();
                }
            }
        }
    }

    /// <summary>Makes the result a list; what GET does not find is an empty string in it. Everything is found before the target changes: it may be among what is looked up.</summary>
    private static void Store(CommandContext context, SortRequest request, ReadOnlySpan<SortItem> wanted, SortBuffer buffer)
    {
        ReadOnlySpan<byte> target = context.Args[request.Target];
        var results = new List<SortText>(wanted.Length * Math.Max(request.Gets.Count, 1));
        Span<byte> scratch = stackalloc byte[Element.ScratchSize];
        foreach (SortItem item in wanted)
        {
            if (request.Gets.Count == 0)
            {
                results.Add(item.Text);
            }

            foreach (int pattern in request.Gets)
            {
                bool found = SortPattern.TryFind(context, context.Args[pattern], item.Text.Bytes, out Element value);
                results.Add(buffer.Add(found ? value.AsBytes(scratch) : default));
            }
        }

        if (results.Count == 0)
        {
            if (context.Database.Remove(target))
            {
                context.SignalModified(target);
                context.NotifyKeyspaceEvent(KeyspaceEvents.Generic, "del"u8, target);
            }
        }
        else
        {
            if (context.LookupWrite(target).Exists)
            {
                context.Database.Remove(target);
            }

            ListEditor list = context.OpenList(target, default);
            foreach (SortText result in results)
            {
                list.PushLast(result.Bytes);
            }

            context.SignalModified(target);
            context.SignalChanged(results.Count - 1);
            context.NotifyKeyspaceEvent(KeyspaceEvents.List, "sortstore"u8, target);
        }

        context.Reply.Integer(results.Count);
    }
}
