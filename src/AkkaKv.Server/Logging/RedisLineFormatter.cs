using System.Globalization;
using AkkaKv.Actors.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace AkkaKv.Server.Logging;

/// <summary>Log lines as Redis writes them: <c>pid:role 04 Jan 2023 01:57:38.739 # message</c>. Tools that watch Redis's logs read them.</summary>
internal sealed class RedisLineFormatter() : ConsoleFormatter(FormatterName)
{
    /// <summary>The name under which the console logger finds this formatter.</summary>
    public const string FormatterName = "redis";

    /// <inheritdoc/>
    public override void Write<TState>(in LogEntry<TState> entry, IExternalScopeProvider? scopes, TextWriter output) =>
        Write(output, Environment.ProcessId, LogRoleLetter.Current, DateTime.Now, entry.LogLevel,
            entry.Formatter(entry.State, entry.Exception), entry.Exception);

    /// <summary>Writes one message; line breaks in it become <c>\n</c>, so that a message stays one line. An exception follows on lines of its own.</summary>
    internal static void Write(TextWriter output, int processId, char role, DateTime time, LogLevel level, string message, Exception? exception)
    {
        output.Write(string.Create(CultureInfo.InvariantCulture, $"{processId}:{role} {time:dd MMM yyyy HH:mm:ss.fff} {Sign(level)} "));
        output.Write(message.ReplaceLineEndings("\\n"));
        output.Write('\n');
        if (exception is not null)
        {
            output.Write(exception);
            output.Write('\n');
        }
    }

    /// <summary>Redis's signs: . debug, - verbose, * notice, # warning.</summary>
    private static char Sign(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => '.',
        LogLevel.Information => '*',
        _ => '#',
    };
}
