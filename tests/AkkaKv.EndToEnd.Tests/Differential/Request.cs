using System.Buffers;
using System.Text;
using AkkaKv.Protocol;

namespace AkkaKv.EndToEnd.Tests.Differential;

/// <summary>One command of a differential run.</summary>
internal sealed record Request(byte[][] Arguments)
{
    public string Name => Encoding.Latin1.GetString(Arguments[0]).ToUpperInvariant();

    public static Request Of(params string[] arguments) => new([.. arguments.Select(Encoding.Latin1.GetBytes)]);

    public void WriteTo(IBufferWriter<byte> output)
    {
        RequestWriter.WriteHeader(output, Arguments.Length);
        foreach (byte[] argument in Arguments)
        {
            RequestWriter.WriteArgument(output, argument);
        }
    }

    /// <summary>As it can be typed into redis-cli.</summary>
    public override string ToString() => string.Join(' ', Arguments.Select(Quote));

    public static string Quote(byte[] argument)
    {
        if (argument.Length > 0 && argument.All(b => char.IsAsciiLetterOrDigit((char)b) || "-+.:_*?^#".Contains((char)b)))
        {
            return Encoding.Latin1.GetString(argument);
        }

        StringBuilder text = new("\"");
        foreach (byte b in argument)
        {
            text.Append(b is >= 0x20 and < 0x7F and not ((byte)'"' or (byte)'\\') ? ((char)b).ToString() : $"\\x{b:x2}");
        }

        return text.Append('"').ToString();
    }
}

/// <summary>Commands that stay together when a failing list is shortened: one command, or a whole transaction.</summary>
internal sealed record Step(IReadOnlyList<Request> Requests);
