using System.Net;
using Akka.Configuration;
using Akka.Remote.Transport;

namespace Akka.Remote;

/// <summary>The settings of <c>akka.remote</c>, checked.</summary>
/// <param name="Tcp">The transport's.</param>
/// <param name="WatchDetector">The failure detector of remote death watch.</param>
/// <param name="WatchHeartbeatInterval">How often systems with watched actors are asked.</param>
/// <param name="WatchExpectedResponseAfterMs">From when on a system that never answered counts as silent.</param>
/// <param name="LogLifecycleEvents">Whether connections that come and go are logged.</param>
internal sealed record RemotingSettings(
    TcpSettings Tcp, PhiAccrualSettings WatchDetector, TimeSpan WatchHeartbeatInterval, long WatchExpectedResponseAfterMs, bool LogLifecycleEvents)
{
    private const int FrameBytesMin = 32_000;

    /// <exception cref="ConfigurationException">A setting is missing or out of its range.</exception>
    public static RemotingSettings Read(Config config)
    {
        var remote = config.GetConfig("akka.remote") ?? Config.Empty;
        return new RemotingSettings(
            ReadTcp(remote),
            FailureDetectorSettings.Read(remote, "akka.remote", "watch-failure-detector"),
            remote.GetTimeSpan("watch-failure-detector.heartbeat-interval"),
            (long)remote.GetTimeSpan("watch-failure-detector.expected-response-after").TotalMilliseconds,
            remote.GetBoolean("log-remote-lifecycle-events"));
    }

    private static TcpSettings ReadTcp(Config remote)
    {
        const string Tcp = "dot-netty.tcp.";
        var cookie = remote.GetString("secure-cookie") ?? "";
        var required = remote.GetBoolean("require-cookie");
        if (required && cookie.Length == 0)
            throw new ConfigurationException("akka.remote.secure-cookie: is empty, but akka.remote.require-cookie is on");
        var hostname = remote.GetString(Tcp + "hostname");
        var port = remote.GetInt(Tcp + "port");
        if (port is < 0 or > 65535)
            throw new ConfigurationException($"akka.remote.dot-netty.tcp.port: {port} is not between 0 and 65535");
        var frameBytes = remote.GetByteSize(Tcp + "maximum-frame-size") ?? 128_000;
        if (frameBytes is < FrameBytesMin or > int.MaxValue / 2)
            throw new ConfigurationException($"akka.remote.dot-netty.tcp.maximum-frame-size: {frameBytes} is not between {FrameBytesMin} bytes and 1 GiB");
        return new TcpSettings
        {
            Hostname = string.IsNullOrEmpty(hostname) ? Dns.GetHostName() : hostname,
            Port = port,
            PublicHostname = remote.GetString(Tcp + "public-hostname") is { Length: > 0 } name ? name : null,
            PublicPort = remote.GetInt(Tcp + "public-port"),
            MaximumFrameBytes = (int)frameBytes,
            SendQueueBytesMax = (int)Math.Clamp(remote.GetByteSize(Tcp + "write-buffer-high-water-mark") ?? 16 * 1024 * 1024, frameBytes, int.MaxValue / 2),
            ConnectionTimeoutMs = Milliseconds(remote, Tcp + "connection-timeout"),
            RetryGateClosedForMs = Milliseconds(remote, "retry-gate-closed-for"),
            HeartbeatIntervalMs = Math.Max(1, Milliseconds(remote, "transport-failure-detector.heartbeat-interval")),
            AcceptableHeartbeatPauseMs = Milliseconds(remote, "transport-failure-detector.acceptable-heartbeat-pause"),
            FlushWaitMs = Milliseconds(remote, "flush-wait-on-shutdown"),
            PruneQuarantineMarkerAfterMs = (long)remote.GetTimeSpan("prune-quarantine-marker-after").TotalMilliseconds,
            SecureCookie = required ? cookie : null,
        };
    }

    private static int Milliseconds(Config config, string path) => (int)Math.Clamp(config.GetTimeSpan(path).TotalMilliseconds, 0, int.MaxValue / 4);
}

/// <summary>A phi accrual failure detector's section.</summary>
internal static class FailureDetectorSettings
{
    /// <exception cref="ConfigurationException">A setting is out of its range.</exception>
    public static PhiAccrualSettings Read(Config parent, string parentPath, string name)
    {
        long Milliseconds(string path) => (long)parent.GetTimeSpan($"{name}.{path}").TotalMilliseconds;
        try
        {
            return new PhiAccrualSettings(
                parent.GetDouble($"{name}.threshold"),
                parent.GetInt($"{name}.max-sample-size"),
                Milliseconds("min-std-deviation"),
                Milliseconds("acceptable-heartbeat-pause"),
                Milliseconds("heartbeat-interval"));
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new ConfigurationException($"{parentPath}.{name}: {e.Message}", e);
        }
    }
}
