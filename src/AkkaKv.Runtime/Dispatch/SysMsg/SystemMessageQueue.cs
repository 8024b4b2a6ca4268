namespace Akka.Dispatch.SysMsg;

/// <summary>A lock-free queue of system messages: any thread adds, the thread that runs the mailbox takes all at once.</summary>
internal sealed class SystemMessageQueue
{
    private static readonly SystemMessage ClosedMark = new Terminate();
    private SystemMessage? _newest;

    public bool HasMessages => Volatile.Read(ref _newest) is { } newest && !ReferenceEquals(newest, ClosedMark);

    /// <summary>Adds a message; false if the queue is closed.</summary>
    public bool TryAdd(SystemMessage message)
    {
        while (true)
        {
            var newest = Volatile.Read(ref _newest);
            if (ReferenceEquals(newest, ClosedMark)) return false;
            message.Next = newest;
            if (ReferenceEquals(Interlocked.CompareExchange(ref _newest, message, newest), newest)) return true;
        }
    }

    /// <summary>Takes all messages, linked in the order in which they were added.</summary>
    public SystemMessage? TakeAll() => InOrder(Interlocked.Exchange(ref _newest, null));

    /// <summary>Closes the queue and takes what is left.</summary>
    public SystemMessage? Close()
    {
        var rest = Interlocked.Exchange(ref _newest, ClosedMark);
        return ReferenceEquals(rest, ClosedMark) ? null : InOrder(rest);
    }

    private static SystemMessage? InOrder(SystemMessage? newest)
    {
        SystemMessage? oldest = null;
        while (newest is not null)
        {
            var next = newest.Next;
            newest.Next = oldest;
            oldest = newest;
            newest = next;
        }
        return oldest;
    }
}
