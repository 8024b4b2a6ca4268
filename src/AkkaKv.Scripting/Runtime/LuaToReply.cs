using AkkaKv.Protocol;
using AkkaKv.Scripting.Native;
using static AkkaKv.Scripting.Native.LuaNative;

namespace AkkaKv.Scripting.Runtime;

/// <summary>
/// Writes a Lua value as a reply, by Redis's rules: numbers lose their fraction, true is 1 and false a null (in RESP3 booleans, if the script speaks it), tables are
/// arrays up to their first nil, or what their field <c>err</c>, <c>ok</c>, <c>double</c>, <c>map</c>, <c>set</c>, <c>big_number</c> or <c>verbatim_string</c> says.
/// </summary>
internal readonly struct LuaToReply(nint state, ReplyWriter reply, int scriptRespVersion)
{
    /// <summary>How deep tables may be nested in a reply; the text of the refusal is Redis's, which stops at a similar depth.</summary>
    private const int DepthMax = 2000;

    /// <summary>Writes the value on top of the stack and pops it.</summary>
    public void Write() => Write(0);

    private void Write(int depth)
    {
        if (depth == DepthMax || CheckStack(state, 6) == 0)
        {
            reply.Error("ERR reached lua stack limit"u8);
            Pop(state, 1);
            return;
        }

        switch (Type(state, -1))
        {
            case LuaType.String:
                reply.Bulk(ToBytes(state, -1));
                break;
            case LuaType.Number:
                reply.Integer(Truncate(ToNumber(state, -1)));
                break;
            case LuaType.Boolean:
                bool value = ToBoolean(state, -1) != 0;
                if (scriptRespVersion == 3)
                {
                    reply.Boolean(value);
                }
                else if (value)
                {
                    reply.Integer(1);
                }
                else
                {
                    reply.NullBulk();
                }

                break;
            case LuaType.Table:
                WriteTable(depth);
                break;
            default:
                reply.NullBulk();
                break;
        }

        Pop(state, 1);
    }

    /// <summary>The integer before the decimal point as a C cast on x86-64 makes it: what does not fit is the lowest integer.</summary>
    public static long Truncate(double value) => value is >= -9223372036854775808.0 and < 9223372036854775808.0 ? (long)value : long.MinValue;

    private void WriteTable(int depth)
    {
        if (PushField("err"u8, LuaType.String))
        {
            reply.Error(ToBytes(state, -1));
            Pop(state, 1);
        }
        else if (PushField("ok"u8, LuaType.String))
        {
            WriteStatus(ToBytes(state, -1));
            Pop(state, 1);
        }
        else if (PushField("double"u8, LuaType.Number))
        {
            reply.Double(ToNumber(state, -1));
            Pop(state, 1);
        }
        else if (PushField("map"u8, LuaType.Table))
        {
            WriteEntries(depth, withValues: true);
            Pop(state, 1);
        }
        else if (PushField("set"u8, LuaType.Table))
        {
            WriteEntries(depth, withValues: false);
            Pop(state, 1);
        }
        else if (PushField("big_number"u8, LuaType.String))
        {
            WriteBigNumber(ToBytes(state, -1));
            Pop(state, 1);
        }
        else if (PushField("verbatim_string"u8, LuaType.Table))
        {
            bool isWritten = TryWriteVerbatim();
            Pop(state, 1);
            if (!isWritten)
            {
                WriteArray(depth);
            }
        }
        else
        {
            WriteArray(depth);
        }
    }

    /// <summary>Pushes a field of the table on top if it has that type.</summary>
    private bool PushField(ReadOnlySpan<byte> name, LuaType type)
    {
        PushBytes(state, name);
        if (RawGet(state, -2) == type)
        {
            return true;
        }

        Pop(state, 1);
        return false;
    }

    private void WriteStatus(ReadOnlySpan<byte> text)
    {
        byte[]? copy = null;
        if (text.IndexOfAny((byte)'\r', (byte)'\n') >= 0)
        {
            copy = text.ToArray();
            copy.AsSpan().Replace((byte)'\r', (byte)' ');
            copy.AsSpan().Replace((byte)'\n', (byte)' ');
        }

        reply.SimpleString(copy ?? text);
    }

    private void WriteBigNumber(ReadOnlySpan<byte> digits)
    {
        byte[] copy = digits.ToArray();
        copy.AsSpan().Replace((byte)'\r', (byte)' ');
        copy.AsSpan().Replace((byte)'\n', (byte)' ');
        reply.BigNumber(copy);
    }

    /// <summary>Counts first: the header of a map stands before its entries.</summary>
    private void WriteEntries(int depth, bool withValues)
    {
        long count = 0;
        PushNil(state);
        while (Next(state, -2) != 0)
        {
            count++;
            Pop(state, 1);
        }

        if (withValues)
        {
            reply.Map(count);
        }
        else
        {
            reply.Set(count);
        }

        PushNil(state);
        while (Next(state, -2) != 0)
        {
            if (!withValues)
            {
                Pop(state, 1);
            }

            // A copy of the key, because writing pops it and the walk goes on from it.
            PushValue(state, withValues ? -2 : -1);
            Write(depth + 1);
            if (withValues)
            {
                Write(depth + 1);
            }
        }
    }

    private bool TryWriteVerbatim()
    {
        if (!PushField("format"u8, LuaType.String))
        {
            return false;
        }

        PushBytes(state, "string"u8);
        bool isComplete = RawGet(state, -3) == LuaType.String;
        if (isComplete)
        {
            Span<byte> format = [(byte)' ', (byte)' ', (byte)' '];
            ReadOnlySpan<byte> given = ToBytes(state, -2);
            given[..Math.Min(3, given.Length)].CopyTo(format);
            reply.Verbatim(ToBytes(state, -1), format);
        }

        Pop(state, 2);
        return isComplete;
    }

    private void WriteArray(int depth)
    {
        // The length first, so that no gap is needed in the output.
        long count = 0;
        while (RawGetIndex(state, -1, count + 1) != LuaType.Nil)
        {
            Pop(state, 1);
            count++;
        }

        Pop(state, 1);
        reply.Array(count);
        for (long i = 1; i <= count; i++)
        {
            RawGetIndex(state, -1, i);
            Write(depth + 1);
        }
    }
}
