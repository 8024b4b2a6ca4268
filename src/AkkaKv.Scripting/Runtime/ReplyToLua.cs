using System.Buffers.Text;
using System.Globalization;
using AkkaKv.Scripting.Native;
using static AkkaKv.Scripting.Native.LuaNative;

namespace AkkaKv.Scripting.Runtime;

/// <summary>
/// Pushes a reply as a Lua value, by Redis's rules: integers are numbers, a missing string is false (nil in RESP3), a status is a table with <c>ok</c>, an error one
/// with <c>err</c>, and the types of RESP3 are tables named after them.
/// </summary>
internal ref struct ReplyToLua(nint state, ReadOnlySpan<byte> reply)
{
    private ReadOnlySpan<byte> _rest = reply;

    /// <summary>Pushes the reply; false if it is nested so deep that Lua's stack has no room for it, and nothing is pushed then.</summary>
    public bool TryPush()
    {
        if (CheckStack(state, 6) == 0)
        {
            return false;
        }

        byte type = _rest[0];
        ReadOnlySpan<byte> line = TakeLine();
        switch (type)
        {
            case (byte)':':
                PushNumber(state, ReadInteger(line));
                return true;
            case (byte)'$':
                return PushBulk(ReadInteger(line));
            case (byte)'+':
                PushTable("ok"u8, line);
                return true;
            case (byte)'-':
                PushError(state, line, isCounted: true);
                return true;
            case (byte)'*' or (byte)'>':
                return PushArray(ReadInteger(line));
            case (byte)'%':
                return PushMap(ReadInteger(line));
            case (byte)'~':
                return PushSet(ReadInteger(line));
            case (byte)'_':
                PushNil(state);
                return true;
            case (byte)'#':
                PushBoolean(state, line[0] == 't' ? 1 : 0);
                return true;
            case (byte)',':
                CreateTable(state, 0, 1);
                PushBytes(state, "double"u8);
                PushNumber(state, ReadDouble(line));
                RawSet(state, -3);
                return true;
            case (byte)'(':
                PushTable("big_number"u8, line);
                return true;
            case (byte)'=':
                PushVerbatim((int)ReadInteger(line));
                return true;
            case (byte)'|':
                return SkipAttribute(ReadInteger(line));
            default:
                throw new InvalidOperationException($"A command answered with a reply of the unknown type {type}.");
        }
    }

    /// <summary>Pushes the table of an error whose text is <paramref name="text"/>.</summary>
    public static void PushError(nint state, ReadOnlySpan<byte> text, bool isCounted)
    {
        CreateTable(state, 0, 2);
        PushBytes(state, "err"u8);
        PushBytes(state, text);
        RawSet(state, -3);
        if (isCounted)
        {
            PushBytes(state, "ignore_error_stats_update"u8);
            PushBoolean(state, 1);
            RawSet(state, -3);
        }
    }

    private static long ReadInteger(ReadOnlySpan<byte> line) => Utf8Parser.TryParse(line, out long value, out _) ? value : 0;

    private static double ReadDouble(ReadOnlySpan<byte> line) => line switch
    {
        [(byte)'i', ..] => double.PositiveInfinity,
        [(byte)'-', (byte)'i', ..] => double.NegativeInfinity,
        [(byte)'n', ..] => double.NaN,
        _ => double.Parse(line, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    private ReadOnlySpan<byte> TakeLine()
    {
        int length = _rest.IndexOf((byte)'\r');
        ReadOnlySpan<byte> line = _rest[1..length];
        _rest = _rest[(length + 2)..];
        return line;
    }

    private ReadOnlySpan<byte> TakeBytes(int length)
    {
        ReadOnlySpan<byte> bytes = _rest[..length];
        _rest = _rest[(length + 2)..];
        return bytes;
    }

    private void PushTable(ReadOnlySpan<byte> field, ReadOnlySpan<byte> text)
    {
        CreateTable(state, 0, 1);
        PushBytes(state, field);
        PushBytes(state, text);
        RawSet(state, -3);
    }

    private bool PushBulk(long length)
    {
        if (length < 0)
        {
            PushBoolean(state, 0);
            return true;
        }

        PushBytes(state, TakeBytes((int)length));
        return true;
    }

    private bool PushArray(long count)
    {
        if (count < 0)
        {
            PushBoolean(state, 0);
            return true;
        }

        CreateTable(state, (int)count, 0);
        for (long i = 1; i <= count; i++)
        {
            if (!TryPush())
            {
                Pop(state, 1);
                return false;
            }

            RawSetIndex(state, -2, i);
        }

        return true;
    }

    private bool PushMap(long count)
    {
        CreateTable(state, 0, 1);
        PushBytes(state, "map"u8);
        CreateTable(state, 0, (int)count);
        for (long i = 0; i < count; i++)
        {
            if (!TryPush())
            {
                Pop(state, 3);
                return false;
            }

            if (!TryPush())
            {
                Pop(state, 4);
                return false;
            }

            SetUnlessNil();
        }

        RawSet(state, -3);
        return true;
    }

    private bool PushSet(long count)
    {
        CreateTable(state, 0, 1);
        PushBytes(state, "set"u8);
        CreateTable(state, 0, (int)count);
        for (long i = 0; i < count; i++)
        {
            if (!TryPush())
            {
                Pop(state, 3);
                return false;
            }

            PushBoolean(state, 1);
            SetUnlessNil();
        }

        RawSet(state, -3);
        return true;
    }

    /// <summary>As <c>t[key] = value</c>; nil cannot be a key, and such an entry is dropped.</summary>
    private void SetUnlessNil()
    {
        if (Type(state, -2) == LuaType.Nil)
        {
            Pop(state, 2);
            return;
        }

        RawSet(state, -3);
    }

    private void PushVerbatim(int length)
    {
        ReadOnlySpan<byte> text = TakeBytes(length);
        CreateTable(state, 0, 1);
        PushBytes(state, "verbatim_string"u8);
        CreateTable(state, 0, 2);
        PushBytes(state, "string"u8);
        PushBytes(state, text[4..]);
        RawSet(state, -3);
        PushBytes(state, "format"u8);
        PushBytes(state, text[..3]);
        RawSet(state, -3);
        RawSet(state, -3);
    }

    /// <summary>An attribute belongs to the reply behind it; scripts do not see it.</summary>
    private bool SkipAttribute(long count)
    {
        for (long i = 0; i < 2 * count; i++)
        {
            if (!TryPush())
            {
                return false;
            }

            Pop(state, 1);
        }

        return TryPush();
    }
}
