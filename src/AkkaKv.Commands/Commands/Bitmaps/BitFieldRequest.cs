using System.Text;
using AkkaKv.Commands.Commands.Strings;
using AkkaKv.Commands.Execution;

namespace AkkaKv.Commands.Commands.Bitmaps;

/// <summary>What one operation of BITFIELD does.</summary>
internal enum BitFieldAction
{
    /// <summary>GET: read.</summary>
    Get,

    /// <summary>SET: write, answer the old value.</summary>
    Set,

    /// <summary>INCRBY: add, answer the new value.</summary>
    Increment,
}

/// <summary>One operation of BITFIELD.</summary>
internal readonly record struct BitFieldStep(BitFieldAction Action, BitFieldType Type, long Offset, long Operand, OverflowPolicy Overflow);

/// <summary>BITFIELD's operations, all read and checked before the first one is executed.</summary>
internal sealed class BitFieldRequest
{
    private OverflowPolicy _overflow = OverflowPolicy.Wrap;

    private BitFieldRequest()
    {
    }

    /// <summary>The operations in their order.</summary>
    public List<BitFieldStep> Steps { get; } = [];

    /// <summary>The highest bit that any of them writes; -1 when none writes.</summary>
    public long LastWrittenBit { get; private set; } = -1;

    /// <summary>Reads the arguments; answers the error itself when it returns false.</summary>
    public static bool TryParse(CommandContext context, out BitFieldRequest request)
    {
        request = new BitFieldRequest();
        for (int i = 2; i < context.Args.Count;)
        {
            ReadOnlySpan<byte> word = context.Args[i];
            int left = context.Args.Count - i - 1;
            bool read = Ascii.EqualsIgnoreCase(word, "OVERFLOW"u8) && left >= 1 ? request.TryReadOverflow(context, ref i)
                : Ascii.EqualsIgnoreCase(word, "GET"u8) && left >= 2 ? request.TryReadStep(context, BitFieldAction.Get, ref i)
                : Ascii.EqualsIgnoreCase(word, "SET"u8) && left >= 3 ? request.TryReadStep(context, BitFieldAction.Set, ref i)
                : Ascii.EqualsIgnoreCase(word, "INCRBY"u8) && left >= 3 ? request.TryReadStep(context, BitFieldAction.Increment, ref i)
                : Refuse(context, ErrorText.Syntax);
            if (!read)
            {
                return false;
            }
        }

        return true;
    }

    private bool TryReadOverflow(CommandContext context, ref int position)
    {
        ReadOnlySpan<byte> word = context.Args[position + 1];
        position += 2;
        if (Ascii.EqualsIgnoreCase(word, "WRAP"u8))
        {
            _overflow = OverflowPolicy.Wrap;
        }
        else if (Ascii.EqualsIgnoreCase(word, "SAT"u8))
        {
            _overflow = OverflowPolicy.Saturate;
        }
        else if (Ascii.EqualsIgnoreCase(word, "FAIL"u8))
        {
            _overflow = OverflowPolicy.Fail;
        }
        else
        {
            return Refuse(context, "ERR Invalid OVERFLOW type specified"u8);
        }

        return true;
    }

    private bool TryReadStep(CommandContext context, BitFieldAction action, ref int position)
    {
        if (!BitFieldType.TryParse(context.Args[position + 1], out BitFieldType type))
        {
            return Refuse(context, "ERR Invalid bitfield type. Use something like i16 u8. Note that u64 is not supported but i64 is."u8);
        }

        if (!context.TryParseBitOffset(position + 2, type.Bits, out long offset))
        {
            return false;
        }

        long operand = 0;
        if (action != BitFieldAction.Get)
        {
            LastWrittenBit = Math.Max(LastWrittenBit, offset + type.Bits - 1);
            if (!context.TryReadInteger(position + 3, out operand))
            {
                return false;
            }
        }

        Steps.Add(new BitFieldStep(action, type, offset, operand, _overflow));
        position += action == BitFieldAction.Get ? 3 : 4;
        return true;
    }

    private static bool Refuse(CommandContext context, ReadOnlySpan<byte> error)
    {
        context.Reply.Error(error);
        return false;
    }
}
