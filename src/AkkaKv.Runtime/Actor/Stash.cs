namespace Akka.Actor;

/// <summary>Puts messages aside that the actor cannot handle yet.</summary>
public interface IStash
{
    /// <summary>How many messages are put aside.</summary>
    int Count { get; }

    /// <summary>True if no message is put aside.</summary>
    bool IsEmpty { get; }

    /// <summary>True if a message is put aside.</summary>
    bool NonEmpty { get; }

    /// <summary>True if no more messages can be put aside.</summary>
    bool IsFull { get; }

    /// <summary>How many messages can be put aside; -1 for no limit.</summary>
    int Capacity { get; }

    /// <summary>Puts the current message aside.</summary>
    /// <exception cref="InvalidOperationException">The same message is already put aside.</exception>
    void Stash();

    /// <summary>Puts the oldest message back at the front of the mailbox.</summary>
    void Unstash();

    /// <summary>Puts all messages back at the front of the mailbox, in the order in which they came.</summary>
    void UnstashAll();

    /// <summary>Puts the messages back that pass the test; the others are dropped.</summary>
    void UnstashAll(Func<Envelope, bool> predicate);

    /// <summary>Takes all messages out.</summary>
    IEnumerable<Envelope> ClearStash();

    /// <summary>Puts messages in front of those put aside.</summary>
    void Prepend(IEnumerable<Envelope> envelopes);
}

/// <summary>An actor with a stash.</summary>
public interface IActorStash
{
    /// <summary>The stash; set by the runtime after the constructor.</summary>
    IStash Stash { get; set; }
}

/// <summary>An actor with a stash without a limit.</summary>
public interface IWithUnboundedStash : IActorStash;

/// <summary>An actor with a stash.</summary>
public interface IWithStash : IActorStash;

/// <summary>The stash of one actor instance. Restart and end put everything back, so that nothing is lost.</summary>
internal sealed class MailboxStash(ActorCell cell) : IStash
{
    private LinkedList<Envelope> _stashed = new();

    public int Count => _stashed.Count;

    public bool IsEmpty => _stashed.Count == 0;

    public bool NonEmpty => _stashed.Count > 0;

    public bool IsFull => false;

    public int Capacity => -1;

    public void Stash()
    {
        var current = cell.CurrentEnvelope;
        if (current.Message is null) throw new InvalidOperationException("There is no message to stash: none is being handled.");
        if (_stashed.Last is { } last && ReferenceEquals(last.Value.Message, current.Message) && Equals(last.Value.Sender, current.Sender))
            throw new InvalidOperationException($"Can't stash the same message {current.Message} more than once");
        _stashed.AddLast(current);
    }

    public void Unstash()
    {
        if (_stashed.First is not { } oldest) return;
        _stashed.RemoveFirst();
        cell.Mailbox.EnqueueFirst(oldest.Value);
    }

    public void UnstashAll() => UnstashAll(static _ => true);

    public void UnstashAll(Func<Envelope, bool> predicate)
    {
        var all = ClearStash();
        foreach (var envelope in all.Reverse())
            if (predicate(envelope)) cell.Mailbox.EnqueueFirst(envelope);
    }

    public IEnumerable<Envelope> ClearStash()
    {
        var all = _stashed;
        _stashed = new LinkedList<Envelope>();
        return all;
    }

    public void Prepend(IEnumerable<Envelope> envelopes)
    {
        foreach (var envelope in envelopes.Reverse()) _stashed.AddFirst(envelope);
    }
}
