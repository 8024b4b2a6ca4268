namespace AkkaKv.Commands.Statistics;

/// <summary>A rate over the last seconds, from a counter that is read now and then: the mean of up to 16 samples, as Redis's instantaneous metrics.</summary>
public sealed class RateMeter
{
    private readonly long[] _samples = new long[16];
    private int _next;
    private long _lastCount;
    private long _lastMs;

    /// <summary>The rate per second.</summary>
    public long PerSecond { get; private set; }

    internal void Sample(long count, long nowMs)
    {
        long elapsedMs = nowMs - _lastMs;
        if (_lastMs != 0 && elapsedMs > 0)
        {
            _samples[_next] = Math.Max(0, count - _lastCount) * 1000 / elapsedMs;
            _next = (_next + 1) % _samples.Length;
            long sum = 0;
            foreach (long sample in _samples)
            {
                sum += sample;
            }

            PerSecond = sum / _samples.Length;
        }

        _lastCount = count;
        _lastMs = nowMs;
    }
}
