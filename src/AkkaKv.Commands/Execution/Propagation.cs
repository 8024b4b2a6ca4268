using AkkaKv.Commands.Hosting;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Execution;

/// <summary>
/// Turns executed writes into the replication stream: verbatim where possible, replaced where a handler says so, with SELECT where the database
/// changes, and inside MULTI/EXEC where one request propagates several commands, so that a replica never shows half of it.
/// </summary>
/// <remarks>Redis 7.0's propagatePendingCommands. A plain SET passes through without any copy or allocation of ours.</remarks>
public sealed class Propagation
{
    private readonly IReplicationStream _stream;
    private readonly IReplicationControl _replication;

    // What the running request propagates when it is more than one command, as it will stand in the stream.
    private readonly OutputBuffer _pending = new();
    private readonly OutputBuffer _scratch = new();
    private int _pendingCount;
    private int _selected = -1;
    private Mode _mode;
    private bool _grouping;

    internal Propagation(IReplicationStream stream, IReplicationControl replication)
    {
        _stream = stream;
        _replication = replication;
    }

    private enum Mode
    {
        IfChanged,
        Always,
        Never,
    }

    /// <summary>How many changes were ever made: INFO's rdb_changes_since_last_save counts from it.</summary>
    public long Changes { get; internal set; }

    /// <summary>The database that the stream has selected; -1 if the next command is preceded by SELECT.</summary>
    public int SelectedDatabase => _selected;

    /// <summary>
    /// Forget which database the stream has selected, so that the next command is preceded by SELECT: to be called whenever somebody begins to listen
    /// who has not seen the stream before.
    /// </summary>
    public void ForgetSelectedDatabase() => _selected = -1;

    /// <summary>A replica propagates nothing of its own: it passes its master's stream on unchanged.</summary>
    private bool IsEnabled => !_replication.IsReplica && !IsSuspended;

    /// <summary>Nothing is propagated at present: a script asked for that.</summary>
    internal bool IsSuspended { get; set; }

    /// <summary>Where the next pending command's SELECT goes: the first one's stands before MULTI, as Redis writes it.</summary>
    private OutputBuffer BeforeNextPending => _pendingCount == 0 ? _scratch : _pending;

    internal void BeginCommand() => _mode = Mode.IfChanged;

    /// <summary>The running command propagates nothing, or only what <see cref="Add(int, int)"/> begins.</summary>
    internal void Suppress() => _mode = Mode.Never;

    /// <summary>The running command is propagated although it changes no key.</summary>
    internal void Force() => _mode = Mode.Always;

    /// <summary>
    /// Everything until <see cref="EndGroup"/> belongs together (EXEC, a script). Returns false inside another group, which then ends this one too.
    /// </summary>
    internal bool BeginGroup()
    {
        bool begins = !_grouping;
        _grouping = true;
        return begins;
    }

    internal void EndGroup()
    {
        _grouping = false;
        Flush();
    }

    /// <summary>Begins a command of <paramref name="argumentCount"/> arguments; they follow by <see cref="AddArgument(ReadOnlySpan{byte})"/>.</summary>
    internal void Add(int database, int argumentCount)
    {
        if (!IsEnabled)
        {
            return;
        }

        WriteSelect(BeforeNextPending, database);
        RequestWriter.WriteHeader(_pending, argumentCount);
        _pendingCount++;
    }

    internal void AddArgument(ReadOnlySpan<byte> argument)
    {
        if (IsEnabled)
        {
            RequestWriter.WriteArgument(_pending, argument);
        }
    }

    internal void AddArgument(long argument)
    {
        if (IsEnabled)
        {
            RequestWriter.WriteArgument(_pending, argument);
        }
    }

    /// <summary>The command is done; <paramref name="changed"/>: it changed something.</summary>
    internal void EndCommand(in Arguments request, int database, bool changed)
    {
        bool verbatim = IsEnabled && (_mode == Mode.Always || (_mode == Mode.IfChanged && changed));
        if (verbatim && !_grouping && _pendingCount == 0)
        {
            if (_selected != database)
            {
                WriteSelect(_scratch, database);
            }

            if (request.Raw.IsEmpty)
            {
                RequestWriter.Write(_scratch, request);
            }

            AppendAndClear(_scratch);
            if (!request.Raw.IsEmpty)
            {
                _stream.Append(request.Raw);
            }

            _stream.EndOfCommand();
            return;
        }

        if (verbatim)
        {
            WriteSelect(BeforeNextPending, database);
            RequestWriter.Write(_pending, request);
            _pendingCount++;
        }

        if (!_grouping)
        {
            Flush();
        }
    }

    /// <summary>Sends what is pending, in a transaction when it is more than one command.</summary>
    internal void Flush()
    {
        if (_pendingCount == 0 || _grouping)
        {
            return;
        }

        AppendAndClear(_scratch);
        bool several = _pendingCount > 1;
        if (several)
        {
            _stream.Append("*1\r\n$5\r\nMULTI\r\n"u8);
        }

        AppendAndClear(_pending);
        if (several)
        {
            _stream.Append("*1\r\n$4\r\nEXEC\r\n"u8);
        }

        _pendingCount = 0;
        _stream.EndOfCommand();
    }

    private void WriteSelect(OutputBuffer target, int database)
    {
        if (_selected == database)
        {
            return;
        }

        _selected = database;
        RequestWriter.WriteHeader(target, 2);
        RequestWriter.WriteArgument(target, "SELECT"u8);
        RequestWriter.WriteArgument(target, database);
    }

    private void AppendAndClear(OutputBuffer source)
    {
        if (source.IsEmpty)
        {
            return;
        }

        foreach (ReadOnlyMemory<byte> segment in source)
        {
            _stream.Append(segment.Span);
        }

        source.Clear();
    }
}
