using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using AkkaKv.Scripting.Native;
using AkkaKv.Scripting.Runtime;
using static AkkaKv.Scripting.Native.LuaNative;

namespace AkkaKv.Scripting.Libraries;

/// <summary>The library <c>cjson</c>.</summary>
internal static unsafe class JsonLibrary
{
    /// <summary>Pushes the table of its functions.</summary>
    public static void Push(nint state)
    {
        CreateTable(state, 0, 16);
        HostFunctions.Add(state, "encode", &Encode);
        HostFunctions.Add(state, "decode", &Decode);
        HostFunctions.Add(state, "encode_sparse_array", &EncodeSparseArray);
        HostFunctions.Add(state, "encode_max_depth", &EncodeMaxDepth);
        HostFunctions.Add(state, "decode_max_depth", &DecodeMaxDepth);
        HostFunctions.Add(state, "encode_number_precision", &EncodeNumberPrecision);
        HostFunctions.Add(state, "encode_keep_buffer", &EncodeKeepBuffer);
        HostFunctions.Add(state, "encode_invalid_numbers", &EncodeInvalidNumbers);
        HostFunctions.Add(state, "decode_invalid_numbers", &DecodeInvalidNumbers);
        Constant(state, "_NAME", "cjson");
        Constant(state, "_VERSION", "2.1.0");
        PushBytes(state, "null"u8);
        PushLightUserData(state, 0);
        RawSet(state, -3);
    }

    internal static void Constant(nint state, string name, string value)
    {
        PushBytes(state, Encoding.ASCII.GetBytes(name));
        PushBytes(state, Encoding.ASCII.GetBytes(value));
        RawSet(state, -3);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Encode(nint state) => HostFunctions.GuardLibrary(state, &EncodeBody);

    private static int EncodeBody(LuaRuntime runtime, nint state)
    {
        if (GetTop(state) != 1)
        {
            throw LuaErrorException.Argument(1, "encode", "expected 1 argument");
        }

        runtime.Scratch.Clear();
        new JsonEncoder(state, runtime.Json, runtime.Scratch).Write();
        PushBytes(state, runtime.Scratch.Written);
        return 1;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Decode(nint state) => HostFunctions.GuardLibrary(state, &DecodeBody);

    private static int DecodeBody(LuaRuntime runtime, nint state)
    {
        if (GetTop(state) != 1)
        {
            throw LuaErrorException.Argument(1, "decode", "expected 1 argument");
        }

        // The string stands on the stack, so Lua does not move or free it meanwhile.
        ReadOnlySpan<byte> text = Type(state, 1) == LuaType.String ? ToBytes(state, 1) : new LibraryArguments(state, "decode").Bytes(1);
        new JsonDecoder(state, runtime.Json, text, runtime.Scratch).Push();
        return 1;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int EncodeSparseArray(nint state) => HostFunctions.GuardLibrary(state, &EncodeSparseArrayBody);

    private static int EncodeSparseArrayBody(LuaRuntime runtime, nint state)
    {
        JsonSettings settings = runtime.Json;
        CheckCount(state, 3);
        settings.SparseConvert = Flag(state, 1, "encode_sparse_array", settings.SparseConvert);
        settings.SparseRatio = Integer(state, 2, "encode_sparse_array", 0, int.MaxValue, settings.SparseRatio);
        settings.SparseSafe = Integer(state, 3, "encode_sparse_array", 0, int.MaxValue, settings.SparseSafe);
        PushBoolean(state, settings.SparseConvert ? 1 : 0);
        PushNumber(state, settings.SparseRatio);
        PushNumber(state, settings.SparseSafe);
        return 3;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int EncodeMaxDepth(nint state) => HostFunctions.GuardLibrary(state, &EncodeMaxDepthBody);

    private static int EncodeMaxDepthBody(LuaRuntime runtime, nint state)
    {
        CheckCount(state, 1);
        PushNumber(state, runtime.Json.EncodeDepthMax = Integer(state, 1, "encode_max_depth", 1, int.MaxValue, runtime.Json.EncodeDepthMax));
        return 1;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int DecodeMaxDepth(nint state) => HostFunctions.GuardLibrary(state, &DecodeMaxDepthBody);

    private static int DecodeMaxDepthBody(LuaRuntime runtime, nint state)
    {
        CheckCount(state, 1);
        PushNumber(state, runtime.Json.DecodeDepthMax = Integer(state, 1, "decode_max_depth", 1, int.MaxValue, runtime.Json.DecodeDepthMax));
        return 1;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int EncodeNumberPrecision(nint state) => HostFunctions.GuardLibrary(state, &EncodeNumberPrecisionBody);

    private static int EncodeNumberPrecisionBody(LuaRuntime runtime, nint state)
    {
        CheckCount(state, 1);
        PushNumber(state, runtime.Json.Precision = Integer(state, 1, "encode_number_precision", 1, 14, runtime.Json.Precision));
        return 1;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int EncodeKeepBuffer(nint state) => HostFunctions.GuardLibrary(state, &EncodeKeepBufferBody);

    private static int EncodeKeepBufferBody(LuaRuntime runtime, nint state)
    {
        CheckCount(state, 1);
        runtime.Json.KeepBuffer = Flag(state, 1, "encode_keep_buffer", runtime.Json.KeepBuffer);
        PushBoolean(state, runtime.Json.KeepBuffer ? 1 : 0);
        return 1;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int EncodeInvalidNumbers(nint state) => HostFunctions.GuardLibrary(state, &EncodeInvalidNumbersBody);

    private static int EncodeInvalidNumbersBody(LuaRuntime runtime, nint state)
    {
        CheckCount(state, 1);
        if (Type(state, 1) == LuaType.String && ToBytes(state, 1).SequenceEqual("null"u8))
        {
            runtime.Json.EncodeInvalidNumbers = JsonInvalidNumbers.Null;
        }
        else if (Type(state, 1) is not (LuaType.None or LuaType.Nil))
        {
            runtime.Json.EncodeInvalidNumbers = Flag(state, 1, "encode_invalid_numbers", false) ? JsonInvalidNumbers.Written : JsonInvalidNumbers.Refused;
        }

        if (runtime.Json.EncodeInvalidNumbers == JsonInvalidNumbers.Null)
        {
            PushBytes(state, "null"u8);
        }
        else
        {
            PushBoolean(state, runtime.Json.EncodeInvalidNumbers == JsonInvalidNumbers.Written ? 1 : 0);
        }

        return 1;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int DecodeInvalidNumbers(nint state) => HostFunctions.GuardLibrary(state, &DecodeInvalidNumbersBody);

    private static int DecodeInvalidNumbersBody(LuaRuntime runtime, nint state)
    {
        CheckCount(state, 1);
        runtime.Json.DecodeInvalidNumbers = Flag(state, 1, "decode_invalid_numbers", runtime.Json.DecodeInvalidNumbers);
        PushBoolean(state, runtime.Json.DecodeInvalidNumbers ? 1 : 0);
        return 1;
    }

    private static void CheckCount(nint state, int max)
    {
        if (GetTop(state) > max)
        {
            throw new LuaErrorException("found too many arguments");
        }
    }

    private static int Integer(nint state, int index, string function, int min, int max, int otherwise)
    {
        if (Type(state, index) is LuaType.None or LuaType.Nil)
        {
            return otherwise;
        }

        long value = new LibraryArguments(state, function).Integer(index);
        return value >= min && value <= max
            ? (int)value
            : throw LuaErrorException.Argument(index, function, $"expected integer between {min} and {max}");
    }

    private static bool Flag(nint state, int index, string function, bool otherwise) => Type(state, index) switch
    {
        LuaType.None or LuaType.Nil => otherwise,
        LuaType.Boolean => ToBoolean(state, index) != 0,
        LuaType.String when ToBytes(state, index).SequenceEqual("on"u8) => true,
        LuaType.String when ToBytes(state, index).SequenceEqual("off"u8) => false,
        LuaType.String => throw LuaErrorException.Argument(index, function, $"invalid option '{Encoding.Latin1.GetString(ToBytes(state, index))}'"),
        _ => throw LuaErrorException.Argument(index, function, $"string expected, got {LuaTypeNames.Of(state, index)}"),
    };
}
