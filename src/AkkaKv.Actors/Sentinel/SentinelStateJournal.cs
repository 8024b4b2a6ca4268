using Akka.Event;
using AkkaKv.Sentinel;

namespace AkkaKv.Actors.Sentinel;

/// <summary>
/// The sentinel's memory in front of its file. Changes are collected and written together; nobody is told that his change is durable before the write
/// that contains it has returned.
/// </summary>
internal sealed class SentinelStateJournal(SentinelStateFile file, SentinelState state, ILoggingAdapter log)
{
    private readonly List<Action> _whenDurable = [];
    private bool _isFailing;

    /// <summary>What the file holds, or will hold after the next write.</summary>
    public SentinelState State { get; private set; } = state;

    /// <summary>Whether something waits to be written.</summary>
    public bool IsDirty { get; private set; }

    /// <summary>Changes the state; the callback comes when the change is durable.</summary>
    public void Change(SentinelState next, Action? whenDurable = null)
    {
        State = next;
        IsDirty = true;
        if (whenDurable is not null)
            _whenDurable.Add(whenDurable);
    }

    /// <summary>Writes. Null when it succeeded, or what went wrong; then everything still waits, and no vote leaves this process.</summary>
    public string? Write()
    {
        try
        {
            file.Write(State);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            if (!_isFailing)
                log.Error("Cannot write {0}; votes are withheld until it can be written: {1}", file.FilePath, problem.Message);
            _isFailing = true;
            return problem.Message;
        }
        if (_isFailing)
            log.Warning("{0} can be written again", file.FilePath);
        _isFailing = false;
        IsDirty = false;
        var durable = _whenDurable.ToArray();
        _whenDurable.Clear();
        foreach (var tell in durable)
            tell();
        return null;
    }
}
