using AkkaKv.Commands.Configuration;

namespace AkkaKv.Actors.Gateway;

/// <summary>
/// Watches how much unsent output one client lets pile up, by the rule of Redis's client-output-buffer-limit: beyond the hard limit it is
/// too much at once, beyond the soft one after some time without a break. Time is Unix milliseconds.
/// </summary>
internal struct OutputGuard
{
    private long _overSoftSinceMs;

    /// <summary>Whether the client has to be disconnected.</summary>
    public bool IsTooMuch(in ClientOutputLimit limit, long unsentBytes, long nowMs)
    {
        if (limit.HardBytes > 0 && unsentBytes > limit.HardBytes)
            return true;
        if (limit.SoftBytes == 0 || unsentBytes <= limit.SoftBytes)
        {
            _overSoftSinceMs = 0;
            return false;
        }
        if (_overSoftSinceMs == 0)
            _overSoftSinceMs = nowMs;
        return nowMs - _overSoftSinceMs > limit.SoftSeconds * 1000L;
    }
}
