using System.Buffers;
using System.Text;

namespace AkkaKv.Benchmarks.SideBySide;

/// <summary>One request as a RESP array, put together argument by argument.</summary>
internal sealed class RespRequest
{
    private readonly ArrayBufferWriter<byte> _arguments = new();
    private int _count;

    /// <summary>Adds an argument.</summary>
    public RespRequest Add(ReadOnlySpan<byte> argument)
    {
        _count++;
        AppendAscii($"${argument.Length}\r\n");
        _arguments.Write(argument);
        _arguments.Write("\r\n"u8);
        return this;
    }

    /// <summary>Adds an argument of ASCII characters.</summary>
    public RespRequest Add(string argument)
    {
        _count++;
        AppendAscii($"${argument.Length}\r\n{argument}\r\n");
        return this;
    }

    /// <summary>Writes the request, begins the next one, and returns how many bytes it had.</summary>
    public int WriteTo(Stream target)
    {
        var header = Encoding.ASCII.GetBytes($"*{_count}\r\n");
        target.Write(header);
        target.Write(_arguments.WrittenSpan);
        var bytes = header.Length + _arguments.WrittenCount;
        _arguments.Clear();
        _count = 0;
        return bytes;
    }

    private void AppendAscii(string text) => _arguments.Advance(Encoding.ASCII.GetBytes(text, _arguments.GetSpan(text.Length)));
}
