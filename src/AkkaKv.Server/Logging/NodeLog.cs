using Microsoft.Extensions.Logging;

namespace AkkaKv.Server.Logging;

/// <summary>The log lines of the process itself.</summary>
internal static partial class NodeLog
{
    /// <summary>A signal has come.</summary>
    [LoggerMessage(1, LogLevel.Information, "{Name} was asked to stop")]
    public static partial void Stopping(ILogger log, string name);

    /// <summary>The last line.</summary>
    [LoggerMessage(2, LogLevel.Information, "{Name} has stopped")]
    public static partial void Stopped(ILogger log, string name);

    /// <summary>The process ends because of an error that it did not expect.</summary>
    [LoggerMessage(3, LogLevel.Critical, "{Name} ends because of an error")]
    public static partial void Failed(ILogger log, string name, Exception error);
}
