namespace Akka.Remote;

/// <summary>A clock in monotonic milliseconds.</summary>
public delegate long Clock();

/// <summary>Tells from heartbeats whether something is still there.</summary>
public abstract class FailureDetector
{
    /// <summary>The process's monotonic clock.</summary>
    public static readonly Clock DefaultClock = () => Environment.TickCount64;

    /// <summary>True while it is believed to be there.</summary>
    public abstract bool IsAvailable { get; }

    /// <summary>True after the first heartbeat.</summary>
    public abstract bool IsMonitoring { get; }

    /// <summary>A heartbeat came.</summary>
    public abstract void HeartBeat();
}
