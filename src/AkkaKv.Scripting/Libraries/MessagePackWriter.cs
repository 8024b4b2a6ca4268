using System.Buffers.Binary;
using AkkaKv.Scripting.Native;
using static AkkaKv.Scripting.Native.LuaNative;

namespace AkkaKv.Scripting.Libraries;

/// <summary>cmsgpack.pack: every value in its shortest MessagePack form; what is nested deeper than 16 tables becomes nil.</summary>
internal readonly struct MessagePackWriter(nint state, ByteBuilder output)
{
    private const int DepthMax = 16;

    /// <summary>Writes the value on top of the stack, which stays there.</summary>
    public void Write(int depth = 0)
    {
        LuaType type = Type(state, -1);
        if (type == LuaType.Table && depth < DepthMax)
        {
            CheckStack(state, 5);
            WriteTable(depth);
            return;
        }

        switch (type)
        {
            case LuaType.String:
                WriteString(ToBytes(state, -1));
                break;
            case LuaType.Boolean:
                output.Add(ToBoolean(state, -1) != 0 ? (byte)0xC3 : (byte)0xC2);
                break;
            case LuaType.Number:
                WriteNumber(ToNumber(state, -1));
                break;
            default:
                output.Add(0xC0);
                break;
        }
    }

    private void WriteTable(int depth)
    {
        long count = 0;
        double max = 0;
        bool isArray = true;
        PushNil(state);
        while (Next(state, -2) != 0)
        {
            double key = Type(state, -2) == LuaType.Number ? ToNumber(state, -2) : 0;
            isArray &= key > 0 && key == Math.Floor(key);
            max = Math.Max(max, key);
            count++;
            Pop(state, 1);
        }

        if (isArray && max == count)
        {
            WriteHeader(count, 0x90, 0xDC);
            for (long i = 1; i <= count; i++)
            {
                RawGetIndex(state, -1, i);
                Write(depth + 1);
                Pop(state, 1);
            }

            return;
        }

        WriteHeader(count, 0x80, 0xDE);
        PushNil(state);
        while (Next(state, -2) != 0)
        {
            PushValue(state, -2);
            Write(depth + 1);
            Pop(state, 1);
            Write(depth + 1);
            Pop(state, 1);
        }
    }

    private void WriteHeader(long count, byte small, byte large)
    {
        if (count <= 15)
        {
            output.Add((byte)(small | count));
        }
        else if (count <= ushort.MaxValue)
        {
            output.Add(large);
            WriteBigEndian((ulong)count, 2);
        }
        else
        {
            output.Add((byte)(large + 1));
            WriteBigEndian((ulong)count, 4);
        }
    }

    private void WriteString(ReadOnlySpan<byte> text)
    {
        if (text.Length < 32)
        {
            output.Add((byte)(0xA0 | text.Length));
        }
        else
        {
            int bytes = text.Length <= byte.MaxValue ? 1 : text.Length <= ushort.MaxValue ? 2 : 4;
            output.Add((byte)(bytes == 1 ? 0xD9 : bytes == 2 ? 0xDA : 0xDB));
            WriteBigEndian((ulong)text.Length, bytes);
        }

        output.Add(text);
    }

    private void WriteNumber(double value)
    {
        if (value >= -9223372036854775808.0 && value < 9223372036854775808.0 && value == Math.Truncate(value))
        {
            WriteInteger((long)value);
            return;
        }

        float single = (float)value;
        if (single == value)
        {
            output.Add(0xCA);
            WriteBigEndian(BitConverter.SingleToUInt32Bits(single), 4);
        }
        else
        {
            output.Add(0xCB);
            WriteBigEndian(BitConverter.DoubleToUInt64Bits(value), 8);
        }
    }

    private void WriteInteger(long value)
    {
        if (value is >= -32 and <= 127)
        {
            output.Add((byte)value);
            return;
        }

        (byte type, int bytes) = value switch
        {
            >= 0 and <= byte.MaxValue => ((byte)0xCC, 1),
            >= 0 and <= ushort.MaxValue => ((byte)0xCD, 2),
            >= 0 and <= uint.MaxValue => ((byte)0xCE, 4),
            >= 0 => ((byte)0xCF, 8),
            >= sbyte.MinValue => ((byte)0xD0, 1),
            >= short.MinValue => ((byte)0xD1, 2),
            >= int.MinValue => ((byte)0xD2, 4),
            _ => ((byte)0xD3, 8),
        };
        output.Add(type);
        WriteBigEndian((ulong)value, bytes);
    }

    private void WriteBigEndian(ulong value, int bytes)
    {
        Span<byte> all = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(all, value);
        output.Add(all[(8 - bytes)..]);
    }
}
