using System.Buffers.Text;
using AkkaKv.Commands.Configuration;
using AkkaKv.Commands.Execution;
using AkkaKv.Commands.Text;
using AkkaKv.Keyspace;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Strings;

/// <summary>INCR, DECR, INCRBY, DECRBY and INCRBYFLOAT. A missing key counts as 0; the expiry stays.</summary>
internal static class CounterCommands
{
    /// <summary>INCR key.</summary>
    public static void Increment(CommandContext context) => Add(context, 1);

    /// <summary>DECR key.</summary>
    public static void Decrement(CommandContext context) => Add(context, -1);

    /// <summary>INCRBY key increment.</summary>
    public static void IncrementBy(CommandContext context)
    {
        if (context.TryReadInteger(2, out long increment))
        {
            Add(context, increment);
        }
    }

    /// <summary>DECRBY key decrement.</summary>
    public static void DecrementBy(CommandContext context)
    {
        if (!context.TryReadInteger(2, out long decrement))
        {
            return;
        }

        if (decrement == long.MinValue)
        {
            context.Reply.Error("ERR decrement would overflow"u8);
            return;
        }

        Add(context, -decrement);
    }

    /// <summary>INCRBYFLOAT key increment. Replicas receive the result, so that no other arithmetic than the master's counts.</summary>
    public static void IncrementByFloat(CommandContext context)
    {
        ReadOnlySpan<byte> key = context.Args[1];
        if (!context.TryWriteString(key, out Entry entry))
        {
            return;
        }

        ExtendedFloat value = default;
        if ((entry.Exists && !ExtendedFloatReader.TryParse(entry.StringValue, out value))
            || !ExtendedFloatReader.TryParse(context.Args[2], out ExtendedFloat increment))
        {
            context.Reply.Error(ErrorText.NotAFloat);
            return;
        }

        value += increment;
        if (value.IsInfinite)
        {
            context.Reply.Error("ERR increment would produce NaN or Infinity"u8);
            return;
        }

        byte[] text = value.ToHumanText();
        Entry result = context.StoreString(key, text, entry.Exists ? entry.ExpireAtMs : Database.NoExpiry);
        result.Form = StringForm.Text;
        context.NotifyKeyspaceEvent(KeyspaceEvents.String, "incrbyfloat"u8, key);
        context.Reply.Bulk(text);
        PropagatedForm.SetKeepingExpiry(context, key, text);
    }

    private static void Add(CommandContext context, long increment)
    {
        ReadOnlySpan<byte> key = context.Args[1];
        if (!context.TryWriteString(key, out Entry entry))
        {
            return;
        }

        long value = 0;
        if (entry.Exists && !DecimalNumber.TryParse(entry.StringValue, out value))
        {
            context.Reply.Error(ErrorText.NotAnInteger);
            return;
        }

        long sum = unchecked(value + increment);
        if (((value ^ sum) & (increment ^ sum)) < 0)
        {
            context.Reply.Error("ERR increment or decrement would overflow"u8);
            return;
        }

        Span<byte> digits = stackalloc byte[DecimalNumber.MaxLength];
        Utf8Formatter.TryFormat(sum, digits, out int length);
        context.StoreString(key, digits[..length], entry.Exists ? entry.ExpireAtMs : Database.NoExpiry);
        context.NotifyKeyspaceEvent(KeyspaceEvents.String, "incrby"u8, key);
        context.Reply.Integer(sum);
    }
}
