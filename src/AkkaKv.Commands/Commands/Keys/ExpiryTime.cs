namespace AkkaKv.Commands.Commands.Keys;

/// <summary>Turns the expiry numbers of commands into Unix milliseconds, with Redis's limits.</summary>
public static class ExpiryTime
{
    private const long MillisecondsPerSecond = 1000;

    /// <summary>
    /// For SET, SETEX, PSETEX and GETEX: the number must be positive and the result must fit 64 bits, otherwise Redis says "invalid
    /// expire time in '…' command".
    /// </summary>
    public static bool TryPositive(long number, bool inSeconds, bool absolute, long nowMs, out long expireAtMs)
    {
        expireAtMs = 0;
        if (number <= 0 || (inSeconds && number > long.MaxValue / MillisecondsPerSecond))
        {
            return false;
        }

        expireAtMs = unchecked((inSeconds ? number * MillisecondsPerSecond : number) + (absolute ? 0 : nowMs));
        return expireAtMs > 0;
    }

    /// <summary>For EXPIRE and its relatives: negative numbers are allowed (the key goes at once), only what leaves 64 bits is not.</summary>
    public static bool TryAny(long number, bool inSeconds, bool absolute, long nowMs, out long expireAtMs)
    {
        expireAtMs = 0;
        if (inSeconds)
        {
            if (number is > long.MaxValue / MillisecondsPerSecond or < long.MinValue / MillisecondsPerSecond)
            {
                return false;
            }

            number *= MillisecondsPerSecond;
        }

        long start = absolute ? 0 : nowMs;
        if (number > long.MaxValue - start)
        {
            return false;
        }

        expireAtMs = number + start;
        return true;
    }
}
