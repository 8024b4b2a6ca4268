using AkkaKv.Commands.Sessions;

namespace AkkaKv.Commands.Execution;

/// <summary>
/// The sessions whose command waits for something, and the order in which they go on. Hosts are told only when no command runs, because they
/// answer by executing the session's next requests.
/// </summary>
internal sealed class WaitingSessions(CommandEngine engine)
{
    private readonly List<ClientSession> _waiting = [];
    private readonly Queue<ClientSession> _ready = new();
    private bool _resuming;

    public int Count => _waiting.Count;

    public int BlockedCount => _waiting.Count(session => session.Blocked is not BlockedByPause);

    public int TimedCount => _waiting.Count(session => session.Blocked is { DeadlineMs: < long.MaxValue });

    public void Add(ClientSession session) => _waiting.Add(session);

    public void Remove(ClientSession session) => _waiting.Remove(session);

    /// <summary>The wait is over and the reply, if any, is written.</summary>
    public void Finish(ClientSession session)
    {
        if (_waiting.Remove(session))
        {
            session.Blocked = null;
            _ready.Enqueue(session);
        }
    }

    /// <summary>Ends waits whose time is over, with the reply that their command gives then.</summary>
    public void EndOverdue(long nowMs)
    {
        for (int i = _waiting.Count - 1; i >= 0; i--)
        {
            ClientSession session = _waiting[i];
            if (session.Blocked is { } blocked && nowMs >= blocked.DeadlineMs)
            {
                TimeOut(session, blocked);
            }
        }
    }

    /// <summary>Answers <paramref name="session"/> as if its time were over.</summary>
    public void TimeOut(ClientSession session, BlockedState blocked)
    {
        if (blocked is BlockedForReplicas wait)
        {
            session.Reply.Integer(engine.Replication.CountReplicasAt(wait.Offset));
        }

        Finish(session);
    }

    /// <summary>Ends the WAITs for which enough replicas have acknowledged.</summary>
    public void CheckReplicas()
    {
        for (int i = _waiting.Count - 1; i >= 0; i--)
        {
            ClientSession session = _waiting[i];
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

    /// <summary>A replica has nobody to wait for.</summary>
    public void FailReplicaWaits()
    {
        for (int i = _waiting.Count - 1; i >= 0; i--)
        {
            ClientSession session = _waiting[i];
            if (session.Blocked is BlockedForReplicas)
            {
                session.Reply.Error("UNBLOCKED force unblock from blocking operation, instance state changed (master -> replica?)"u8);
                Finish(session);
            }
        }
    }

    /// <summary>Lets sessions go on whose wait is over, and runs what a pause held back once it has ended.</summary>
    public void ResumeReady(long nowMs)
    {
        if (_resuming || (_ready.Count == 0 && _waiting.Count == 0))
        {
            return;
        }

        _resuming = true;
        try
        {
            if (!engine.Pause.IsActive(nowMs))
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
        List<ClientSession>? held = null;
        foreach (ClientSession session in _waiting)
        {
            if (session.Blocked is BlockedByPause)
            {
                (held ??= []).Add(session);
            }
        }

        foreach (ClientSession session in held ?? [])
        {
            var request = (BlockedByPause)session.Blocked!;
            _waiting.Remove(session);
            session.Blocked = null;
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
