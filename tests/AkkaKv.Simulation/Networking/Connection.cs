using AkkaKv.Simulation.Engine;

namespace AkkaKv.Simulation.Networking;

/// <summary>Who talks on a connection.</summary>
internal enum ConnectionKind
{
    /// <summary>A replica and its master: bytes.</summary>
    Replication,

    /// <summary>A sentinel and an instance: commands and replies.</summary>
    Sentinel,

    /// <summary>A client and an instance: writes and their replies.</summary>
    Client,
}

/// <summary>
/// A TCP connection: two directions, each in order and without loss. What cannot pass waits and is sent again; a connection whose other
/// end vanished in silence is half-open until something is sent on it and an answer to that can come back.
/// </summary>
internal sealed class Connection
{
    private static readonly long[] SynRetriesMs = [1_000, 2_000, 4_000, 8_000, 16_000];

    private readonly SimulatedNetwork _network;
    private int _synRetry;

    public Connection(SimulatedNetwork network, SimulatedProcess from, SimulatedProcess to, ConnectionKind kind)
    {
        _network = network;
        Kind = kind;
        Initiator = new Endpoint(this, from);
        Acceptor = new Endpoint(this, to);
    }

    public ConnectionKind Kind { get; }

    public Endpoint Initiator { get; }

    public Endpoint Acceptor { get; }

    /// <summary>Both sides believe in it.</summary>
    public bool IsEstablished => Initiator.IsOpen && Acceptor.IsOpen;

    public SimulatedNetwork Network => _network;

    public bool Involves(SimulatedProcess process) => Initiator.Process == process || Acceptor.Process == process;

    public Endpoint Other(Endpoint endpoint) => endpoint == Initiator ? Acceptor : Initiator;

    /// <summary>Sends SYN, and again while nothing comes back.</summary>
    public void Open()
    {
        var (from, to) = (Initiator.Process, Acceptor.Process);
        _network.World.Queue.After(_network.DrawDelayUs(), () =>
        {
            if (!Initiator.IsConnecting)
                return;
            if (_network.IsCut(from, to) || _network.IsCut(to, from) || to.State == ProcessState.PoweredOff)
            {
                RetryOpen();
                return;
            }
            if (to.IsAlive)
                Acceptor.Establish();
            var isAccepted = to.IsAlive;
            _network.World.Queue.After(_network.DrawDelayUs(), () => Initiator.OnOpenAnswered(isAccepted));
        });
    }

    /// <summary>A router or a firewall forgets the connection: both ends get a reset.</summary>
    public void Break()
    {
        Initiator.OnReset();
        Acceptor.OnReset();
    }

    /// <summary>Nothing passes for a while, in both directions; nothing is lost either.</summary>
    public void Stall(long durationMs)
    {
        Initiator.Outgoing.Stall(durationMs);
        Acceptor.Outgoing.Stall(durationMs);
    }

    public void Flush()
    {
        Initiator.Outgoing.Flush();
        Acceptor.Outgoing.Flush();
    }

    public void ProcessEnded(SimulatedProcess process)
    {
        var own = Initiator.Process == process ? Initiator : Acceptor;
        own.OnProcessEnded(sendsReset: process.State == ProcessState.Killed);
        ForgetIfDone();
    }

    public void ForgetIfDone()
    {
        if (Initiator.IsGone && Acceptor.IsGone)
            _network.Forget(this);
    }

    private void RetryOpen()
    {
        if (_synRetry == SynRetriesMs.Length)
        {
            Initiator.OnOpenAnswered(isAccepted: false);
            return;
        }
        _network.World.Queue.AfterMs(SynRetriesMs[_synRetry++], Open);
    }
}
