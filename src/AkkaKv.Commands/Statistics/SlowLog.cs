using AkkaKv.Commands.Configuration;
using AkkaKv.Commands.Sessions;
using AkkaKv.Commands.Table;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Statistics;

/// <summary>One slow command.</summary>
/// <param name="Id">A number that grows.</param>
/// <param name="TimeSeconds">When it ran, Unix seconds.</param>
/// <param name="Microseconds">How long it ran.</param>
/// <param name="Arguments">The command, shortened.</param>
/// <param name="Address">The client's address.</param>
/// <param name="ClientName">The client's name.</param>
public sealed record SlowLogEntry(long Id, long TimeSeconds, long Microseconds, IReadOnlyList<byte[]> Arguments, string Address, string ClientName);

/// <summary>The latest commands that ran longer than <c>slowlog-log-slower-than</c>, newest first.</summary>
public sealed class SlowLog
{
    private const int ArgumentsMax = 32;
    private const int ArgumentLengthMax = 128;

    private readonly LinkedList<SlowLogEntry> _entries = new();
    private long _nextId;

    /// <summary>How many entries there are.</summary>
    public int Count => _entries.Count;

    /// <summary>The entries, newest first.</summary>
    public IEnumerable<SlowLogEntry> Entries => _entries;

    internal void Clear() => _entries.Clear();

    internal void Record(ServerSettings settings, CommandRow row, in Arguments request, ClientSession session, long microseconds, long nowMs)
    {
        if (settings.SlowLogSlowerThanMicroseconds < 0 || microseconds < settings.SlowLogSlowerThanMicroseconds)
        {
            return;
        }

        if (!row.Has(CommandFlags.SkipSlowlog))
        {
            _entries.AddFirst(new SlowLogEntry(_nextId++, nowMs / 1000, microseconds, Shorten(row, request), session.Address, session.Name));
        }

        while (_entries.Count > settings.SlowLogMaxLength)
        {
            _entries.RemoveLast();
        }
    }

    private static List<byte[]> Shorten(CommandRow row, in Arguments request)
    {
        int count = Math.Min(request.Count, ArgumentsMax);
        var shown = new List<byte[]>(count);
        for (int i = 0; i < count; i++)
        {
            if (i == ArgumentsMax - 1 && request.Count > ArgumentsMax)
            {
                shown.Add(System.Text.Encoding.ASCII.GetBytes($"... ({request.Count - ArgumentsMax + 1} more arguments)"));
            }
            else if (i > 0 && row.Has(CommandFlags.Sensitive))
            {
                shown.Add("(redacted)"u8.ToArray());
            }
            else if (request[i].Length > ArgumentLengthMax)
            {
                byte[] more = System.Text.Encoding.ASCII.GetBytes($"... ({request[i].Length - ArgumentLengthMax} more bytes)");
                shown.Add([.. request[i][..ArgumentLengthMax], .. more]);
            }
            else
            {
                shown.Add(request[i].ToArray());
            }
        }

        return shown;
    }
}
