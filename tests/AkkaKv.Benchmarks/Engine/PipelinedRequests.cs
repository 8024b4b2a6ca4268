using System.Buffers;
using System.Text;
using AkkaKv.Commands;
using AkkaKv.Commands.Configuration;
using AkkaKv.Commands.Sessions;
using AkkaKv.Protocol;

namespace AkkaKv.Benchmarks.Engine;

/// <summary>
/// One command on random keys, through everything between the sockets: the bytes of sixteen requests are parsed, executed by the engine, and
/// their replies written and consumed.
/// </summary>
internal sealed class PipelinedRequests
{
    /// <summary>Requests that arrive together.</summary>
    public const int Pipeline = 16;

    // Any time will do; nothing in the data set expires.
    private const long NowMs = 1_700_000_000_000;

    private readonly Dataset _data;
    private readonly CommandEngine _engine;
    private readonly ClientSession _session;
    private readonly RequestParser _parser = new();
    private readonly RequestBatch _batch = new();
    private readonly byte[] _received;
    private readonly int _requestLength;
    private readonly int _keyOffset;

    /// <param name="data">The keys, and the store that the engine works on.</param>
    /// <param name="command">The command's name.</param>
    /// <param name="value">An argument behind the key, or nothing.</param>
    public PipelinedRequests(Dataset data, string command, ReadOnlySpan<byte> value)
    {
        _data = data;
        var server = new LoneServer();
        _engine = new CommandEngine(data.Store, new ServerSettings { Databases = 1 }, server, server, server, randomSeed: 1);
        _session = _engine.Connect(server, "127.0.0.1:1", "127.0.0.1:2", NowMs);

        var request = new ArrayBufferWriter<byte>();
        request.Write(Encoding.ASCII.GetBytes($"*{(value.IsEmpty ? 2 : 3)}\r\n${command.Length}\r\n{command}\r\n${Dataset.KeyLength}\r\n"));
        _keyOffset = request.WrittenCount;
        request.Write(data.Key(0));
        request.Write("\r\n"u8);
        if (!value.IsEmpty)
        {
            request.Write(Encoding.ASCII.GetBytes($"${value.Length}\r\n"));
            request.Write(value);
            request.Write("\r\n"u8);
        }

        _requestLength = request.WrittenCount;
        _received = new byte[_requestLength * Pipeline];
        for (var i = 0; i < Pipeline; i++)
            request.WrittenSpan.CopyTo(_received.AsSpan(i * _requestLength));
        ExecuteBatch();
        if (_session.Reply.ErrorCount != 0)
            throw new InvalidOperationException($"The engine answers {command} with an error.");
    }

    /// <summary>Executes sixteen requests.</summary>
    public void ExecuteBatch()
    {
        for (var i = 0; i < Pipeline; i++)
            _data.NextKey().CopyTo(_received.AsSpan((i * _requestLength) + _keyOffset));
        _batch.Clear();
        var status = _parser.Parse(_received, 0, _received.Length, _batch, out _);
        if (status != ParseStatus.Ok || _batch.Count != Pipeline)
            throw new InvalidOperationException($"The parser answered {status} with {_batch.Count} requests.");
        _engine.LookAhead(_session, _batch, 0);
        for (var i = 0; i < Pipeline; i++)
            _engine.Execute(_session, _batch[i], NowMs);
        _session.Output.Consume(_session.Output.Length);
    }
}
