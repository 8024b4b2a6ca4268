using Akka.Actor;
using Akka.Configuration;

namespace Akka.TestKit;

/// <summary>Timeouts of expectations, from <c>akka.test</c>.</summary>
public class TestKitSettings(Config config) : IExtension
{
    /// <summary>How long an expectation waits that says nothing else.</summary>
    public TimeSpan DefaultTimeout { get; } = config.GetTimeSpan("default-timeout", TimeSpan.FromSeconds(5));

    /// <summary>How long one message is waited for.</summary>
    public TimeSpan SingleExpectDefault { get; } = config.GetTimeSpan("single-expect-default", TimeSpan.FromSeconds(3));

    /// <summary>By what all given durations are multiplied, for slow machines.</summary>
    public double TestTimeFactor { get; } = config.GetDouble("timefactor", 1);
}
