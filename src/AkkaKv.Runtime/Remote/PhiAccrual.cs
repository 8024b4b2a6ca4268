namespace Akka.Remote;

/// <summary>
/// The phi accrual failure detector of Hayashibara et al. as a value of time: phi is -log10 of the probability that a heartbeat
/// still comes, given how regular they were. Times are monotonic milliseconds that the caller passes in.
/// </summary>
internal sealed class PhiAccrual
{
    private readonly PhiAccrualSettings _settings;
    private readonly long[] _intervalsMs;
    private int _count;
    private int _next;
    private double _sum;
    private double _sumOfSquares;
    private long? _lastHeartbeatAt;

    public PhiAccrual(PhiAccrualSettings settings)
    {
        _settings = settings;
        _intervalsMs = new long[settings.MaxSampleSize];
        // Before anything is known: the estimate, with a wide spread so that an irregular start is no alarm.
        var spread = settings.FirstHeartbeatEstimateMs / 4;
        Record(settings.FirstHeartbeatEstimateMs - spread);
        Record(settings.FirstHeartbeatEstimateMs + spread);
    }

    /// <summary>True after the first heartbeat.</summary>
    public bool IsMonitoring => _lastHeartbeatAt.HasValue;

    /// <summary>A heartbeat came. The interval that ends a suspected outage says nothing about the rhythm and is not recorded.</summary>
    public void Heartbeat(long now)
    {
        if (_lastHeartbeatAt is { } last && IsAvailable(now))
            Record(now - last);
        _lastHeartbeatAt = now;
    }

    /// <summary>True while phi is below the threshold; also before the first heartbeat.</summary>
    public bool IsAvailable(long now) => Phi(now) < _settings.Threshold;

    /// <summary>The suspicion now; 0 before the first heartbeat.</summary>
    public double Phi(long now)
    {
        if (_lastHeartbeatAt is not { } last)
            return 0;
        var mean = _sum / _count;
        var variance = Math.Max(0, (_sumOfSquares / _count) - (mean * mean));
        var deviation = Math.Max(Math.Sqrt(variance), _settings.MinStdDeviationMs);
        return Phi(now - last, mean + _settings.AcceptableHeartbeatPauseMs, deviation);
    }

    /// <summary>-log10 of the normal distribution's upper tail, by the logistic approximation (error below 0.02%).</summary>
    internal static double Phi(long sinceLastMs, double meanMs, double deviationMs)
    {
        var y = (sinceLastMs - meanMs) / deviationMs;
        var e = Math.Exp(-y * (1.5976 + (0.070566 * y * y)));
        return sinceLastMs > meanMs ? -Math.Log10(e / (1 + e)) : -Math.Log10(1 - (1 / (1 + e)));
    }

    private void Record(long intervalMs)
    {
        if (_count == _intervalsMs.Length)
        {
            var oldest = _intervalsMs[_next];
            _sum -= oldest;
            _sumOfSquares -= (double)oldest * oldest;
        }
        else
        {
            _count++;
        }
        _intervalsMs[_next] = intervalMs;
        _next = (_next + 1) % _intervalsMs.Length;
        _sum += intervalMs;
        _sumOfSquares += (double)intervalMs * intervalMs;
    }
}

/// <summary>The detector's settings; times in milliseconds.</summary>
/// <param name="Threshold">Phi at which a node counts as unavailable: 8 errs once in 10^8 intervals of a regular network.</param>
/// <param name="MaxSampleSize">How many intervals are remembered.</param>
/// <param name="MinStdDeviationMs">The least spread assumed, so that a very regular network does not make the detector nervous.</param>
/// <param name="AcceptableHeartbeatPauseMs">Added to the expected interval: pauses of this length are normal (garbage collection).</param>
/// <param name="FirstHeartbeatEstimateMs">The interval assumed before any was measured.</param>
internal sealed record PhiAccrualSettings(
    double Threshold, int MaxSampleSize, long MinStdDeviationMs, long AcceptableHeartbeatPauseMs, long FirstHeartbeatEstimateMs)
{
    public double Threshold { get; init; } = Threshold > 0 ? Threshold : throw new ArgumentOutOfRangeException(nameof(Threshold), "must be > 0");

    public int MaxSampleSize { get; init; } = MaxSampleSize >= 2 ? MaxSampleSize : throw new ArgumentOutOfRangeException(nameof(MaxSampleSize), "must be >= 2");

    public long MinStdDeviationMs { get; init; } =
        MinStdDeviationMs > 0 ? MinStdDeviationMs : throw new ArgumentOutOfRangeException(nameof(MinStdDeviationMs), "must be > 0");

    public long AcceptableHeartbeatPauseMs { get; init; } = AcceptableHeartbeatPauseMs >= 0
        ? AcceptableHeartbeatPauseMs
        : throw new ArgumentOutOfRangeException(nameof(AcceptableHeartbeatPauseMs), "must be >= 0");

    public long FirstHeartbeatEstimateMs { get; init; } = FirstHeartbeatEstimateMs > 0
        ? FirstHeartbeatEstimateMs
        : throw new ArgumentOutOfRangeException(nameof(FirstHeartbeatEstimateMs), "must be > 0");
}
