using Akka.Remote;

namespace AkkaKv.Runtime.Tests.Membership;

public class PhiAccrualTests
{
    private static readonly PhiAccrualSettings Settings = new(8.0, 1000, 100, 0, 1000);

    [Fact]
    public void Before_the_first_heartbeat_everything_is_available_and_nothing_is_monitored()
    {
        var detector = new PhiAccrual(Settings);

        Assert.False(detector.IsMonitoring);
        Assert.True(detector.IsAvailable(1_000_000));
    }

    [Fact]
    public void Suspicion_grows_with_silence_and_ends_with_a_heartbeat()
    {
        var detector = Beating(new PhiAccrual(Settings), count: 20);

        Assert.True(detector.Phi(20_500) < detector.Phi(21_000));
        Assert.True(detector.IsAvailable(21_000));
        Assert.False(detector.IsAvailable(25_000));

        detector.Heartbeat(25_000);
        Assert.True(detector.IsAvailable(25_500));
    }

    [Fact]
    public void The_acceptable_pause_is_forgiven()
    {
        var strict = Beating(new PhiAccrual(Settings), count: 50);
        var patient = Beating(new PhiAccrual(Settings with { AcceptableHeartbeatPauseMs = 3000 }), count: 50);

        Assert.False(strict.IsAvailable(53_000));
        Assert.True(patient.IsAvailable(53_000));
        Assert.False(patient.IsAvailable(57_000));
    }

    [Fact]
    public void The_interval_that_ended_an_outage_does_not_make_it_patient()
    {
        var detector = Beating(new PhiAccrual(Settings), count: 50);
        detector.Heartbeat(150_000);

        Assert.False(detector.IsAvailable(155_000));
    }

    [Fact]
    public void Phi_at_the_mean_is_the_logarithm_of_one_half() => Assert.Equal(0.301, PhiAccrual.Phi(1000, 1000, 100), 3);

    [Fact]
    public void Only_the_latest_samples_count()
    {
        var detector = new PhiAccrual(Settings with { MaxSampleSize = 10, MinStdDeviationMs = 10 });
        long now = 0;
        for (var i = 0; i < 50; i++)
            detector.Heartbeat(now += 1000);
        for (var i = 0; i < 50; i++)
            detector.Heartbeat(now += 100);

        Assert.False(detector.IsAvailable(now + 500));
    }

    [Fact]
    public void The_public_detector_follows_its_clock()
    {
        long now = 0;
        var detector = new PhiAccrualFailureDetector(
            8.0, 100, TimeSpan.FromMilliseconds(100), TimeSpan.Zero, TimeSpan.FromSeconds(1), () => now);
        Assert.False(detector.IsMonitoring);
        for (now = 0; now <= 10_000; now += 1000)
            detector.HeartBeat();

        now = 10_900;
        Assert.True(detector.IsAvailable);
        now = 20_000;
        Assert.False(detector.IsAvailable);
    }

    [Theory]
    [InlineData(0, 100, 100)]
    [InlineData(8, 1, 100)]
    [InlineData(8, 100, 0)]
    public void Settings_out_of_range_are_refused(double threshold, int samples, long deviationMs) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PhiAccrualSettings(threshold, samples, deviationMs, 0, 1000));

    private static PhiAccrual Beating(PhiAccrual detector, int count)
    {
        for (var i = 1; i <= count; i++)
            detector.Heartbeat(i * 1000L);
        return detector;
    }
}
