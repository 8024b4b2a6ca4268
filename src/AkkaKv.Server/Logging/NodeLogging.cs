using AkkaKv.Actors.Settings;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace AkkaKv.Server.Logging;

/// <summary>Log lines on standard output, in the form and from the severity that the settings ask for.</summary>
internal static class NodeLogging
{
    /// <summary>Creates the loggers of a node. Disposing the factory writes what is still queued.</summary>
    public static ILoggerFactory Create(LogSettings settings)
    {
        LogLevel level = settings.Level switch
        {
            LogThreshold.Debug => LogLevel.Debug,
            LogThreshold.Info => LogLevel.Information,
            LogThreshold.Warning => LogLevel.Warning,
            _ => LogLevel.Error,
        };
        return settings.Format == LogFormat.Json ? CreateJson(level) : CreateText(level);
    }

    private static ILoggerFactory CreateJson(LogLevel level) => LoggerFactory.Create(logging => logging
        .SetMinimumLevel(level)
        .AddJsonConsole(json =>
        {
            json.UseUtcTimestamp = true;
            json.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
        }));

    /// <summary>Put together by hand: the container that <see cref="LoggerFactory.Create"/> builds is a tenth of the time that a node takes to start.</summary>
    private static LoggerFactory CreateText(LogLevel level)
    {
        var options = new FixedOptions(new ConsoleLoggerOptions { FormatterName = RedisLineFormatter.FormatterName });
        return new LoggerFactory([new ConsoleLoggerProvider(options, [new RedisLineFormatter()])], new LoggerFilterOptions { MinLevel = level });
    }

    /// <summary>Options that never change.</summary>
    private sealed class FixedOptions(ConsoleLoggerOptions value) : IOptionsMonitor<ConsoleLoggerOptions>
    {
        public ConsoleLoggerOptions CurrentValue => value;

        public ConsoleLoggerOptions Get(string? name) => value;

        public IDisposable? OnChange(Action<ConsoleLoggerOptions, string?> listener) => null;
    }
}
