using AkkaKv.Commands.Sessions;

namespace AkkaKv.Commands.Execution;

/// <summary>
/// The sessions whose command waits for something, and the order in which they go on. Hosts are told only when no command runs, because they
/// answer by executing the session's next requests.
/// </summary>
internal sealed class WaitingSessions(CommandEngine engine)
{
    private readonly LinkedList<ClientSession> _waiting = [];
    private readonly SortedSet<(long DeadlineMs, long SessionId)> _deadlines = [];
    private readonly Queue<ClientSession> _ready = new();
    private int _heldBack;
    private bool _resuming;

    public int Count => _waiting.Count;

    public int BlockedCount => _waiting.Count - _heldBack;

    public int TimedCount => _deadlines.Count;

    /// <summary>When the first wait ends by its time, Unix milliseconds, or <see cref="long.MaxValue"/>.</summary>
    public long NextDeadlineMs { get; private set; } = long.MaxValue;

    /// <summary>The session waits for what its <see cref="ClientSession.Blocked"/> says.</summary>
    public void Add(ClientSession session)
    {
        BlockedState blocked = session.Blocked!;
        blocked.Place = _waiting.AddLast(session);
        _heldBack += blocked is BlockedByPause ? 1 : 0;
        if (blocked.DeadlineMs != long.MaxValue)
        {
            _deadlines.Add((blocked.DeadlineMs, session.Id));
            NextDeadlineMs = _deadlines.Min.DeadlineMs;
        }
    }

    /// <summary>The session waits no longer; false if it did not.</summary>
    public bool Remove(ClientSession session)
    {
        if (session.Blocked is not { Place: { } place } blocked)
        {
            return false;
        }

        session.Blocked = null;
        blocked.Place = null;
        _waiting.Remove(place);
        _heldBack -= blocked is BlockedByPause ? 1 : 0;
        if (blocked.DeadlineMs != long.MaxValue)
        {
            _deadlines.Remove((blocked.DeadlineMs, session.Id));
            NextDeadlineMs = _deadlines.Count == 0 ? long.MaxValue : _deadlines.Min.DeadlineMs;
        }

        if (blocked is BlockedOnKeys onKeys)
        {
            engine.AwaitedKeys.Remove(onKeys);
        }

        return true;
    }

    /// <summary>The wait is over and the reply, if any, is written.</summary>
    public void Finish(ClientSession session)
    {
        if (Remove(session))
        {
            _ready.Enqueue(session);
        }
    }

    /// <summary>Ends waits whose time is over, with the reply that their command gives then.</summary>
    public void EndOverdue(long nowMs)
    {
        while (nowMs >= NextDeadlineMs)
        {
            ClientSession session = engine.Sessions.Find(_deadlines.Min.SessionId)!;
            TimeOut(session, session.Blocked!);
        }
    }

    /// <summary>Answers <paramref name="session"/> as if its time were over.</summary>
    public void TimeOut(ClientSession session, BlockedState blocked)
    {
        switch (blocked)
        {
            case BlockedForReplicas wait:
                session.Reply.Integer(engine.Replication.CountReplicasAt(wait.Offset));
                break;
            case BlockedOnKeys:
                session.Reply.NullArray();
                break;
        }

        Finish(session);
    }

    /// <summary>Ends the WAITs for which enough replicas have acknowledged.</summary>
    public void CheckReplicas()
    {
        for (LinkedListNode<ClientSession>? place = _waiting.First, next; place is not null; place = next)
        {
            next = place.Next;
            ClientSession session = place.Value;
            if (session.Blocked is BlockedForReplicas wait)
            {
                int acknowledged = engine.Replication.CountReplicasAt(wait.Offset);
                if (acknowledged >= wait.Replicas)
                {
                    session.Reply.Integer(acknowledged);
                    Finish(session);
                }
            }
        }
    }

    /// <summary>A replica has nothing to wait for that its clients could give: it disconnects them, so that they look for the master.</summary>
    public void DisconnectAll()
    {
        for (LinkedListNode<ClientSession>? place = _waiting.First, next; place is not null; place = next)
        {
            next = place.Next;
            ClientSession session = place.Value;
            if (session.Blocked is not BlockedByPause)
            {
                session.Reply.Error("UNBLOCKED force unblock from blocking operation, instance state changed (master -> replica?)"u8);
                engine.Statistics.RecordError(session.Reply.LastErrorCode);
                engine.Close(session, "a command waited when the server became a replica");
            }
        }
    }

    /// <summary>Lets sessions go on whose wait is over, and runs what a pause held back once it has ended.</summary>
    public void ResumeReady(long nowMs)
    {
        if (_resuming || (_ready.Count == 0 && _heldBack == 0))
        {
            return;
        }

        _resuming = true;
        try
        {
            if (_heldBack > 0 && !engine.Pause.IsActive(nowMs))
            {
                RunHeldBack(nowMs);
            }

            while (_ready.TryDequeue(out ClientSession? session))
            {
                if (!session.IsClosing)
                {
                    session.Host.OutputReady();
                    session.RaiseUnblocked();
                }
            }
        }
        finally
        {
            _resuming = false;
        }
    }

    private void RunHeldBack(long nowMs)
    {
        foreach (ClientSession session in _waiting.Where(session => session.Blocked is BlockedByPause).ToList())
        {
            var request = (BlockedByPause)session.Blocked!;
            Remove(session);
            switch (engine.Execute(session, request.Request.View, nowMs))
            {
                case ExecutionResult.Continue:
                    _ready.Enqueue(session);
                    break;
                case ExecutionResult.Close:
                    session.Host.OutputReady();
                    session.Host.Close("closed by its own command");
                    break;
            }
        }
    }
}
