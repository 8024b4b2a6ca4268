using AkkaKv.Replication;

namespace AkkaKv.Simulation.DataNodes;

/// <summary>
/// Who waits for how many replicas to confirm which offset (WAIT). The host asks <see cref="Step"/> whenever a wait begins or is given
/// up, after confirmations, and at <see cref="NextDeadline"/>. `now` is monotonic milliseconds. Plays the part that the command
/// engine has in a real node: the counting itself is the <see cref="ReplicaRoster"/>'s in both.
/// </summary>
internal sealed class AckLedger(ReplicaRoster roster)
{
    private readonly List<Waiter> _waiters = [];

    /// <summary>How many wait.</summary>
    public int Count => _waiters.Count;

    /// <summary>When <see cref="Step"/> wants an <see cref="AckInput.Changed"/> at the latest.</summary>
    public long NextDeadline { get; private set; } = long.MaxValue;

    public void Step(long now, AckInput input, List<AckEffect> outbox)
    {
        switch (input)
        {
            case AckInput.Wait wait:
                Begin(now, wait, outbox);
                break;
            case AckInput.GiveUp giveUp:
                _waiters.RemoveAll(waiter => waiter.Client == giveUp.Client);
                break;
            case AckInput.Changed:
                Settle(now, outbox);
                break;
            case AckInput.RoleChanged:
                foreach (var waiter in _waiters)
                    outbox.Add(new AckEffect.Broken(waiter.Client));
                _waiters.Clear();
                break;
        }

        NextDeadline = _waiters.Count == 0 ? long.MaxValue : _waiters.Min(waiter => waiter.Deadline);
    }

    private void Begin(long now, AckInput.Wait wait, List<AckEffect> outbox)
    {
        var count = roster.CountAcked(wait.Offset);
        if (count >= wait.ReplicasNeeded)
        {
            outbox.Add(new AckEffect.Done(wait.Client, count));
            return;
        }

        var deadline = wait.TimeoutMs == 0 ? long.MaxValue : now + wait.TimeoutMs;
        _waiters.Add(new Waiter(wait.Client, wait.Offset, wait.ReplicasNeeded, deadline));
        outbox.Add(AckEffect.AskReplicas.Instance);
    }

    private void Settle(long now, List<AckEffect> outbox)
    {
        for (var index = 0; index < _waiters.Count;)
        {
            var waiter = _waiters[index];
            var count = roster.CountAcked(waiter.Offset);
            if (count < waiter.ReplicasNeeded && now < waiter.Deadline)
            {
                index++;
                continue;
            }

            _waiters.RemoveAt(index);
            outbox.Add(new AckEffect.Done(waiter.Client, count));
        }
    }

    private readonly record struct Waiter(long Client, long Offset, int ReplicasNeeded, long Deadline);
}

/// <summary>What can happen to an <see cref="AckLedger"/>.</summary>
internal abstract record AckInput
{
    private AckInput()
    {
    }

    /// <summary>A client waits. <paramref name="TimeoutMs"/> 0 means for ever.</summary>
    public sealed record Wait(long Client, long Offset, int ReplicasNeeded, long TimeoutMs) : AckInput;

    /// <summary>A client is gone or was unblocked otherwise.</summary>
    public sealed record GiveUp(long Client) : AckInput;

    /// <summary>Replicas confirmed something, came or went, or a deadline has passed.</summary>
    public sealed record Changed : AckInput
    {
        public static readonly Changed Instance = new();
    }

    /// <summary>This node is no longer the master it was: nobody can confirm anything any more.</summary>
    public sealed record RoleChanged : AckInput
    {
        public static readonly RoleChanged Instance = new();
    }
}

/// <summary>What an <see cref="AckLedger"/> wants done.</summary>
internal abstract record AckEffect
{
    private AckEffect()
    {
    }

    /// <summary>The client's wait is over: this many replicas have confirmed.</summary>
    public sealed record Done(long Client, int ReplicasAcked) : AckEffect;

    /// <summary>The client's wait has lost its meaning (Redis: -UNBLOCKED).</summary>
    public sealed record Broken(long Client) : AckEffect;

    /// <summary>Put REPLCONF GETACK into the stream, once for all who began to wait in the same batch.</summary>
    public sealed record AskReplicas : AckEffect
    {
        public static readonly AskReplicas Instance = new();
    }
}
