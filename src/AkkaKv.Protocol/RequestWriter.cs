using System.Buffers;
using System.Text;

namespace AkkaKv.Protocol;

/// <summary>Encodes requests as RESP arrays of bulk strings: what a client sends, and the form in which writes are propagated.</summary>
public static class RequestWriter
{
    /// <summary>Begins a request of <paramref name="count"/> arguments, the command name included.</summary>
    public static void WriteHeader(IBufferWriter<byte> output, int count) => WriteLength(output, (byte)'*', count);

    /// <summary>Writes one argument.</summary>
    public static void WriteArgument(IBufferWriter<byte> output, ReadOnlySpan<byte> argument)
    {
        WriteLength(output, (byte)'$', argument.Length);
        output.Write(argument);
        output.Write("\r\n"u8);
    }

    /// <summary>Writes the decimal digits of <paramref name="argument"/> as one argument.</summary>
    public static void WriteArgument(IBufferWriter<byte> output, long argument)
    {
        Span<byte> digits = stackalloc byte[DecimalNumber.MaxLength];
        System.Buffers.Text.Utf8Formatter.TryFormat(argument, digits, out int length);
        WriteArgument(output, digits[..length]);
    }

    /// <summary>Writes a request of text arguments, as UTF-8.</summary>
    public static void Write(IBufferWriter<byte> output, params ReadOnlySpan<string> arguments)
    {
        WriteHeader(output, arguments.Length);
        foreach (string argument in arguments)
        {
            WriteLength(output, (byte)'$', Encoding.UTF8.GetByteCount(argument));
            Encoding.UTF8.GetBytes(argument, output);
            output.Write("\r\n"u8);
        }
    }

    /// <summary>Writes a request again: the bytes as they came where they are known, else encoded anew.</summary>
    public static void Write(IBufferWriter<byte> output, in Arguments request)
    {
        if (!request.Raw.IsEmpty)
        {
            output.Write(request.Raw);
            return;
        }

        WriteHeader(output, request.Count);
        for (int i = 0; i < request.Count; i++)
        {
            WriteArgument(output, request[i]);
        }
    }

    private static void WriteLength(IBufferWriter<byte> output, byte type, long length)
    {
        output.Advance(ReplyWriter.WriteHeader(output.GetSpan(OutputBuffer.GapSize), type, length));
    }
}
