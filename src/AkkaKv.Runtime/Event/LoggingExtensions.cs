namespace Akka.Event;

/// <summary>Writing entries of each level. A format has numbered places: <c>log.Info("{0} joined", member)</c>.</summary>
public static class LoggingExtensions
{
    /// <summary>Writes an entry of a level.</summary>
    public static void Log(this ILoggingAdapter log, LogLevel level, string message) => log.Log(level, null, message);

    /// <summary>Writes an entry of a level.</summary>
    public static void Log(this ILoggingAdapter log, LogLevel level, string format, params object[] args) => log.Write(level, null, format, args);

    /// <summary>Writes an entry of a level.</summary>
    public static void Log(this ILoggingAdapter log, LogLevel level, Exception cause, string format, params object[] args) => log.Write(level, cause, format, args);

    private static void Write(this ILoggingAdapter log, LogLevel level, Exception? cause, string format, object[] args)
    {
        if (log.IsEnabled(level)) log.Log(level, cause, new FormattedLogMessage(log.Formatter, format, args));
    }

    /// <summary>Writes an entry of level DEBUG.</summary>
    public static void Debug(this ILoggingAdapter log, string format) => log.Log(LogLevel.DebugLevel, null, format);

    /// <summary>Writes an entry of level DEBUG.</summary>
    public static void Debug(this ILoggingAdapter log, string format, params object[] args) => log.Write(LogLevel.DebugLevel, null, format, args);

    /// <summary>Writes an entry of level DEBUG.</summary>
    public static void Debug(this ILoggingAdapter log, Exception cause, string format) => log.Log(LogLevel.DebugLevel, cause, format);

    /// <summary>Writes an entry of level DEBUG.</summary>
    public static void Debug(this ILoggingAdapter log, Exception cause, string format, params object[] args) => log.Write(LogLevel.DebugLevel, cause, format, args);

    /// <summary>Writes an entry of level INFO.</summary>
    public static void Info(this ILoggingAdapter log, string format) => log.Log(LogLevel.InfoLevel, null, format);

    /// <summary>Writes an entry of level INFO.</summary>
    public static void Info(this ILoggingAdapter log, string format, params object[] args) => log.Write(LogLevel.InfoLevel, null, format, args);

    /// <summary>Writes an entry of level INFO.</summary>
    public static void Info(this ILoggingAdapter log, Exception cause, string format) => log.Log(LogLevel.InfoLevel, cause, format);

    /// <summary>Writes an entry of level INFO.</summary>
    public static void Info(this ILoggingAdapter log, Exception cause, string format, params object[] args) => log.Write(LogLevel.InfoLevel, cause, format, args);

    /// <summary>Writes an entry of level WARNING.</summary>
    public static void Warning(this ILoggingAdapter log, string format) => log.Log(LogLevel.WarningLevel, null, format);

    /// <summary>Writes an entry of level WARNING.</summary>
    public static void Warning(this ILoggingAdapter log, string format, params object[] args) => log.Write(LogLevel.WarningLevel, null, format, args);

    /// <summary>Writes an entry of level WARNING.</summary>
    public static void Warning(this ILoggingAdapter log, Exception cause, string format) => log.Log(LogLevel.WarningLevel, cause, format);

    /// <summary>Writes an entry of level WARNING.</summary>
    public static void Warning(this ILoggingAdapter log, Exception cause, string format, params object[] args) => log.Write(LogLevel.WarningLevel, cause, format, args);

    /// <summary>Writes an entry of level ERROR.</summary>
    public static void Error(this ILoggingAdapter log, string format) => log.Log(LogLevel.ErrorLevel, null, format);

    /// <summary>Writes an entry of level ERROR.</summary>
    public static void Error(this ILoggingAdapter log, string format, params object[] args) => log.Write(LogLevel.ErrorLevel, null, format, args);

    /// <summary>Writes an entry of level ERROR.</summary>
    public static void Error(this ILoggingAdapter log, Exception cause, string format) => log.Log(LogLevel.ErrorLevel, cause, format);

    /// <summary>Writes an entry of level ERROR.</summary>
    public static void Error(this ILoggingAdapter log, Exception cause, string format, params object[] args) => log.Write(LogLevel.ErrorLevel, cause, format, args);
}
