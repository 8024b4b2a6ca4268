using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AkkaKv.Scripting.Native;
using AkkaKv.Scripting.Runtime;
using static AkkaKv.Scripting.Native.LuaNative;

namespace AkkaKv.Scripting.Libraries;

/// <summary>The library <c>cmsgpack</c>.</summary>
internal static unsafe class MessagePackLibrary
{
    /// <summary>Pushes the table of its functions.</summary>
    public static void Push(nint state)
    {
        CreateTable(state, 0, 8);
        HostFunctions.Add(state, "pack", &Pack);
        HostFunctions.Add(state, "unpack", &Unpack);
        HostFunctions.Add(state, "unpack_one", &UnpackOne);
        HostFunctions.Add(state, "unpack_limit", &UnpackLimit);
        JsonLibrary.Constant(state, "_NAME", "cmsgpack");
        JsonLibrary.Constant(state, "_VERSION", "lua-cmsgpack 0.4.0");
        JsonLibrary.Constant(state, "_COPYRIGHT", "Copyright (C) 2012, Salvatore Sanfilippo");
        JsonLibrary.Constant(state, "_DESCRIPTION", "MessagePack C implementation for Lua");
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Pack(nint state) => HostFunctions.GuardLibrary(state, &PackBody);

    private static int PackBody(LuaRuntime runtime, nint state)
    {
        int count = GetTop(state);
        if (count == 0)
        {
            throw LuaErrorException.Argument(0, "pack", "MessagePack pack needs input.");
        }

        runtime.Scratch.Clear();
        CheckStack(state, 2);
        for (int i = 1; i <= count; i++)
        {
            PushValue(state, i);
            new MessagePackWriter(state, runtime.Scratch).Write();
            Pop(state, 1);
        }

        PushBytes(state, runtime.Scratch.Written);
        return 1;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Unpack(nint state) => HostFunctions.GuardLibrary(state, &UnpackBody);

    private static int UnpackBody(LuaRuntime runtime, nint state) => PushValues(state, "unpack", 0, 0);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int UnpackOne(nint state) => HostFunctions.GuardLibrary(state, &UnpackOneBody);

    private static int UnpackOneBody(LuaRuntime runtime, nint state) =>
        PushValues(state, "unpack_one", 1, new LibraryArguments(state, "unpack_one").Integer(2, 0));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int UnpackLimit(nint state) => HostFunctions.GuardLibrary(state, &UnpackLimitBody);

    private static int UnpackLimitBody(LuaRuntime runtime, nint state)
    {
        var arguments = new LibraryArguments(state, "unpack_limit");
        long limit = arguments.Integer(2);
        return PushValues(state, "unpack_limit", limit, arguments.Integer(3, 0));
    }

    private static int PushValues(nint state, string function, long limit, long offset)
    {
        byte[] input = new LibraryArguments(state, function).Bytes(1);
        if (offset < 0 || limit < 0)
        {
            throw new LuaErrorException($"Invalid request to unpack with offset of {offset} and limit of {input.Length}.");
        }

        if (offset > input.Length)
        {
            throw new LuaErrorException($"Start offset {offset} greater than input length {input.Length}.");
        }

        bool all = limit == 0 && offset == 0;
        var reader = new MessagePackReader(state, input.AsSpan((int)offset));
        int place = GetTop(state) + 1;
        int count = 0;
        while (reader.Left > 0 && (all || count < limit))
        {
            reader.Push();
            count++;
        }

        if (all)
        {
            return count;
        }

        PushNumber(state, reader.Left == 0 ? -1 : input.Length - reader.Left);
        Rotate(state, place, 1);
        return count + 1;
    }
}
