namespace Akka.Event;

/// <summary>How much a log entry matters.</summary>
public enum LogLevel
{
    /// <summary>For finding errors.</summary>
    DebugLevel,

    /// <summary>For following what happens.</summary>
    InfoLevel,

    /// <summary>Something may be wrong.</summary>
    WarningLevel,

    /// <summary>Something is wrong.</summary>
    ErrorLevel,
}

/// <summary>A log entry. Published on the event stream, so that any actor can be a logger.</summary>
public abstract class LogEvent : Actor.INoSerializationVerificationNeeded
{
    /// <summary>Notes time and thread.</summary>
    protected LogEvent()
    {
        Timestamp = DateTime.UtcNow;
        Thread = Thread.CurrentThread;
    }

    /// <summary>What caused the entry, or null.</summary>
    public Exception? Cause { get; protected set; }

    /// <summary>When, in UTC.</summary>
    public DateTime Timestamp { get; private set; }

    /// <summary>On which thread.</summary>
    public Thread Thread { get; private set; }

    /// <summary>Who wrote the entry: an actor's path or a name.</summary>
    public string LogSource { get; protected set; } = "";

    /// <summary>The type that wrote the entry.</summary>
    public Type LogClass { get; protected set; } = typeof(LogEvent);

    /// <summary>The text, or an object whose text it is.</summary>
    public object Message { get; protected set; } = "";

    /// <summary>The level.</summary>
    public abstract LogLevel LogLevel();

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = $"[{Logging.StringFor(LogLevel())}][{Timestamp:O}][Thread {Thread.ManagedThreadId:0000}][{LogSource}] {Message}";
        return Cause is null ? text : $"{text}{Environment.NewLine}Cause: {Cause}";
    }

    private protected void Set(Exception? cause, string logSource, Type logClass, object message)
    {
        Cause = cause;
        LogSource = logSource;
        LogClass = logClass;
        Message = message;
    }
}

/// <summary>For finding errors.</summary>
public class Debug : LogEvent
{
    /// <summary>Creates the entry.</summary>
    public Debug(string logSource, Type logClass, object message) : this(null!, logSource, logClass, message)
    {
    }

    /// <summary>Creates the entry.</summary>
    public Debug(Exception cause, string logSource, Type logClass, object message) => Set(cause, logSource, logClass, message);

    /// <inheritdoc/>
    public override LogLevel LogLevel() => Event.LogLevel.DebugLevel;
}

/// <summary>For following what happens.</summary>
public class Info : LogEvent
{
    /// <summary>Creates the entry.</summary>
    public Info(string logSource, Type logClass, object message) : this(null!, logSource, logClass, message)
    {
    }

    /// <summary>Creates the entry.</summary>
    public Info(Exception cause, string logSource, Type logClass, object message) => Set(cause, logSource, logClass, message);

    /// <inheritdoc/>
    public override LogLevel LogLevel() => Event.LogLevel.InfoLevel;
}

/// <summary>Something may be wrong.</summary>
public class Warning : LogEvent
{
    /// <summary>Creates the entry.</summary>
    public Warning(string logSource, Type logClass, object message) : this(null!, logSource, logClass, message)
    {
    }

    /// <summary>Creates the entry.</summary>
    public Warning(Exception cause, string logSource, Type logClass, object message) => Set(cause, logSource, logClass, message);

    /// <inheritdoc/>
    public override LogLevel LogLevel() => Event.LogLevel.WarningLevel;
}

/// <summary>Something is wrong.</summary>
public class Error : LogEvent
{
    /// <summary>Creates the entry.</summary>
    public Error(Exception cause, string logSource, Type logClass, object message) => Set(cause, logSource, logClass, message);

    /// <inheritdoc/>
    public override LogLevel LogLevel() => Event.LogLevel.ErrorLevel;
}
