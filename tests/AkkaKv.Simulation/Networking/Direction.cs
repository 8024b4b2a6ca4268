using AkkaKv.Simulation.Engine;

namespace AkkaKv.Simulation.Networking;

/// <summary>What one end of a connection sends: delivered in order, each piece not before the one ahead of it.</summary>
internal sealed class Direction(Endpoint sender)
{
    private static readonly object End = new();
    private static readonly object Reset = new();

    private readonly Queue<(object Payload, long ReadyAtUs)> _queue = new();
    private long _lastReadyAtUs;
    private long _stalledUntilUs;
    private bool _senderIsGone;
    private bool _isScheduled;

    public bool IsEmpty => _queue.Count == 0;

    /// <summary>Bytes that the sender gave and the receiver's kernel does not have yet.</summary>
    public int QueuedBytes { get; private set; }

    private SimulatedNetwork Network => sender.Connection.Network;

    private EventQueue Clock => Network.World.Queue;

    public void Add(object payload)
    {
        if (payload is not byte[] bytes)
        {
            Enqueue(payload);
            return;
        }
        var random = Network.Random;
        var rest = bytes.AsSpan();
        while (rest.Length > 1 && random.Chance(Network.Options.SplitChance))
        {
            var length = (int)random.Between(1, rest.Length - 1);
            Enqueue(rest[..length].ToArray());
            rest = rest[length..];
        }
        Enqueue(rest.ToArray());
    }

    public void AddEnd() => Enqueue(End);

    /// <summary>The sender's process was killed; its kernel says so, once.</summary>
    public void AddReset()
    {
        Enqueue(Reset);
        SenderIsGone();
    }

    /// <summary>Nobody repeats what does not pass at once.</summary>
    public void SenderIsGone()
    {
        _senderIsGone = true;
        if (IsBlocked())
            Clear();
    }

    public void Stall(long durationMs)
    {
        _stalledUntilUs = Math.Max(_stalledUntilUs, Clock.NowUs + durationMs * 1000);
        _lastReadyAtUs = Math.Max(_lastReadyAtUs, _stalledUntilUs);
    }

    public void Clear()
    {
        _queue.Clear();
        QueuedBytes = 0;
    }

    /// <summary>The way may be free again: sends once more what waits.</summary>
    public void Flush()
    {
        if (_queue.Count > 0)
            Schedule(Clock.NowUs + Network.DrawDelayUs());
    }

    private void Enqueue(object payload)
    {
        if (payload is byte[] bytes)
            QueuedBytes += bytes.Length;
        _lastReadyAtUs = Math.Max(_lastReadyAtUs, Clock.NowUs + Network.DrawDelayUs());
        _queue.Enqueue((payload, _lastReadyAtUs));
        Schedule(_lastReadyAtUs);
    }

    private void Schedule(long atUs)
    {
        if (_isScheduled)
            return;
        _isScheduled = true;
        Clock.After(atUs - Clock.NowUs, Deliver);
    }

    private bool IsBlocked() => Network.IsCut(sender.Process, sender.Peer.Process)
        || sender.Peer.Process.State == ProcessState.PoweredOff;

    private void Deliver()
    {
        _isScheduled = false;
        while (_queue.TryPeek(out var next))
        {
            if (IsBlocked())
            {
                if (_senderIsGone)
                    Clear();
                break;
            }
            var readyAtUs = Math.Max(next.ReadyAtUs, _stalledUntilUs);
            if (readyAtUs > Clock.NowUs)
            {
                Schedule(readyAtUs);
                break;
            }
            if (!Hand(next.Payload))
                break;
        }
        sender.Connection.ForgetIfDone();
        sender.OnDrained();
    }

    /// <summary>Gives one piece to the other end. False if nobody is there and the answer to that cannot come back now.</summary>
    private bool Hand(object payload)
    {
        var receiver = sender.Peer;
        if (!receiver.IsOpen)
            return AnswerReset(payload);
        Remove();
        if (Network.World.Trace.IsDetailed)
            Network.World.Trace.Note(sender.Process.Name, $"=> {receiver.Process.Name} {Describe(payload)}");
        if (ReferenceEquals(payload, End) || ReferenceEquals(payload, Reset))
            receiver.OnReset();
        else
            receiver.OnPayload(payload);
        if (Network.World.Sabotage == Sabotage.NetworkRepeatsWrites && payload is byte[] bytes && bytes.AsSpan().StartsWith("*3\r\n$3\r\nSET"u8))
            receiver.OnPayload(payload);
        return true;
    }

    private bool AnswerReset(object payload)
    {
        if (ReferenceEquals(payload, End) || ReferenceEquals(payload, Reset) || _senderIsGone)
        {
            Remove();
            return true;
        }
        if (Network.IsCut(sender.Peer.Process, sender.Process))
            return false;
        Clear();
        Clock.After(Network.DrawDelayUs(), sender.OnReset);
        return false;
    }

    private void Remove()
    {
        if (_queue.Dequeue().Payload is byte[] bytes)
            QueuedBytes -= bytes.Length;
    }

    private static string Describe(object payload) => payload switch
    {
        byte[] bytes => $"{bytes.Length} bytes",
        _ when ReferenceEquals(payload, End) => "end",
        _ when ReferenceEquals(payload, Reset) => "reset",
        _ => payload.ToString() ?? "",
    };
}
