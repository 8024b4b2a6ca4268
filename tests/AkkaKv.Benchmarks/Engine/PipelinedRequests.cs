using System.Buffers;
using System.Text;
using AkkaKv.Commands;
using AkkaKv.Commands.Configuration;
using AkkaKv.Commands.Sessions;
using AkkaKv.Protocol;

namespace AkkaKv.Benchmarks.Engine;

/// <summary>
/// Requests through everything between the sockets: the bytes of sixteen of them are parsed, executed by the engine, and their replies written and consumed.
/// </summary>
internal sealed class PipelinedRequests
{
    /// <summary>Requests that arrive together.</summary>
    public const int Pipeline = 16;

    /// <summary>Stands for a key of the data set, another random one each time.</summary>
    public const string RandomKey = "{key}";

    /// <summary>Stands for the value of the data set.</summary>
    public const string Value = "{value}";

    // Any time will do; nothing in the data set expires.
    private const long NowMs = 1_700_000_000_000;

    private readonly Dataset _data;
    private readonly CommandEngine _engine;
    private readonly ClientSession _session;
    private readonly RequestParser _parser = new();
    private readonly RequestBatch _batch = new();
    private readonly byte[] _received;
    private readonly List<int> _keysAt = [];

    /// <param name="data">The keys, and the store that the engine works on.</param>
    /// <param name="commands">Commands in words; the sixteen requests take turns.</param>
    /// <exception cref="InvalidOperationException">One is answered with an error.</exception>
    public PipelinedRequests(Dataset data, params ReadOnlySpan<string> commands)
    {
        _data = data;
        var server = new LoneServer();
        _engine = new CommandEngine(data.Store, new ServerSettings { Databases = 1 }, server, server, server, randomSeed: 1);
        _session = _engine.Connect(server, "127.0.0.1:1", "127.0.0.1:2", NowMs);
        var requests = new ArrayBufferWriter<byte>();
        for (var i = 0; i < Pipeline; i++)
            Write(requests, commands[i % commands.Length].Split(' '));
        _received = requests.WrittenSpan.ToArray();
        ExecuteBatch();
        if (_session.Reply.ErrorCount != 0)
            throw new InvalidOperationException($"{string.Join(", ", commands)}: the engine answers {Encoding.ASCII.GetString(_session.Reply.LastErrorCode)}.");
    }

    /// <summary>Executes sixteen requests.</summary>
    public void ExecuteBatch()
    {
        foreach (var at in _keysAt)
            _data.NextKey().CopyTo(_received.AsSpan(at));
        _batch.Clear();
        var status = _parser.Parse(_received, 0, _received.Length, _batch, out _);
        if (status != ParseStatus.Ok || _batch.Count != Pipeline)
            throw new InvalidOperationException($"The parser answered {status} with {_batch.Count} requests.");
        _engine.LookAhead(_session, _batch, 0);
        for (var i = 0; i < Pipeline; i++)
            _engine.Execute(_session, _batch[i], NowMs, follows: i > 0);
        _session.Output.Consume(_session.Output.Length);
    }

    private void Write(ArrayBufferWriter<byte> target, string[] words)
    {
        target.Write(Encoding.ASCII.GetBytes($"*{words.Length}\r\n"));
        foreach (var word in words)
        {
            var argument = word switch
            {
                RandomKey => _data.NextKey(),
                Value => _data.Value,
                _ => Encoding.ASCII.GetBytes(word),
            };
            target.Write(Encoding.ASCII.GetBytes($"${argument.Length}\r\n"));
            if (word == RandomKey)
                _keysAt.Add(target.WrittenCount);
            target.Write(argument);
            target.Write("\r\n"u8);
        }
    }
}
