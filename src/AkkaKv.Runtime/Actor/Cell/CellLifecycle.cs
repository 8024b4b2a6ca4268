using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.Util;

namespace Akka.Actor;

/// <summary>
/// Creation, failure, restart and end of an actor.
///
///   Fresh ──Create──► Running ──failure──► Failed (suspended, the supervisor decides)
///   Failed ──Resume──► Running
///   Failed ──Recreate──► WaitingToRestart (children stop) ──► Running with a new instance
///   any ──Terminate──► WaitingToEnd (children stop) ──► Ended
/// </summary>
internal sealed class CellLifecycle(ActorCell cell)
{
    private bool _failed;
    private IActorRef? _perpetrator;

    /// <summary>Children that have been told to stop and have not stopped yet.</summary>
    private readonly HashSet<IActorRef> _stopping = [];

    /// <summary>What waits for these children: the new instance may want their names.</summary>
    private Action? _whenChildrenStopped;

    public bool IsTerminating { get; private set; }

    public void Create()
    {
        if (IsTerminating) return;
        try
        {
            NewInstance();
            cell.Actor!.AroundPreStart();
            Debug("Started ({0})", cell.Props.Type);
        }
        catch (Exception e)
        {
            var cause = TypeNames.Unwrap(e);
            DisposeInstance();
            throw cause as ActorInitializationException
                ?? new ActorInitializationException(cell.Self, $"Exception during creation: {cause.Message}", cause);
        }
    }

    /// <summary>An exception came out of the actor: everything stands still until the supervisor has decided.</summary>
    public void HandleFailure(Exception cause, IActorRef? failedChild = null)
    {
        if (_failed || IsTerminating)
        {
            // Already failed or ending: there is nothing left to decide, but it must not go unseen.
            Publish(cause, cause.Message);
            return;
        }
        _failed = true;
        _perpetrator = failedChild;
        cell.Mailbox.Suspend();
        cell.Children.SuspendAll(except: failedChild);
        cell.Parent.SendSystemMessage(new Failed(cell.Self, cause, cell.Self.Path.Uid));
    }

    public void Suspend()
    {
        cell.Mailbox.Suspend();
        cell.Children.SuspendAll();
    }

    public void Resume(Exception? causedByFailure)
    {
        if (cell.Actor is null)
        {
            if (_whenChildrenStopped is null && !IsTerminating) CreateAgain();
            return;
        }
        var perpetrator = _perpetrator;
        if (causedByFailure is not null) ClearFailure();
        cell.Mailbox.Resume();
        cell.Children.ResumeAll(causedByFailure, perpetrator);
    }

    public void Recreate(Exception cause)
    {
        if (IsTerminating) return;
        if (cell.Actor is null)
        {
            CreateAgain();
            return;
        }
        Debug("Restarting");
        try
        {
            cell.Actor.AroundPreRestart(cause, cell.CurrentMessage!);
        }
        catch (Exception e)
        {
            Publish(new PreRestartException(cell.Self, e, cause, cell.CurrentMessage), e.Message);
        }
        CancelTimers();
        ReturnStash();
        WhenChildrenStopped(() => FinishRestart(cause));
    }

    public void Terminate()
    {
        if (IsTerminating) return;
        IsTerminating = true;
        cell.SetReceiveTimeout(null);
        cell.Children.Close();
        if (cell.Children.Count == 0)
        {
            End();
            return;
        }
        // Nothing but system messages is handled while the children stop.
        cell.Mailbox.Suspend();
        cell.Children.StopAll();
    }

    public void ChildFailed(Failed failed)
    {
        var stats = cell.Children.StatsOf(failed.Child);
        if (stats is null || stats.Child.Path.Uid != failed.Uid) return;
        var strategy = cell.Actor?.Supervision ?? SupervisorStrategy.DefaultStrategy;
        if (!strategy.HandleFailure(cell, stats, failed.Cause)) throw failed.Cause;
    }

    public void ChildTerminated(IActorRef child)
    {
        if (!cell.Children.Remove(child)) return;
        _stopping.Remove(child);
        if (cell.Actor is { } actor && !IsTerminating)
            actor.Supervision.HandleChildTerminated(cell, child, cell.Children.All());
        if (IsTerminating)
        {
            if (cell.Children.Count == 0) End();
        }
        else if (_stopping.Count == 0 && _whenChildrenStopped is { } next)
        {
            _whenChildrenStopped = null;
            next();
        }
    }

    /// <summary>The actor has told a child to stop.</summary>
    public void ChildIsStopping(IActorRef child)
    {
        if (cell.Children.StatsOf(child) is not null) _stopping.Add(child);
    }

    private void WhenChildrenStopped(Action next)
    {
        if (_stopping.Count == 0) next();
        else _whenChildrenStopped = next;
    }

    private void FinishRestart(Exception cause)
    {
        var survivors = cell.Children.All();
        try
        {
            cell.Mailbox.Resume();
            ClearFailure();
            NewInstance();
            cell.Actor!.AroundPostRestart(cause, null!);
            Debug("Restarted");
        }
        catch (Exception e)
        {
            var thrown = TypeNames.Unwrap(e);
            DisposeInstance();
            HandleFailure(new PostRestartException(cell.Self, thrown, cause));
            return;
        }
        foreach (var child in survivors) child.Restart(cause);
    }

    /// <summary>After a failed creation the supervisor said restart or resume: try again.</summary>
    private void CreateAgain()
    {
        foreach (var child in cell.Children.All()) cell.Stop(child);
        WhenChildrenStopped(() =>
        {
            cell.Mailbox.Resume();
            ClearFailure();
            Create();
        });
    }

    private void End()
    {
        try
        {
            cell.Actor?.AroundPostStop();
        }
        catch (Exception e)
        {
            Publish(e, e.Message);
        }
        CancelTimers();
        ReturnStash();
        cell.Close();
        cell.Watching.Finish();
        cell.Parent.SendSystemMessage(new DeathWatchNotification(cell.Self, existenceConfirmed: true, addressTerminated: false));
        Debug("Stopped");
        cell.Actor = null;
    }

    private void NewInstance()
    {
        cell.CurrentEnvelope = default;
        var instance = ActorBase.CreateFor(cell);
        cell.Actor = instance;
        if (cell.Props.SupervisorStrategy is { } strategy) instance.Supervision = strategy;
        if (instance is IActorStash stashing) stashing.Stash = new MailboxStash(cell);
        if (instance is IWithTimers timed) timed.Timers = new TimerScheduler(cell);
    }

    private void DisposeInstance()
    {
        CancelTimers();
        cell.Actor = null;
    }

    private void CancelTimers()
    {
        if (cell.Actor is IWithTimers { Timers: { } timers }) timers.CancelAll();
    }

    private void ReturnStash()
    {
        if (cell.Actor is IActorStash { Stash: { } stash }) stash.UnstashAll();
    }

    private void ClearFailure()
    {
        _failed = false;
        _perpetrator = null;
    }

    private void Publish(Exception cause, string message) =>
        cell.SystemImpl.EventStream.Publish(new Error(cause, cell.Self.Path.ToString(), cell.Props.Type, message));

    private void Debug(string message, params object[] arguments)
    {
        if (cell.SystemImpl.Settings.DebugLifecycle)
            cell.SystemImpl.EventStream.Publish(new Debug(cell.Self.Path.ToString(), cell.Props.Type, string.Format(message, arguments)));
    }
}
