using AkkaKv.Actors.Gateway;
using AkkaKv.Commands;

namespace AkkaKv.Actors.Keyspace;

/// <summary>What the keyspace actor lends to the work it executes; to be used only while that work runs.</summary>
internal sealed class KeyspaceTurn(CommandEngine engine)
{
    private readonly List<ClientConnection> _withOutput = [];

    /// <summary>The engine over the node's data.</summary>
    public CommandEngine Engine { get; } = engine;

    /// <summary>How much output clients may let pile up.</summary>
    public OutputLimits Limits { get; } = new(engine.Settings);

    /// <summary>The time of the turn, Unix milliseconds.</summary>
    public long NowMs { get; private set; }

    /// <summary>A turn begins.</summary>
    public void Begin() => NowMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();

    /// <summary>The connection's session got output that none of its own requests caused: it is sent when the turn ends.</summary>
    public void SendAtEnd(ClientConnection connection) => _withOutput.Add(connection);

    /// <summary>The turn ends: what was written for other connections leaves, one send for each.</summary>
    public void End()
    {
        if (_withOutput.Count == 0)
            return;
        foreach (var connection in _withOutput)
            connection.SendOutput();
        _withOutput.Clear();
    }
}
