using System.Buffers.Text;
using System.Globalization;
using AkkaKv.Scripting.Native;
using static AkkaKv.Scripting.Native.LuaNative;

namespace AkkaKv.Scripting.Libraries;

/// <summary>cjson.encode: lua-cjson 2.1's form, which escapes '/' and DEL and writes 14 digits.</summary>
internal readonly struct JsonEncoder(nint state, JsonSettings settings, ByteBuilder output)
{
    /// <summary>Writes the value on top of the stack, which stays there.</summary>
    public void Write(int depth = 0)
    {
        switch (Type(state, -1))
        {
            case LuaType.String:
                WriteString(ToBytes(state, -1));
                break;
            case LuaType.Number:
                WriteNumber(ToNumber(state, -1));
                break;
            case LuaType.Boolean:
                output.Add(ToBoolean(state, -1) != 0 ? "true"u8 : "false"u8);
                break;
            case LuaType.Nil:
                output.Add("null"u8);
                break;
            case LuaType.Table:
                WriteTable(depth + 1);
                break;
            case LuaType.LightUserData when ToUserData(state, -1) == 0:
                output.Add("null"u8);
                break;
            default:
                throw Wrong(-1, "type not supported");
        }
    }

    private LuaErrorException Wrong(int index, string reason) => new($"Cannot serialise {LuaTypeNames.Of(state, index)}: {reason}");

    private void WriteTable(int depth)
    {
        if (depth > settings.EncodeDepthMax || CheckStack(state, 5) == 0)
        {
            throw new LuaErrorException($"Cannot serialise, excessive nesting ({depth})");
        }

        long length = ArrayLength();
        if (length > 0)
        {
            WriteArray(length, depth);
        }
        else
        {
            WriteObject(depth);
        }
    }

    /// <summary>The highest index of a table that is an array; -1 if it is none.</summary>
    private long ArrayLength()
    {
        double max = 0;
        long items = 0;
        PushNil(state);
        while (Next(state, -2) != 0)
        {
            double key = Type(state, -2) == LuaType.Number ? ToNumber(state, -2) : 0;
            if (key < 1 || key != Math.Floor(key))
            {
                Pop(state, 2);
                return -1;
            }

            max = Math.Max(max, key);
            items++;
            Pop(state, 1);
        }

        bool isSparse = settings.SparseRatio > 0 && max > (double)items * settings.SparseRatio && max > settings.SparseSafe;
        if (isSparse && !settings.SparseConvert)
        {
            throw Wrong(-1, "excessively sparse array");
        }

        return isSparse ? -1 : (long)max;
    }

    private void WriteArray(long length, int depth)
    {
        output.Add((byte)'[');
        for (long i = 1; i <= length; i++)
        {
            if (i > 1)
            {
                output.Add((byte)',');
            }

            RawGetIndex(state, -1, i);
            Write(depth);
            Pop(state, 1);
        }

        output.Add((byte)']');
    }

    private void WriteObject(int depth)
    {
        output.Add((byte)'{');
        bool isFirst = true;
        PushNil(state);
        while (Next(state, -2) != 0)
        {
            if (!isFirst)
            {
                output.Add((byte)',');
            }

            isFirst = false;
            switch (Type(state, -2))
            {
                case LuaType.Number:
                    output.Add((byte)'"');
                    WriteNumber(ToNumber(state, -2));
                    output.Add("\":"u8);
                    break;
                case LuaType.String:
                    WriteString(ToBytes(state, -2));
                    output.Add((byte)':');
                    break;
                default:
                    throw Wrong(-2, "table key must be a number or string");
            }

            Write(depth);
            Pop(state, 1);
        }

        output.Add((byte)'}');
    }

    private void WriteNumber(double value)
    {
        if (!double.IsFinite(value) && settings.EncodeInvalidNumbers != JsonInvalidNumbers.Written)
        {
            if (settings.EncodeInvalidNumbers == JsonInvalidNumbers.Refused)
            {
                throw new LuaErrorException("Cannot serialise number: must not be NaN or Inf");
            }

            output.Add("null"u8);
            return;
        }

        Span<byte> text = output.Reserve(64);
        if (value == Math.Floor(value) && Math.Abs(value) < Math.Pow(10, settings.Precision) && !(value == 0 && double.IsNegative(value)))
        {
            Utf8Formatter.TryFormat((long)value, text, out int digits);
            output.Advance(digits);
            return;
        }

        if (!double.IsFinite(value))
        {
            output.Add(double.IsNaN(value) ? "nan"u8 : value > 0 ? "inf"u8 : "-inf"u8);
            return;
        }

        Span<char> format = stackalloc char[4];
        format[0] = 'g';
        settings.Precision.TryFormat(format[1..], out int length, provider: CultureInfo.InvariantCulture);
        value.TryFormat(text, out int written, format[..(length + 1)], CultureInfo.InvariantCulture);
        output.Advance(written);
    }

    private void WriteString(ReadOnlySpan<byte> text)
    {
        output.Add((byte)'"');
        int plain = 0;
        for (int i = 0; i < text.Length; i++)
        {
            byte value = text[i];
            if (value >= 0x20 && value is not ((byte)'"' or (byte)'\\' or (byte)'/' or 0x7F))
            {
                continue;
            }

            output.Add(text[plain..i]);
            plain = i + 1;
            WriteEscape(value);
        }

        output.Add(text[plain..]);
        output.Add((byte)'"');
    }

    private void WriteEscape(byte value)
    {
        ReadOnlySpan<byte> hex = "0123456789abcdef"u8;
        output.Add((byte)'\\');
        switch (value)
        {
            case (byte)'"' or (byte)'\\' or (byte)'/':
                output.Add(value);
                break;
            case 8:
                output.Add((byte)'b');
                break;
            case 9:
                output.Add((byte)'t');
                break;
            case 10:
                output.Add((byte)'n');
                break;
            case 12:
                output.Add((byte)'f');
                break;
            case 13:
                output.Add((byte)'r');
                break;
            default:
                output.Add("u00"u8);
                output.Add(hex[value >> 4]);
                output.Add(hex[value & 15]);
                break;
        }
    }
}
