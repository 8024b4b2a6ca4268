using System.Buffers;
using System.Buffers.Text;
using System.Text;
using AkkaKv.Protocol;

namespace AkkaKv.Simulation.DataNodes;

/// <summary>The writes of a world: number n sets key <c>w:n</c> to n repeated to a length. A write says in itself whether it was garbled.</summary>
internal static class WriteCommand
{
    public static byte[] Encode(long number, int valueLength)
    {
        var output = new ArrayBufferWriter<byte>(valueLength + 64);
        RequestWriter.Write(output, "SET", Key(number), Value(number, valueLength));
        return output.WrittenSpan.ToArray();
    }

    public static string Key(long number) => $"w:{number}";

    public static string Value(long number, int length)
    {
        var text = new StringBuilder(length + 20);
        while (text.Length < length)
            text.Append(number).Append(' ');
        return text.ToString();
    }

    /// <summary>The number of a write, or null if this is none.</summary>
    public static long? NumberOf(ReadOnlySpan<byte> key) =>
        key.StartsWith("w:"u8) && Utf8Parser.TryParse(key[2..], out long number, out var used) && used == key.Length - 2 ? number : null;
}
