using System.Globalization;

namespace Akka.Event;

/// <summary>Makes a text of a format and its arguments.</summary>
public interface ILogMessageFormatter
{
    /// <summary>Makes the text.</summary>
    string Format(string format, params object[] args);

    /// <summary>Makes the text.</summary>
    string Format(string format, IEnumerable<object> args);
}

/// <summary>Formats as <see cref="string.Format(string, object[])"/> does, culture-free.</summary>
public class DefaultLogMessageFormatter : ILogMessageFormatter
{
    /// <summary>The only one.</summary>
    public static readonly DefaultLogMessageFormatter Instance = new();

    private DefaultLogMessageFormatter()
    {
    }

    /// <inheritdoc/>
    public string Format(string format, params object[] args) => args.Length == 0 ? format : string.Format(CultureInfo.InvariantCulture, format, args);

    /// <inheritdoc/>
    public string Format(string format, IEnumerable<object> args) => Format(format, args.ToArray());
}

/// <summary>A format with its arguments; the text is made only if somebody reads it.</summary>
public abstract class LogMessage
{
    /// <summary>Makes the text.</summary>
    protected readonly ILogMessageFormatter Formatter;

    /// <summary>Creates the message.</summary>
    protected LogMessage(ILogMessageFormatter formatter, string format)
    {
        Formatter = formatter;
        Format = format;
    }

    /// <summary>The format.</summary>
    public string Format { get; private set; }

    /// <summary>The arguments.</summary>
    public abstract IEnumerable<object> Parameters();

    /// <summary>Format and arguments, for errors.</summary>
    public abstract string Unformatted();
}

/// <summary>A format with its arguments in an array.</summary>
internal sealed class FormattedLogMessage(ILogMessageFormatter formatter, string format, object[] arguments) : LogMessage(formatter, format)
{
    public override IEnumerable<object> Parameters() => arguments;

    public override string Unformatted() => $"{Format} <- [{string.Join(", ", arguments)}]";

    public override string ToString()
    {
        try
        {
            return Formatter.Format(Format, arguments);
        }
        catch (FormatException e)
        {
            // A wrong format must not take down a logger.
            return $"{Unformatted()} ({e.Message})";
        }
    }
}

/// <summary>A log.</summary>
public interface ILoggingAdapter
{
    /// <summary>Makes texts.</summary>
    ILogMessageFormatter Formatter { get; }

    /// <summary>True if DEBUG is on.</summary>
    bool IsDebugEnabled { get; }

    /// <summary>True if INFO is on.</summary>
    bool IsInfoEnabled { get; }

    /// <summary>True if WARNING is on.</summary>
    bool IsWarningEnabled { get; }

    /// <summary>True if ERROR is on.</summary>
    bool IsErrorEnabled { get; }

    /// <summary>True if a level is on.</summary>
    bool IsEnabled(LogLevel logLevel);

    /// <summary>Writes an entry.</summary>
    void Log(LogLevel logLevel, Exception? cause, LogMessage message);

    /// <summary>Writes an entry.</summary>
    void Log(LogLevel logLevel, Exception? cause, string format);
}

/// <summary>The base of logs.</summary>
public abstract class LoggingAdapterBase : ILoggingAdapter
{
    /// <summary>Creates the log.</summary>
    protected LoggingAdapterBase(ILogMessageFormatter logMessageFormatter) => Formatter = logMessageFormatter;

    /// <inheritdoc/>
    public ILogMessageFormatter Formatter { get; }

    /// <inheritdoc/>
    public abstract bool IsDebugEnabled { get; }

    /// <inheritdoc/>
    public abstract bool IsInfoEnabled { get; }

    /// <inheritdoc/>
    public abstract bool IsWarningEnabled { get; }

    /// <inheritdoc/>
    public abstract bool IsErrorEnabled { get; }

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel switch
    {
        LogLevel.DebugLevel => IsDebugEnabled,
        LogLevel.InfoLevel => IsInfoEnabled,
        LogLevel.WarningLevel => IsWarningEnabled,
        _ => IsErrorEnabled,
    };

    /// <inheritdoc/>
    public void Log(LogLevel logLevel, Exception? cause, LogMessage message)
    {
        if (IsEnabled(logLevel)) NotifyLog(logLevel, message, cause);
    }

    /// <inheritdoc/>
    public void Log(LogLevel logLevel, Exception? cause, string format)
    {
        if (IsEnabled(logLevel)) NotifyLog(logLevel, format, cause);
    }

    /// <summary>Takes an entry whose level is on.</summary>
    protected abstract void NotifyLog(LogLevel logLevel, object message, Exception? cause = null);
}

/// <summary>The log that publishes on the event stream.</summary>
public sealed class BusLogging : LoggingAdapterBase
{
    /// <summary>Creates the log.</summary>
    public BusLogging(LoggingBus bus, string logSource, Type logClass, ILogMessageFormatter logMessageFormatter) : base(logMessageFormatter)
    {
        Bus = bus;
        LogSource = logSource;
        LogClass = logClass;
    }

    /// <summary>The event stream.</summary>
    public LoggingBus Bus { get; }

    /// <summary>The source of the entries.</summary>
    public string LogSource { get; }

    /// <summary>The type that writes the entries.</summary>
    public Type LogClass { get; }

    /// <inheritdoc/>
    public override bool IsDebugEnabled => Bus.LogLevel <= LogLevel.DebugLevel;

    /// <inheritdoc/>
    public override bool IsInfoEnabled => Bus.LogLevel <= LogLevel.InfoLevel;

    /// <inheritdoc/>
    public override bool IsWarningEnabled => Bus.LogLevel <= LogLevel.WarningLevel;

    /// <inheritdoc/>
    public override bool IsErrorEnabled => Bus.LogLevel <= LogLevel.ErrorLevel;

    /// <inheritdoc/>
    protected override void NotifyLog(LogLevel logLevel, object message, Exception? cause = null) => Bus.Publish(logLevel switch
    {
        LogLevel.DebugLevel => new Debug(cause!, LogSource, LogClass, message),
        LogLevel.InfoLevel => new Info(cause!, LogSource, LogClass, message),
        LogLevel.WarningLevel => new Warning(cause!, LogSource, LogClass, message),
        _ => (LogEvent)new Error(cause!, LogSource, LogClass, message),
    });
}

/// <summary>The log that writes nothing.</summary>
public sealed class NoLogger : ILoggingAdapter
{
    /// <summary>The only one.</summary>
    public static readonly ILoggingAdapter Instance = new NoLogger();

    private NoLogger()
    {
    }

    /// <inheritdoc/>
    public ILogMessageFormatter Formatter => DefaultLogMessageFormatter.Instance;

    /// <inheritdoc/>
    public bool IsDebugEnabled => false;

    /// <inheritdoc/>
    public bool IsInfoEnabled => false;

    /// <inheritdoc/>
    public bool IsWarningEnabled => false;

    /// <inheritdoc/>
    public bool IsErrorEnabled => false;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => false;

    /// <inheritdoc/>
    public void Log(LogLevel logLevel, Exception? cause, LogMessage message)
    {
    }

    /// <inheritdoc/>
    public void Log(LogLevel logLevel, Exception? cause, string format)
    {
    }
}
