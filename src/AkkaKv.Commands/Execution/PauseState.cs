namespace AkkaKv.Commands.Execution;

/// <summary>CLIENT PAUSE: until when which commands are held back.</summary>
public sealed class PauseState
{
    private long _untilMs;

    /// <summary>Whether all commands are held back, not only those that write.</summary>
    public bool AllCommands { get; private set; }

    /// <summary>Whether anything is held back at <paramref name="nowMs"/>.</summary>
    public bool IsActive(long nowMs) => _untilMs != 0 && nowMs < _untilMs;

    /// <summary>Begins a pause, or extends one: a longer end and the stricter kind win, as in Redis 7.0.</summary>
    public void Begin(long untilMs, bool allCommands, long nowMs)
    {
        AllCommands = allCommands || (IsActive(nowMs) && AllCommands);
        _untilMs = Math.Max(IsActive(nowMs) ? _untilMs : 0, untilMs);
    }

    /// <summary>Ends the pause.</summary>
    public void End()
    {
        _untilMs = 0;
        AllCommands = false;
    }
}
