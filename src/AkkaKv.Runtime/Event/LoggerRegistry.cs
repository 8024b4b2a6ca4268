using Akka.Actor;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Event;

/// <summary>Starts the loggers of a system and subscribes them to the levels that are on.</summary>
internal sealed class LoggerRegistry(EventStream bus, Settings settings)
{
    private readonly List<IActorRef> _loggers = [];
    private readonly StandardOutLogger _console = new();

    public void StartConsole()
    {
        bus.SetLogLevel(LevelOf(settings.LogLevel));
        SubscribeTo(_console, LevelOf(settings.StdoutLogLevel));
    }

    /// <summary>Starts the actors of <c>akka.loggers</c> and waits until each says that it is ready.</summary>
    public void StartConfigured(ActorSystemImpl system)
    {
        var level = LevelOf(settings.LogLevel);
        var number = 0;
        foreach (var name in settings.Loggers)
        {
            if (name.StartsWith("Akka.Event.StandardOutLogger", StringComparison.Ordinal))
            {
                SubscribeTo(_console, level);
                _loggers.Add(_console);
                continue;
            }
            var type = TypeNames.Find(name, typeof(ActorBase)) ?? throw new ConfigurationException($"akka.loggers: '{name}' is not a type of actor.");
            var logger = system.SystemActorOf(Props.Create(type).WithDispatcher(settings.LoggersDispatcher), $"log{++number}-{type.Name}");
            try
            {
                var answer = logger.Ask(new InitializeLogger(bus), settings.LoggerStartTimeout).GetAwaiter().GetResult();
                if (answer is not LoggerInitialized)
                    throw new LoggerInitializationException($"Logger {name} answered {answer} to InitializeLogger, not LoggerInitialized.");
            }
            catch (AskTimeoutException e)
            {
                throw new LoggerInitializationException($"Logger {name} did not answer LoggerInitialized within {settings.LoggerStartTimeout}.", e);
            }
            _loggers.Add(logger);
            SubscribeTo(logger, level);
        }
        if (_loggers.Count > 0 && !_loggers.Contains(_console)) bus.Unsubscribe(_console);
        if (settings.DebugUnhandledMessage) system.SystemActorOf(Props.Create<UnhandledMessageLogger>(), "unhandledMessageLogger");
    }

    public void Subscribe(LogLevel level)
    {
        foreach (var logger in _loggers) SubscribeTo(logger, level);
    }

    /// <summary>The actors end: what is still said goes to the console.</summary>
    public void Stop()
    {
        SubscribeTo(_console, LevelOf(settings.StdoutLogLevel));
        foreach (var logger in _loggers)
            if (!ReferenceEquals(logger, _console)) bus.Unsubscribe(logger);
    }

    private static LogLevel LevelOf(string name) => name.Equals("OFF", StringComparison.OrdinalIgnoreCase) ? Logging.OffLevel : Logging.LogLevelFor(name);

    private void SubscribeTo(IActorRef logger, LogLevel level)
    {
        foreach (var each in Logging.AllLevels)
        {
            if (each >= level) bus.Subscribe(logger, Logging.ClassFor(each));
            else bus.Unsubscribe(logger, Logging.ClassFor(each));
        }
    }
}

/// <summary>Writes unhandled messages to the log.</summary>
internal sealed class UnhandledMessageLogger : ActorBase
{
    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(UnhandledMessage));

    protected override bool Receive(object message)
    {
        if (message is not UnhandledMessage unhandled) return false;
        Context.System.EventStream.Publish(new Debug(unhandled.Recipient.Path.ToString(), unhandled.Recipient.GetType(),
            $"Unhandled message from {unhandled.Sender} : {unhandled.Message}"));
        return true;
    }
}
