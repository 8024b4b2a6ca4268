using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AkkaKv.Benchmarks.SideBySide;

/// <summary>A blocking client connection that knows just enough of RESP to set a server up and to ask for its INFO.</summary>
internal sealed class RespConnection : IDisposable
{
    private static readonly TimeSpan ReplyLimit = TimeSpan.FromSeconds(60);

    private readonly TcpClient _client = new();
    private readonly BufferedStream _stream;
    private readonly RespRequest _request = new();

    public RespConnection(int port)
    {
        _client.ReceiveTimeout = _client.SendTimeout = (int)ReplyLimit.TotalMilliseconds;
        _client.NoDelay = true;
        _client.Connect(IPAddress.Loopback, port);
        _stream = new BufferedStream(_client.GetStream(), 64 * 1024);
    }

    public void Dispose() => _client.Dispose();

    /// <summary>Sends an inline command and returns its reply, which must be a line or a bulk string.</summary>
    /// <exception cref="InvalidOperationException">The server answers an error.</exception>
    public string Call(string command)
    {
        _stream.Write(Encoding.ASCII.GetBytes(command + "\r\n"));
        _stream.Flush();
        return ReadReply();
    }

    /// <summary>Whether the server knows a command, asked by calling it without arguments.</summary>
    public bool Serves(string command)
    {
        try
        {
            Call(command);
            return true;
        }
        catch (InvalidOperationException refusal)
        {
            return !refusal.Message.Contains("unknown command", StringComparison.OrdinalIgnoreCase);
        }
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

    /// <summary>Sets keys with numbers below <paramref name="count"/>, named as redis-benchmark names them, to values of <see cref="Dataset.ValueLength"/> bytes.</summary>
    public void FillNumbered(int count)
    {
        var value = new byte[Dataset.ValueLength];
        value.AsSpan().Fill((byte)'x');
        SendMany(count, (request, i) => request.Add("SET"u8).Add($"key:{i:D12}").Add(value));
    }

    /// <summary>Sets all keys of a data set.</summary>
    public void Fill(Dataset data) =>
        SendMany(data.KeyCount, (request, i) => request.Add("SET"u8).Add(data.Key(i)).Add(data.Value));

    /// <summary>Sends numbered requests, many at a time, and awaits their replies, which must be lines or bulk strings.</summary>
    /// <param name="count">How many.</param>
    /// <param name="write">Adds the arguments of one.</param>
    public void SendMany(int count, Action<RespRequest, int> write)
    {
        // So few that neither side ever waits with full buffers for the other one to read.
        const int batchBytesMax = 128 * 1024;
        var sent = 0;
        while (sent < count)
        {
            var (first, bytes) = (sent, 0);
            while (sent < count && bytes < batchBytesMax)
            {
                write(_request, sent++);
                bytes += _request.WriteTo(_stream);
            }

            _stream.Flush();
            for (var i = first; i < sent; i++)
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
