using AkkaKv.Actors.Settings;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace AkkaKv.Server.Logging;

/// <summary>Log lines on standard output, in the form and from the severity that the settings ask for.</summary>
internal static class NodeLogging
{
    /// <summary>Creates the loggers of a node. Disposing the factory writes what is still queued.</summary>
    public static ILoggerFactory Create(LogSettings settings) => LoggerFactory.Create(logging =>
    {
        logging.SetMinimumLevel(settings.Level switch
        {
            LogThreshold.Debug => LogLevel.Debug,
            LogThreshold.Info => LogLevel.Information,
            LogThreshold.Warning => LogLevel.Warning,
            _ => LogLevel.Error,
        });
        if (settings.Format == LogFormat.Json)
        {
            logging.AddJsonConsole(json =>
            {
                json.UseUtcTimestamp = true;
                json.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            });
            return;
        }
        logging.AddConsole(console => console.FormatterName = RedisLineFormatter.FormatterName);
        logging.AddConsoleFormatter<RedisLineFormatter, ConsoleFormatterOptions>();
    });
}
