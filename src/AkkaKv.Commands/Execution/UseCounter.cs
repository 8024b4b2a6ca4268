namespace AkkaKv.Commands.Execution;

/// <summary>
/// What the 24-bit access clock of an entry holds under an LFU policy, as in Redis: the minute in which its counter was last lowered (16 bits, wrapping
/// after 45 days) and the counter (8 bits). The counter grows with the logarithm of the uses and is lowered by one for every
/// <c>lfu-decay-time</c> minutes that pass.
/// </summary>
public static class UseCounter
{
    /// <summary>What a new key starts with, so that it is not the first to go before anybody could use it.</summary>
    public const byte Initial = 5;

    private const uint MinuteMask = 0xFFFF;
    private const int MillisecondsPerMinute = 60_000;

    /// <summary>The clock of a key that is created at <paramref name="nowMs"/>.</summary>
    public static uint New(long nowMs) => Clock(nowMs, Initial);

    /// <summary>The clock of a key that comes with a counter.</summary>
    public static uint With(byte counter, long nowMs) => Clock(nowMs, counter);

    /// <summary>The counter as it is at <paramref name="nowMs"/>.</summary>
    /// <param name="clock">The entry's access clock.</param>
    /// <param name="nowMs">Unix milliseconds.</param>
    /// <param name="decayMinutes"><c>lfu-decay-time</c>; 0: it is never lowered.</param>
    public static byte At(uint clock, long nowMs, int decayMinutes)
    {
        uint counter = clock & byte.MaxValue;
        if (decayMinutes == 0)
        {
            return (byte)counter;
        }

        uint minutes = (Minute(nowMs) - (clock >> 8)) & MinuteMask;
        uint lowered = minutes / (uint)decayMinutes;
        return (byte)(counter > lowered ? counter - lowered : 0);
    }

    /// <summary>
    /// The clock after one more use. The more the counter says already, the less likely it grows: by one with a probability of one in
    /// (counter - <see cref="Initial"/>) * <paramref name="logFactor"/> + 1 (Morris's approximate counting).
    /// </summary>
    /// <param name="clock">The entry's access clock.</param>
    /// <param name="nowMs">Unix milliseconds.</param>
    /// <param name="decayMinutes"><c>lfu-decay-time</c>.</param>
    /// <param name="logFactor"><c>lfu-log-factor</c>.</param>
    /// <param name="random">64 random bits.</param>
    public static uint Used(uint clock, long nowMs, int decayMinutes, int logFactor, ulong random)
    {
        byte counter = At(clock, nowMs, decayMinutes);
        if (counter < byte.MaxValue)
        {
            ulong oneIn = ((ulong)Math.Max(counter - Initial, 0) * (uint)logFactor) + 1;
            if (Math.BigMul(random, oneIn, out _) == 0)
            {
                counter++;
            }
        }

        return Clock(nowMs, counter);
    }

    private static uint Clock(long nowMs, byte counter) => (Minute(nowMs) << 8) | counter;

    private static uint Minute(long nowMs) => (uint)(nowMs / MillisecondsPerMinute) & MinuteMask;
}
