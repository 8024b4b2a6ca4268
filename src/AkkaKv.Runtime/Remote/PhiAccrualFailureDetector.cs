namespace Akka.Remote;

/// <summary>
/// The phi accrual failure detector of Hayashibara et al.: it learns the rhythm of the heartbeats and answers how improbable the
/// present silence is. Safe to use from several threads.
/// </summary>
public class PhiAccrualFailureDetector : FailureDetector
{
    private readonly Lock _lock = new();
    private readonly PhiAccrual _phi;
    private readonly Clock _clock;

    /// <summary>Makes a detector.</summary>
    /// <param name="threshold">Phi at which it gives up; 8 for a good network, 12 for a cloud.</param>
    /// <param name="maxSampleSize">How many intervals it remembers.</param>
    /// <param name="minStdDeviation">The least spread of the intervals it assumes.</param>
    /// <param name="acceptableHeartbeatPause">A silence that is always forgiven.</param>
    /// <param name="firstHeartbeatEstimate">The interval assumed before any was measured.</param>
    /// <param name="clock">Monotonic milliseconds; null for the process's clock.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public PhiAccrualFailureDetector(
        double threshold,
        int maxSampleSize,
        TimeSpan minStdDeviation,
        TimeSpan acceptableHeartbeatPause,
        TimeSpan firstHeartbeatEstimate,
        Clock? clock = null)
    {
        _phi = new PhiAccrual(new PhiAccrualSettings(
            threshold,
            maxSampleSize,
            (long)minStdDeviation.TotalMilliseconds,
            (long)acceptableHeartbeatPause.TotalMilliseconds,
            (long)firstHeartbeatEstimate.TotalMilliseconds));
        _clock = clock ?? DefaultClock;
    }

    /// <inheritdoc/>
    public override bool IsAvailable
    {
        get
        {
            lock (_lock)
                return _phi.IsAvailable(_clock());
        }
    }

    /// <inheritdoc/>
    public override bool IsMonitoring
    {
        get
        {
            lock (_lock)
                return _phi.IsMonitoring;
        }
    }

    /// <inheritdoc/>
    public override void HeartBeat()
    {
        lock (_lock)
            _phi.Heartbeat(_clock());
    }
}
