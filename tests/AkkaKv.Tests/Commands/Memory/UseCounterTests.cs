using AkkaKv.Commands.Execution;

namespace AkkaKv.Tests.Commands.Memory;

public sealed class UseCounterTests
{
    private const long NowMs = 1_700_000_000_000;
    private const long Minute = 60_000;

    [Fact]
    public void A_new_key_has_been_used_five_times()
    {
        Assert.Equal(5, UseCounter.At(UseCounter.New(NowMs), NowMs, decayMinutes: 1));
    }

    [Theory]
    [InlineData(1, 0, 5)]
    [InlineData(1, 1, 4)]
    [InlineData(1, 4, 1)]
    [InlineData(1, 5, 0)]
    [InlineData(1, 60_000, 0)]
    [InlineData(3, 2, 5)]
    [InlineData(3, 7, 3)]
    [InlineData(0, 60_000, 5)]
    public void The_counter_is_lowered_once_for_each_decay_time_that_passed(int decayMinutes, int minutes, int counter)
    {
        uint clock = UseCounter.New(NowMs / Minute * Minute);
        Assert.Equal(counter, UseCounter.At(clock, (NowMs / Minute * Minute) + (minutes * Minute), decayMinutes));
    }

    [Fact]
    public void Minutes_wrap_after_45_days_without_a_leap()
    {
        const long beforeWrap = ((65_536L * 500) - 1) * Minute;
        uint clock = UseCounter.New(beforeWrap);
        Assert.Equal(3, UseCounter.At(clock, beforeWrap + (2 * Minute), decayMinutes: 1));
    }

    [Fact]
    public void Up_to_the_initial_value_every_use_counts()
    {
        uint clock = 0;
        for (int use = 1; use <= 6; use++)
        {
            clock = UseCounter.Used(clock, NowMs, decayMinutes: 0, logFactor: 10, random: ulong.MaxValue - 1);
            Assert.Equal(use, UseCounter.At(clock, NowMs, 0));
            if (use == 5)
            {
                break;
            }
        }
    }

    [Theory]
    [InlineData(10, 6, 11)]
    [InlineData(10, 15, 101)]
    [InlineData(0, 200, 1)]
    [InlineData(100, 254, 24_901)]
    public void Above_it_a_use_counts_with_a_probability_that_falls_with_the_counter(int logFactor, uint counter, ulong oneIn)
    {
        uint clock = (UseCounter.New(NowMs) & ~0xFFu) | counter;
        ulong lastThatCounts = (ulong)(((UInt128)1 << 64) / oneIn) - 1;
        Assert.Equal(counter + 1, UseCounter.At(UseCounter.Used(clock, NowMs, 1, logFactor, lastThatCounts - 1), NowMs, 1));
        if (oneIn > 1)
        {
            Assert.Equal(counter, UseCounter.At(UseCounter.Used(clock, NowMs, 1, logFactor, lastThatCounts + 2), NowMs, 1));
        }
    }

    [Fact]
    public void The_counter_stays_at_its_maximum()
    {
        uint clock = UseCounter.New(NowMs) | 0xFF;
        Assert.Equal(255, UseCounter.At(UseCounter.Used(clock, NowMs, 0, 0, 0), NowMs, 0));
    }

    // The table of redis.conf: with the default factor of 10, 100 uses make about 10, 1000 about 18, 100,000 about 142, and it is full after a million.
    [Theory]
    [InlineData(100, 7, 14)]
    [InlineData(1_000, 14, 23)]
    [InlineData(100_000, 125, 160)]
    [InlineData(1_500_000, 255, 255)]
    public void Uses_raise_the_counter_as_Redis_documents_it(int uses, int min, int max)
    {
        var random = new Random(7);
        uint clock = UseCounter.New(NowMs);
        for (int i = 0; i < uses; i++)
        {
            clock = UseCounter.Used(clock, NowMs, 1, 10, (ulong)random.NextInt64(long.MinValue, long.MaxValue));
        }

        Assert.InRange(UseCounter.At(clock, NowMs, 1), min, max);
    }
}
