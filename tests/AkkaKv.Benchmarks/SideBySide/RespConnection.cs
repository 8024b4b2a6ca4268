using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AkkaKv.Benchmarks.SideBySide;

/// <summary>A blocking client connection that knows just enough of RESP to set a server up and to ask for its INFO.</summary>
internal sealed class RespConnection : IDisposable
{
    private static readonly TimeSpan ReplyLimit = TimeSpan.FromSeconds(30);

    private readonly TcpClient _client = new();
    private readonly BufferedStream _stream;

    public RespConnection(int port)
    {
        _client.ReceiveTimeout = _client.SendTimeout = (int)ReplyLimit.TotalMilliseconds;
        _client.Connect(IPAddress.Loopback, port);
        _stream = new BufferedStream(_client.GetStream(), 64 * 1024);
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Sends an inline command and returns its reply, which must be a line or a bulk string.</summary>
    public string Call(string command)
    {
        _stream.Write(Encoding.ASCII.GetBytes(command + "\r\n"));
        _stream.Flush();
        return ReadReply();
    }

    /// <summary>A field of INFO as a number, or null if the server does not show it.</summary>
    public long? InfoNumber(string section, string field)
    {
        foreach (var line in Call($"INFO {section}").Split("\r\n"))
        {
            if (line.StartsWith(field + ":", StringComparison.Ordinal))
                return long.Parse(line.AsSpan(field.Length + 1), CultureInfo.InvariantCulture);
        }

        return null;
    }

    /// <summary>Sets all keys of a data set, a thousand requests at a time.</summary>
    public void Fill(Dataset data)
    {
        const int batch = 1000;
        var header = Encoding.ASCII.GetBytes($"*3\r\n$3\r\nSET\r\n${Dataset.KeyLength}\r\n");
        var middle = Encoding.ASCII.GetBytes($"\r\n${data.Value.Length}\r\n");
        for (var first = 0; first < data.KeyCount; first += batch)
        {
            var end = Math.Min(first + batch, data.KeyCount);
            for (var i = first; i < end; i++)
            {
                _stream.Write(header);
                _stream.Write(data.Key(i));
                _stream.Write(middle);
                _stream.Write(data.Value);
                _stream.Write("\r\n"u8);
            }

            _stream.Flush();
            for (var i = first; i < end; i++)
                ReadReply();
        }
    }

    private string ReadReply()
    {
        var line = ReadLine();
        if (line.StartsWith('-'))
            throw new InvalidOperationException($"The server answered {line}");
        if (!line.StartsWith('$'))
            return line;
        var content = new byte[int.Parse(line.AsSpan(1), CultureInfo.InvariantCulture) + 2];
        _stream.ReadExactly(content);
        return Encoding.UTF8.GetString(content.AsSpan(0, content.Length - 2));
    }

    private string ReadLine()
    {
        var line = new StringBuilder();
        for (var next = _stream.ReadByte(); next != '\n'; next = _stream.ReadByte())
        {
            if (next < 0)
                throw new IOException("The server closed the connection.");
            if (next != '\r')
                line.Append((char)next);
        }

        return line.ToString();
    }
}
