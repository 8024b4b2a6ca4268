using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AkkaKv.Scripting.Native;
using AkkaKv.Scripting.Runtime;
using static AkkaKv.Scripting.Native.LuaNative;

namespace AkkaKv.Scripting.Libraries;

/// <summary>The library <c>struct</c>: packs and unpacks C structures by a format of letters.</summary>
internal static unsafe class StructLibrary
{
    /// <summary>Pushes the table of its functions.</summary>
    public static void Push(nint state)
    {
        CreateTable(state, 0, 4);
        HostFunctions.Add(state, "pack", &Pack);
        HostFunctions.Add(state, "unpack", &Unpack);
        HostFunctions.Add(state, "size", &Size);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Pack(nint state) => HostFunctions.GuardLibrary(state, &PackBody);

    private static int PackBody(LuaRuntime runtime, nint state)
    {
        var arguments = new LibraryArguments(state, "pack");
        var format = new StructFormat(arguments.Bytes(1), "pack");
        ByteBuilder output = runtime.Scratch;
        output.Clear();
        int next = 2;
        while (format.Next())
        {
            for (int padding = format.Padding(output.Length); padding > 0; padding--)
            {
                output.Add(0);
            }

            switch ((char)format.Letter)
            {
                case 'b' or 'B' or 'h' or 'H' or 'l' or 'L' or 'T' or 'i' or 'I':
                    WriteInteger(output, arguments.Number(next++), format.Size, format.IsLittleEndian);
                    break;
                case 'x':
                    output.Add(0);
                    break;
                case 'f' or 'd':
                    WriteFloat(output, arguments.Number(next++), format.Size, format.IsLittleEndian);
                    break;
                case 'c' or 's':
                    byte[] text = arguments.Bytes(next++);
                    int length = format.Size == 0 ? text.Length : format.Size;
                    if (text.Length < length)
                    {
                        throw arguments.Wrong(next, "string too short");
                    }

                    output.Add(text.AsSpan(0, length));
                    if (format.Letter == 's')
                    {
                        output.Add(0);
                    }

                    break;
            }
        }

        PushBytes(state, output.Written);
        return 1;
    }

    private static void WriteInteger(ByteBuilder output, double number, int size, bool isLittleEndian)
    {
        ulong value = number < 0 ? (ulong)LuaToReply.Truncate(number) : number < 18446744073709551616.0 ? (ulong)number : 0;
        Span<byte> bytes = stackalloc byte[StructFormat.IntegerSizeMax];
        bytes.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        bytes = bytes[..size];
        if (!isLittleEndian)
        {
            bytes.Reverse();
        }

        output.Add(bytes);
    }

    private static void WriteFloat(ByteBuilder output, double number, int size, bool isLittleEndian)
    {
        Span<byte> bytes = stackalloc byte[8];
        if (size == 4)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes, (float)number);
        }
        else
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes, number);
        }

        bytes = bytes[..size];
        if (!isLittleEndian)
        {
            bytes.Reverse();
        }

        output.Add(bytes);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Unpack(nint state) => HostFunctions.GuardLibrary(state, &UnpackBody);

    private static int UnpackBody(LuaRuntime runtime, nint state)
    {
        var arguments = new LibraryArguments(state, "unpack");
        var format = new StructFormat(arguments.Bytes(1), "unpack");
        byte[] data = arguments.Bytes(2);
        long position = arguments.Integer(3, 1) - 1;
        if (position < 0)
        {
            throw arguments.Wrong(3, "offset must be 1 or greater");
        }

        int count = 0;
        while (format.Next())
        {
            position += format.Padding(position);
            int size = format.Size;
            CheckRoom(arguments, data, position, size);
            if (CheckStack(state, 4) == 0)
            {
                throw new LuaErrorException("stack overflow (too many results)");
            }

            ReadOnlySpan<byte> bytes = data.AsSpan((int)position, size);
            switch ((char)format.Letter)
            {
                case 'b' or 'B' or 'h' or 'H' or 'l' or 'L' or 'T' or 'i' or 'I':
                    PushNumber(state, ReadInteger(bytes, format.IsLittleEndian, char.IsAsciiLetterLower((char)format.Letter)));
                    count++;
                    break;
                case 'f' or 'd':
                    PushNumber(state, ReadFloat(bytes, format.IsLittleEndian));
                    count++;
                    break;
                case 'c':
                    if (size == 0)
                    {
                        if (count == 0 || Type(state, -1) != LuaType.Number)
                        {
                            throw new LuaErrorException("format 'c0' needs a previous size");
                        }

                        size = (int)Math.Clamp(ToNumber(state, -1), -1, int.MaxValue);
                        Pop(state, 1);
                        count--;
                        CheckRoom(arguments, data, position, size);
                    }

                    PushBytes(state, data.AsSpan((int)position, size));
                    count++;
                    break;
                case 's':
                    size = data.AsSpan((int)position).IndexOf((byte)0);
                    if (size < 0)
                    {
                        throw new LuaErrorException("unfinished string in data");
                    }

                    PushBytes(state, data.AsSpan((int)position, size));
                    count++;
                    size++;
                    break;
            }

            position += size;
        }

        PushNumber(state, position + 1);
        return count + 1;
    }

    private static void CheckRoom(LibraryArguments arguments, byte[] data, long position, int size)
    {
        if (size < 0 || size > data.Length || position > data.Length - size)
        {
            throw arguments.Wrong(2, "data string too short");
        }
    }

    private static double ReadInteger(ReadOnlySpan<byte> bytes, bool isLittleEndian, bool isSigned)
    {
        ulong value = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            value = (value << 8) | bytes[isLittleEndian ? bytes.Length - 1 - i : i];
        }

        if (!isSigned)
        {
            return value;
        }

        int unused = Math.Max(0, 64 - 8 * bytes.Length);
        return (long)(value << unused) >> unused;
    }

    private static double ReadFloat(ReadOnlySpan<byte> bytes, bool isLittleEndian) => (bytes.Length, isLittleEndian) switch
    {
        (4, true) => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        (4, false) => BinaryPrimitives.ReadSingleBigEndian(bytes),
        (_, true) => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        _ => BinaryPrimitives.ReadDoubleBigEndian(bytes),
    };

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Size(nint state) => HostFunctions.GuardLibrary(state, &SizeBody);

    private static int SizeBody(LuaRuntime runtime, nint state)
    {
        var arguments = new LibraryArguments(state, "size");
        var format = new StructFormat(arguments.Bytes(1), "size");
        long position = 0;
        while (format.Next())
        {
            if (format.Letter == 's' || (format.Letter == 'c' && format.Size == 0))
            {
                throw arguments.Wrong(1, $"option '{(format.Letter == 's' ? "s" : "c0")}' has no fixed size");
            }

            position += format.Padding(position) + format.Size;
        }

        PushNumber(state, position);
        return 1;
    }
}

/// <summary>Walks over a format of <c>struct</c>; letters that only set something are taken note of and passed over.</summary>
internal struct StructFormat(byte[] format, string function)
{
    /// <summary>The most bytes of an integer.</summary>
    public const int IntegerSizeMax = 32;

    private const int NativeAlignment = 8;

    private int _position;
    private int _alignment = 1;

    /// <summary>The letter.</summary>
    public byte Letter { get; private set; }

    /// <summary>How many bytes it stands for; 0 where the value decides.</summary>
    public int Size { get; private set; }

    public bool IsLittleEndian { get; private set; } = BitConverter.IsLittleEndian;

    /// <summary>Moves to the next letter that stands for something; false at the end.</summary>
    public bool Next()
    {
        while (_position < format.Length && format[_position] != 0)
        {
            Letter = format[_position++];
            switch ((char)Letter)
            {
                case 'b' or 'B' or 'x':
                    Size = 1;
                    return true;
                case 'h' or 'H':
                    Size = 2;
                    return true;
                case 'l' or 'L' or 'T' or 'd':
                    Size = 8;
                    return true;
                case 'f':
                    Size = 4;
                    return true;
                case 's':
                    Size = 0;
                    return true;
                case 'c':
                    Size = ReadCount(1);
                    return true;
                case 'i' or 'I':
                    Size = ReadCount(4);
                    return Size <= IntegerSizeMax
                        ? true
                        : throw new LuaErrorException($"integral size {Size} is larger than limit of {IntegerSizeMax}");
                case ' ':
                    break;
                case '>':
                    IsLittleEndian = false;
                    break;
                case '<':
                    IsLittleEndian = true;
                    break;
                case '!':
                    _alignment = ReadCount(NativeAlignment);
                    if (_alignment == 0 || !System.Numerics.BitOperations.IsPow2(_alignment))
                    {
                        throw new LuaErrorException($"alignment {_alignment} is not a power of 2");
                    }

                    break;
                default:
                    throw LuaErrorException.Argument(1, function, $"invalid format option '{(char)Letter}'");
            }
        }

        return false;
    }

    /// <summary>How many bytes are left out at <paramref name="position"/> so that the letter's value is aligned.</summary>
    public readonly int Padding(long position)
    {
        if (Size == 0 || Letter == 'c')
        {
            return 0;
        }

        int size = Math.Min(Size, _alignment);
        return (int)((size - (position & (size - 1))) & (size - 1));
    }

    private int ReadCount(int otherwise)
    {
        if (_position == format.Length || !char.IsAsciiDigit((char)format[_position]))
        {
            return otherwise;
        }

        long count = 0;
        while (_position < format.Length && char.IsAsciiDigit((char)format[_position]))
        {
            count = count * 10 + format[_position++] - '0';
            if (count > int.MaxValue)
            {
                throw new LuaErrorException("integral size overflow");
            }
        }

        return (int)count;
    }
}
