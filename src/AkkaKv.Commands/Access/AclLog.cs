namespace AkkaKv.Commands.Access;

/// <summary>One refusal, or several of the same kind.</summary>
internal sealed record AclLogEntry(AclReason Reason, AclOrigin Origin, string Object, string User)
{
    /// <summary>How often.</summary>
    public long Count { get; set; } = 1;

    /// <summary>When it last happened, Unix milliseconds.</summary>
    public long AtMs { get; set; }

    /// <summary>The client that it last happened to, as CLIENT LIST shows it.</summary>
    public string Client { get; set; } = "";
}

/// <summary>ACL LOG: the latest refused commands and logins, the last one first. Repetitions within a minute are one entry.</summary>
internal sealed class AclLog
{
    private const int ComparedEntries = 10;
    private const long SameWithinMs = 60_000;

    private readonly List<AclLogEntry> _entries = [];

    /// <summary>The entries, the last one first.</summary>
    public IReadOnlyList<AclLogEntry> Entries => _entries;

    public void Clear() => _entries.Clear();

    /// <summary>Notes a refusal.</summary>
    /// <param name="entry">What was refused.</param>
    /// <param name="client">To whom, as CLIENT LIST shows it.</param>
    /// <param name="nowMs">When, Unix milliseconds.</param>
    /// <param name="maxLength">acllog-max-len.</param>
    public void Add(AclLogEntry entry, string client, long nowMs, long maxLength)
    {
        for (int i = 0; i < Math.Min(_entries.Count, ComparedEntries); i++)
        {
            AclLogEntry known = _entries[i];
            if (known.Reason == entry.Reason && known.Origin == entry.Origin && known.Object == entry.Object && known.User == entry.User
                && nowMs - known.AtMs <= SameWithinMs)
            {
                _entries.RemoveAt(i);
                known.Count++;
                entry = known;
                break;
            }
        }

        entry.AtMs = nowMs;
        entry.Client = client;
        _entries.Insert(0, entry);
        if (_entries.Count > maxLength)
        {
            _entries.RemoveRange((int)maxLength, _entries.Count - (int)maxLength);
        }
    }
}
