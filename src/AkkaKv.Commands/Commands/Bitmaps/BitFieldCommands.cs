using AkkaKv.Commands.Commands.Strings;
using AkkaKv.Commands.Configuration;
using AkkaKv.Keyspace;

namespace AkkaKv.Commands.Commands.Bitmaps;

/// <summary>BITFIELD and BITFIELD_RO: integers of any width at any bit of a value.</summary>
internal static class BitFieldCommands
{
    /// <summary>BITFIELD key (GET type offset | SET type offset value | INCRBY type offset increment | OVERFLOW WRAP|SAT|FAIL)….</summary>
    public static void ReadWrite(CommandContext context)
    {
        if (!BitFieldRequest.TryParse(context, out BitFieldRequest request))
        {
            return;
        }

        if (request.LastWrittenBit < 0)
        {
            Read(context, request);
            return;
        }

        ReadOnlySpan<byte> key = context.Args[1];
        if (!BitmapValue.TryOpen(context, key, request.LastWrittenBit, out Span<byte> value, out bool changed))
        {
            return;
        }

        context.Reply.Array(request.Steps.Count);
        foreach (BitFieldStep step in request.Steps)
        {
            changed |= Execute(context, value, step);
        }

        if (changed)
        {
            context.SignalModified(key);
            context.NotifyKeyspaceEvent(KeyspaceEvents.String, "setbit"u8, key);
        }
    }

    /// <summary>BITFIELD_RO key (GET type offset)….</summary>
    public static void ReadOnly(CommandContext context)
    {
        if (!BitFieldRequest.TryParse(context, out BitFieldRequest request))
        {
            return;
        }

        if (request.LastWrittenBit >= 0)
        {
            context.Reply.Error("ERR BITFIELD_RO only supports the GET subcommand"u8);
            return;
        }

        Read(context, request);
    }

    private static void Read(CommandContext context, BitFieldRequest request)
    {
        if (!context.TryReadString(context.Args[1], out Entry entry))
        {
            return;
        }

        ReadOnlySpan<byte> value = entry.Exists ? entry.StringValue : default;
        context.Reply.Array(request.Steps.Count);
        foreach (BitFieldStep step in request.Steps)
        {
            context.Reply.Integer(step.Type.FromPattern(BitFieldAccess.Read(value, step.Offset, step.Type.Bits)));
        }
    }

    /// <summary>Executes one operation and answers it; true if the value changed.</summary>
    private static bool Execute(CommandContext context, Span<byte> value, in BitFieldStep step)
    {
        BitFieldType type = step.Type;
        long old = type.FromPattern(BitFieldAccess.Read(value, step.Offset, type.Bits));
        if (step.Action == BitFieldAction.Get)
        {
            context.Reply.Integer(old);
            return false;
        }

        bool increments = step.Action == BitFieldAction.Increment;
        Int128 exact = increments ? (Int128)old + step.Operand : type.FromArgument(step.Operand);
        if (!type.TryFit(exact, step.Overflow, out long fitted) && step.Overflow == OverflowPolicy.Fail)
        {
            context.Reply.NullBulk();
            return false;
        }

        BitFieldAccess.Write(value, step.Offset, type.Bits, (ulong)fitted);
        context.Reply.Integer(increments ? fitted : old);
        return fitted != old;
    }
}
