using AkkaKv.Commands.Commands.Strings;
using AkkaKv.Commands.Configuration;
using AkkaKv.Keyspace;

namespace AkkaKv.Commands.Commands.HyperLogLogs;

/// <summary>PFADD, PFCOUNT and PFMERGE.</summary>
internal static class HyperLogLogCommands
{
    /// <summary>PFADD key [element…]: 1 if a register changed or the key is new.</summary>
    public static void Add(CommandContext context)
    {
        ReadOnlySpan<byte> key = context.Args[1];
        if (!HyperLogLogValue.TryWrite(context, key, out Entry entry))
        {
            return;
        }

        int changes = entry.Exists ? 0 : 1;
        HyperLogLogEditor editor = HyperLogLogEditor.Open(context, key, entry);
        for (int i = 2; i < context.Args.Count; i++)
        {
            (int register, byte value) = ElementHash.Of(context.Args[i]);
            switch (editor.Raise(register, value))
            {
                case RaiseOutcome.Raised:
                    changes++;
                    break;
                case RaiseOutcome.Damaged:
                    editor.Complete();
                    context.Reply.Error(HyperLogLogValue.Damaged);
                    return;
            }
        }

        if (changes > 0)
        {
            editor.MarkStale();
        }

        editor.Complete();
        if (changes > 0)
        {
            context.SignalModified(key);
            context.NotifyKeyspaceEvent(KeyspaceEvents.String, "pfadd"u8, key);
        }

        context.Reply.Integer(changes > 0 ? 1 : 0);
    }

    /// <summary>PFCOUNT key…: the estimate of one value, or of the union of several.</summary>
    public static void Count(CommandContext context)
    {
        if (context.Args.Count > 2)
        {
            CountUnion(context);
            return;
        }

        ReadOnlySpan<byte> key = context.Args[1];
        if (!HyperLogLogValue.TryRead(context, key, out Entry entry))
        {
            return;
        }

        if (!entry.Exists)
        {
            context.Reply.Integer(0);
            return;
        }

        // The estimate is kept in the value, which makes this read a change, on replicas too.
        Span<byte> value = context.OpenString(key, entry.StringValue.Length);
        if (!HyperLogLogFormat.TryReadEstimate(value, out long estimate))
        {
            if (!HyperLogLogValue.TryEstimate(value, out estimate))
            {
                context.Reply.Error(HyperLogLogValue.Damaged);
                return;
            }

            HyperLogLogFormat.WriteEstimate(value, estimate);
            context.SignalModified(key);
        }

        context.Reply.Integer(estimate);
    }

    /// <summary>PFMERGE destination [source…]: the destination becomes the union of itself and the sources.</summary>
    public static void Merge(CommandContext context)
    {
        Span<byte> maxima = stackalloc byte[HyperLogLogFormat.RegisterCount];
        maxima.Clear();
        if (!TryMergeAll(context, maxima, out bool anyDense))
        {
            return;
        }

        ReadOnlySpan<byte> destination = context.Args[1];
        HyperLogLogEditor editor = HyperLogLogEditor.Open(context, destination, context.LookupWrite(destination));
        if (anyDense)
        {
            editor.TryMakeDense();
        }

        for (int i = 0; i < maxima.Length; i++)
        {
            if (maxima[i] != 0)
            {
                editor.Raise(i, maxima[i]);
            }
        }

        editor.MarkStale();
        editor.Complete();
        context.SignalModified(destination);
        context.NotifyKeyspaceEvent(KeyspaceEvents.String, "pfadd"u8, destination);
        context.Reply.Ok();
    }

    private static void CountUnion(CommandContext context)
    {
        Span<byte> maxima = stackalloc byte[HyperLogLogFormat.RegisterCount];
        maxima.Clear();
        if (TryMergeAll(context, maxima, out _))
        {
            context.Reply.Integer(HyperLogLogValue.EstimateOf(maxima));
        }
    }

    /// <summary>The union of all keys; false when one is no HyperLogLog or damaged, which is answered.</summary>
    private static bool TryMergeAll(CommandContext context, Span<byte> maxima, out bool anyDense)
    {
        anyDense = false;
        for (int i = 1; i < context.Args.Count; i++)
        {
            if (!HyperLogLogValue.TryRead(context, context.Args[i], out Entry entry))
            {
                return false;
            }

            if (!entry.Exists)
            {
                continue;
            }

            anyDense |= HyperLogLogFormat.IsDense(entry.StringValue);
            if (!HyperLogLogValue.TryMergeInto(entry.StringValue, maxima))
            {
                context.Reply.Error(HyperLogLogValue.Damaged);
                return false;
            }
        }

        return true;
    }
}
