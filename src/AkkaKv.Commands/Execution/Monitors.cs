using System.Globalization;
using System.Text;
using AkkaKv.Commands.Sessions;
using AkkaKv.Commands.Table;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Execution;

/// <summary>The sessions that asked by MONITOR to see all commands.</summary>
public sealed class Monitors
{
    private readonly List<ClientSession> _sessions = [];

    internal Monitors()
    {
    }

    /// <summary>Whether anybody watches.</summary>
    public bool Any => _sessions.Count > 0;

    internal void Add(ClientSession session)
    {
        session.IsMonitor = true;
        _sessions.Add(session);
    }

    internal void Remove(ClientSession session)
    {
        session.IsMonitor = false;
        _sessions.Remove(session);
    }

    /// <summary>Shows one executed command, in Redis's form: <c>1339518083.107412 [0 127.0.0.1:60866] "get" "x"</c>.</summary>
    internal void Show(ClientSession source, int database, CommandRow row, in Arguments request, long unixTimeMicroseconds)
    {
        if (row.Has(CommandFlags.SkipMonitor | CommandFlags.Admin))
        {
            return;
        }

        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"{unixTimeMicroseconds / 1_000_000}.{unixTimeMicroseconds % 1_000_000:000000}");
        line.Append(CultureInfo.InvariantCulture, $" [{database} {source.Address}]");
        for (int i = 0; i < request.Count; i++)
        {
            line.Append(' ');
            if (i > 0 && row.Has(CommandFlags.Sensitive))
            {
                line.Append("\"(redacted)\"");
            }
            else
            {
                AppendQuoted(line, request[i]);
            }
        }

        byte[] text = Encoding.ASCII.GetBytes(line.ToString());
        foreach (ClientSession session in _sessions)
        {
            session.Reply.SimpleString(text);
            session.Host.OutputReady();
        }
    }

    /// <summary>Redis's quoting of any bytes (sdscatrepr).</summary>
    internal static void AppendQuoted(StringBuilder target, ReadOnlySpan<byte> bytes)
    {
        target.Append('"');
        foreach (byte value in bytes)
        {
            _ = value switch
            {
                (byte)'\\' => target.Append("\\\\"),
                (byte)'"' => target.Append("\\\""),
                (byte)'\n' => target.Append("\\n"),
                (byte)'\r' => target.Append("\\r"),
                (byte)'\t' => target.Append("\\t"),
                (byte)'\a' => target.Append("\\a"),
                (byte)'\b' => target.Append("\\b"),
                >= 0x20 and < 0x7f => target.Append((char)value),
                _ => target.Append("\\x").Append(value.ToString("x2", CultureInfo.InvariantCulture)),
            };
        }

        target.Append('"');
    }
}
