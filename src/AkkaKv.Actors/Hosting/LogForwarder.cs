using Akka.Actor;
using Akka.Event;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace AkkaKv.Actors.Hosting;

/// <summary>Carries the actor system's log events to the process's log.</summary>
internal sealed class LogForwarder : ReceiveActor
{
    /// <summary>Creates it; it is subscribed to <see cref="LogEvent"/> by whoever makes it.</summary>
    public LogForwarder(ILoggerFactory loggers) => Receive<LogEvent>(e => Forward(loggers, e));

    /// <summary>How to make one.</summary>
    public static Props Props(ILoggerFactory loggers) => Akka.Actor.Props.Create(() => new LogForwarder(loggers));

    private static void Forward(ILoggerFactory loggers, LogEvent e)
    {
        var level = e switch
        {
            Error => LogLevel.Error,
            Warning => LogLevel.Warning,
            Info => LogLevel.Information,
            _ => LogLevel.Debug,
        };
        var logger = loggers.CreateLogger(e.LogClass.Name);
        if (logger.IsEnabled(level))
            logger.Log(level, e.Cause, "{Message}", e.Message);
    }
}
