namespace AkkaKv.Scripting.Runtime;

/// <summary>
/// The generator behind math.random: drand48's with its first state, so that scripts see the numbers that they see in Redis. As there, it goes on from script to script.
/// </summary>
internal sealed class DeterministicRandom
{
    private const ulong Mask = (1UL << 48) - 1;

    private ulong _state = 0x1234_ABCD_330E;

    public void Seed(uint seed) => _state = ((ulong)seed << 16) | 0x330E;

    /// <summary>The next 31 bits.</summary>
    public uint Next()
    {
        _state = (_state * 0x5DEECE66D + 0xB) & Mask;
        return (uint)(_state >> 17);
    }
}
