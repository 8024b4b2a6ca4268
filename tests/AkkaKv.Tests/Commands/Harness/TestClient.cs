using System.Text;
using AkkaKv.Commands.Execution;
using AkkaKv.Commands.Hosting;
using AkkaKv.Commands.Sessions;
using AkkaKv.Protocol;

namespace AkkaKv.Tests.Commands.Harness;

/// <summary>One connection to a <see cref="TestNode"/>: sends requests as bytes through the real parser and reads the replies back.</summary>
internal sealed class TestClient : ISessionHost
{
    private readonly TestNode _node;
    private readonly RequestParser _parser = new();
    private readonly RequestBatch _batch = new();

    public TestClient(TestNode node, string address)
    {
        _node = node;
        Session = node.Engine.Connect(this, address, "127.0.0.1:7001", node.NowMs);
        Session.Unblocked += _ => UnblockedCount++;
    }

    public ClientSession Session { get; }

    /// <summary>What the last request told the host to do.</summary>
    public ExecutionResult LastResult { get; private set; }

    /// <summary>How often the host was told that there is output.</summary>
    public int OutputReadyCount { get; private set; }

    public int UnblockedCount { get; private set; }

    /// <summary>Why the connection was closed from inside; null while it is open.</summary>
    public string? CloseReason { get; private set; }

    public ConnectionBuffers Buffers => new(10, 20, 30);

    /// <summary>Sends one request and returns the one reply it gets; text is Latin-1, so any bytes can be sent.</summary>
    public RespValue Do(params string[] arguments)
    {
        RespValue[] replies = DoMany(arguments);
        return replies.Length == 1
            ? replies[0]
            : throw new InvalidOperationException($"{string.Join(' ', arguments)} got {replies.Length} replies: {string.Join("; ", (object[])replies)}");
    }

    /// <summary>As <see cref="Do"/>, the reply shown as text; see <see cref="RespValue.ToString"/>.</summary>
    public string Ask(params string[] arguments) => Do(arguments).ToString();

    /// <summary>Sends a line split at its blanks and shows the reply; for requests whose arguments have no blanks.</summary>
    public string Line(string line) => Ask(line.Split(' '));

    /// <summary>Sends one request and returns everything that the connection received by it.</summary>
    public RespValue[] DoMany(params string[] arguments)
    {
        var output = new OutputBuffer();
        RequestWriter.WriteHeader(output, arguments.Length);
        foreach (string argument in arguments)
        {
            RequestWriter.WriteArgument(output, Encoding.Latin1.GetBytes(argument));
        }

        byte[] bytes = output.ToArray();
        _batch.Clear();
        Assert.Equal(ParseStatus.Ok, _parser.Parse(bytes, 0, bytes.Length, _batch, out _));
        LastResult = _node.Engine.Execute(Session, _batch[0], _node.NowMs);
        return Received();
    }

    /// <summary>What the connection has received since it was last asked.</summary>
    public RespValue[] Received()
    {
        byte[] bytes = Session.Output.ToArray();
        Session.Output.Clear();
        var reader = new ReplyReader();
        var values = new List<RespValue>();
        int position = 0;
        while (reader.Read(bytes, ref position, out RespValue value) == ParseStatus.Ok)
        {
            values.Add(value);
        }

        Assert.Equal(bytes.Length, position);
        return [.. values];
    }

    /// <summary><see cref="Received"/> as text.</summary>
    public string[] ReceivedText() => [.. Received().Select(value => value.ToString())];

    public void Disconnect() => _node.Engine.Disconnect(Session);

    public void OutputReady() => OutputReadyCount++;

    public void Close(string reason) => CloseReason ??= reason;
}
