namespace AkkaKv.Actors.Hosting;

/// <summary>
/// The letter behind the process id in Redis's log lines, which tells what the process is at that moment: M master, S replica, X sentinel. Ours
/// has one more, R for a router. It belongs to the process as its log does; whoever knows of a change of role sets it.
/// </summary>
public static class LogRoleLetter
{
    private static volatile char _current = 'M';

    /// <summary>The letter for lines written from now on.</summary>
    public static char Current
    {
        get => _current;
        set => _current = value;
    }
}
