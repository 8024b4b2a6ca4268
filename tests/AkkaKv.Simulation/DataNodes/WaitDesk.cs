using AkkaKv.Replication;
using AkkaKv.Simulation.Engine;
using AkkaKv.Simulation.Networking;

namespace AkkaKv.Simulation.DataNodes;

/// <summary>Clients that wait for replicas to confirm their write (WAIT): hosts an <see cref="AckLedger"/>.</summary>
internal sealed class WaitDesk
{
    private const long TimeoutMs = 500;

    private readonly DataNode _node;
    private readonly AckLedger _ledger;
    private readonly DeadlineTimer _timer;
    private readonly Dictionary<long, (Endpoint Client, long Number)> _waiting = [];
    private long _lastClient;

    public WaitDesk(DataNode node)
    {
        _node = node;
        _ledger = new AckLedger(node.Roster);
        _timer = new DeadlineTimer(node, Changed);
    }

    /// <summary>Answers the write when that many replicas have it, or when the time is over.</summary>
    public void Begin(Endpoint client, long number, int replicasNeeded)
    {
        var offset = _node.History.Offset;
        _waiting[++_lastClient] = (client, number);
        Step(new AckInput.Wait(_lastClient, offset, replicasNeeded, TimeoutMs));
    }

    /// <summary>A replica confirmed something, came or went, or time has passed.</summary>
    public void Changed() => Step(AckInput.Changed.Instance);

    /// <summary>This node is no longer the master it was.</summary>
    public void RoleChanged() => Step(AckInput.RoleChanged.Instance);

    private void Step(AckInput input)
    {
        List<AckEffect> outbox = [];
        _ledger.Step(_node.MonotonicNow, input, outbox);
        foreach (var effect in outbox)
        {
            switch (effect)
            {
                case AckEffect.Done done:
                    Answer(done.Client, done.ReplicasAcked);
                    break;
                case AckEffect.Broken broken:
                    _waiting.Remove(broken.Client, out var waiter);
                    waiter.Client.Send(new WriteReply(waiter.Number, "UNBLOCKED force unblock from blocking operation, instance state changed"));
                    break;
                case AckEffect.AskReplicas:
                    _node.AppendToStream(StreamCommands.GetAck);
                    break;
            }
        }
        _timer.Arm(_ledger.NextDeadline, _node.MonotonicNow);
    }

    private void Answer(long client, int replicasAcked)
    {
        _waiting.Remove(client, out var waiter);
        _node.CheckConfirmed(waiter.Number, replicasAcked);
        waiter.Client.Send(new WriteReply(waiter.Number, null));
    }
}
