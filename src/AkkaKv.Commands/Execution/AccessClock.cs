namespace AkkaKv.Commands.Execution;

/// <summary>The 24-bit clock in which entries remember their last use: seconds of Unix time, wrapping after 194 days.</summary>
public static class AccessClock
{
    private const uint Mask = (1u << 24) - 1;

    /// <summary>The clock at <paramref name="nowMs"/>.</summary>
    public static uint At(long nowMs) => (uint)(nowMs / 1000) & Mask;

    /// <summary>Seconds between <paramref name="clock"/> and <paramref name="nowMs"/>, if they are less than one turn apart.</summary>
    public static long IdleSeconds(uint clock, long nowMs) => (At(nowMs) - clock) & Mask;
}
