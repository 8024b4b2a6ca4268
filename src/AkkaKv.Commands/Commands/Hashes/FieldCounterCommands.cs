using AkkaKv.Commands.Commands.Strings;
using AkkaKv.Commands.Configuration;
using AkkaKv.Commands.Execution;
using AkkaKv.Commands.Text;
using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values;
using AkkaKv.Keyspace.Values.Hashes;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Hashes;

/// <summary>HINCRBY and HINCRBYFLOAT. A missing field counts as 0.</summary>
internal static class FieldCounterCommands
{
    /// <summary>HINCRBY key field increment.</summary>
    public static void Increment(CommandContext context)
    {
        ReadOnlySpan<byte> key = context.Args[1];
        ReadOnlySpan<byte> field = context.Args[2];
        if (!context.TryReadInteger(3, out long increment) || !context.TryWrite(key, DataType.Hash, out Entry entry))
        {
            return;
        }

        long value = 0;
        if (TryFind(context, entry, field, out Element old) && !old.TryGetInteger(out value))
        {
            context.Reply.Error("ERR hash value is not an integer"u8);
            return;
        }

        long sum = unchecked(value + increment);
        if (((value ^ sum) & (increment ^ sum)) < 0)
        {
            context.Reply.Error("ERR increment or decrement would overflow"u8);
            return;
        }

        Span<byte> digits = stackalloc byte[DecimalNumber.MaxLength];
        System.Buffers.Text.Utf8Formatter.TryFormat(sum, digits, out int length);
        Store(context, key, entry, digits[..length]);
        context.NotifyKeyspaceEvent(KeyspaceEvents.Hash, "hincrby"u8, key);
        context.Reply.Integer(sum);
    }

    /// <summary>HINCRBYFLOAT key field increment. Replicas receive the result, so that no other arithmetic than the master's counts.</summary>
    public static void IncrementByFloat(CommandContext context)
    {
        ReadOnlySpan<byte> key = context.Args[1];
        ReadOnlySpan<byte> field = context.Args[2];
        if (!ExtendedFloatReader.TryParse(context.Args[3], out ExtendedFloat increment))
        {
            context.Reply.Error(ErrorText.NotAFloat);
            return;
        }

        if (increment.IsInfinite)
        {
            context.Reply.Error("ERR value is NaN or Infinity"u8);
            return;
        }

        if (!context.TryWrite(key, DataType.Hash, out Entry entry))
        {
            return;
        }

        ExtendedFloat value = default;
        Span<byte> scratch = stackalloc byte[Element.ScratchSize];
        if (TryFind(context, entry, field, out Element old) && !ExtendedFloatReader.TryParse(old.AsBytes(scratch), out value))
        {
            context.Reply.Error("ERR hash value is not a float"u8);
            return;
        }

        value += increment;
        if (value.IsInfinite)
        {
            context.Reply.Error("ERR increment would produce NaN or Infinity"u8);
            return;
        }

        byte[] text = value.ToHumanText();
        Store(context, key, entry, text);
        context.NotifyKeyspaceEvent(KeyspaceEvents.Hash, "hincrbyfloat"u8, key);
        context.Reply.Bulk(text);
        PropagatedForm.SetField(context, key, field, text);
    }

    private static bool TryFind(CommandContext context, Entry entry, ReadOnlySpan<byte> field, out Element value)
    {
        value = default;
        return entry.Exists && context.Database.ReadHash(entry).TryGet(field, out value);
    }

    private static void Store(CommandContext context, ReadOnlySpan<byte> key, Entry entry, ReadOnlySpan<byte> value)
    {
        context.OpenHash(key, entry).Set(context.Args[2], value);
        context.SignalModified(key);
    }
}
