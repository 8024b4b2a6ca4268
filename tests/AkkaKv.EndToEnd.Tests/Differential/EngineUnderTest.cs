using AkkaKv.Commands;
using AkkaKv.Commands.Configuration;
using AkkaKv.Commands.Hosting;
using AkkaKv.Commands.Sessions;
using AkkaKv.Keyspace;
using AkkaKv.Protocol;
using AkkaKv.Tests.Commands.Harness;

namespace AkkaKv.EndToEnd.Tests.Differential;

/// <summary>Our side of a differential run: parser, engine and reply writer in this process, with one connection.</summary>
internal sealed class EngineUnderTest : ISessionHost, IReplicationStream, IDisposable
{
    private readonly Store _store;
    private readonly CommandEngine _engine;
    private readonly ClientSession _session;
    private readonly RequestParser _parser = new();
    private readonly RequestBatch _batch = new();
    private readonly OutputBuffer _stream = new();

    public EngineUnderTest()
    {
        ServerSettings settings = new();
        _store = new Store(settings.Databases);
        _engine = new CommandEngine(_store, settings, new FakeServer(), new FakeReplication(), this, randomSeed: 1);
        _session = _engine.Connect(this, "127.0.0.1:50001", "127.0.0.1:7001", NowMs);
    }

    public ConnectionBuffers Buffers => default;

    private static long NowMs => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    /// <summary>Executes one request, as its bytes would arrive, and returns the bytes of the reply.</summary>
    public byte[] Execute(Request request)
    {
        OutputBuffer encoded = new();
        request.WriteTo(encoded);
        byte[] bytes = encoded.ToArray();
        _batch.Clear();
        Assert.Equal(ParseStatus.Ok, _parser.Parse(bytes, 0, bytes.Length, _batch, out int consumed));
        Assert.Equal(bytes.Length, consumed);
        _engine.Execute(_session, _batch[0], NowMs);
        byte[] reply = _session.Output.ToArray();
        _session.Output.Clear();
        return reply;
    }

    /// <summary>Everything propagated so far.</summary>
    public List<Request> Propagated() => PropagatedCommands.Parse(_stream.ToArray());

    public void Append(ReadOnlySpan<byte> bytes) => _stream.Write(bytes);

    public void OutputReady()
    {
    }

    public void Close(string reason)
    {
    }

    public void Dispose()
    {
        _engine.Dispose();
        _store.Dispose();
    }
}
