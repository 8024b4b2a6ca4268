using System.Buffers.Binary;
using AkkaKv.Scripting.Native;
using static AkkaKv.Scripting.Native.LuaNative;

namespace AkkaKv.Scripting.Libraries;

/// <summary>cmsgpack.unpack: pushes values one after the other. Memory is taken for what is there, never for a count that was only announced.</summary>
internal ref struct MessagePackReader(nint state, ReadOnlySpan<byte> bytes)
{
    private const int DepthMax = 2000;

    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>How many bytes are still unread.</summary>
    public readonly int Left => _rest.Length;

    /// <summary>Pushes the next value.</summary>
    public void Push(int depth = 0)
    {
        if (depth == DepthMax || CheckStack(state, 5) == 0)
        {
            throw new LuaErrorException("stack overflow (too many nested values in the input)");
        }

        byte type = (byte)Take(1);
        switch (type)
        {
            case <= 0x7F:
                PushNumber(state, type);
                break;
            case >= 0xE0:
                PushNumber(state, (sbyte)type);
                break;
            case <= 0x8F:
                PushMap((uint)type & 15, depth);
                break;
            case <= 0x9F:
                PushArray((uint)type & 15, depth);
                break;
            case <= 0xBF:
                PushString((uint)type & 31);
                break;
            case 0xC0:
                PushNil(state);
                break;
            case 0xC2 or 0xC3:
                PushBoolean(state, type - 0xC2);
                break;
            case 0xC4 or 0xC5 or 0xC6:
                PushString(Take(1 << (type - 0xC4)));
                break;
            case 0xCA:
                PushNumber(state, BitConverter.UInt32BitsToSingle((uint)Take(4)));
                break;
            case 0xCB:
                PushNumber(state, BitConverter.UInt64BitsToDouble(Take(8)));
                break;
            case 0xCC or 0xCD or 0xCE or 0xCF:
                PushNumber(state, Take(1 << (type - 0xCC)));
                break;
            case 0xD0:
                PushNumber(state, (sbyte)Take(1));
                break;
            case 0xD1:
                PushNumber(state, (short)Take(2));
                break;
            case 0xD2:
                PushNumber(state, (int)Take(4));
                break;
            case 0xD3:
                PushNumber(state, (long)Take(8));
                break;
            case 0xD9 or 0xDA or 0xDB:
                PushString(Take(1 << (type - 0xD9)));
                break;
            case 0xDC or 0xDD:
                PushArray(Take(type == 0xDC ? 2 : 4), depth);
                break;
            case 0xDE or 0xDF:
                PushMap(Take(type == 0xDE ? 2 : 4), depth);
                break;
            default:
                throw new LuaErrorException("Bad data format in input.");
        }
    }

    private ulong Take(int count)
    {
        if (_rest.Length < count)
        {
            throw new LuaErrorException("Missing bytes in input.");
        }

        Span<byte> all = stackalloc byte[8];
        all.Clear();
        _rest[..count].CopyTo(all[(8 - count)..]);
        _rest = _rest[count..];
        return BinaryPrimitives.ReadUInt64BigEndian(all);
    }

    private void PushString(ulong length)
    {
        if ((ulong)_rest.Length < length)
        {
            throw new LuaErrorException("Missing bytes in input.");
        }

        PushBytes(state, _rest[..(int)length]);
        _rest = _rest[(int)length..];
    }

    private void PushArray(ulong count, int depth)
    {
        CreateTable(state, 0, 0);
        for (ulong i = 1; i <= count; i++)
        {
            Push(depth + 1);
            RawSetIndex(state, -2, (long)i);
        }
    }

    private void PushMap(ulong count, int depth)
    {
        CreateTable(state, 0, 0);
        for (ulong i = 0; i < count; i++)
        {
            Push(depth + 1);
            bool isKey = Type(state, -1) != LuaType.Nil && !(Type(state, -1) == LuaType.Number && double.IsNaN(ToNumber(state, -1)));
            Push(depth + 1);
            if (!isKey)
            {
                throw new LuaErrorException("Bad data format in input.");
            }

            RawSet(state, -3);
        }
    }
}
