namespace AkkaKv.Commands.Execution;

/// <summary>The error replies that many commands share, in Redis 7.0's words, without '-' and line end.</summary>
public static class ErrorText
{
    /// <summary>The value's type does not fit the command.</summary>
    public static ReadOnlySpan<byte> WrongType => "WRONGTYPE Operation against a key holding the wrong kind of value"u8;

    /// <summary>The arguments do not fit together.</summary>
    public static ReadOnlySpan<byte> Syntax => "ERR syntax error"u8;

    /// <summary>An argument or value is no 64-bit integer.</summary>
    public static ReadOnlySpan<byte> NotAnInteger => "ERR value is not an integer or out of range"u8;

    /// <summary>An argument is no integer of at least 1 (or 0).</summary>
    public static ReadOnlySpan<byte> NotPositive => "ERR value is out of range, must be positive"u8;

    /// <summary>An argument or value is no floating-point number.</summary>
    public static ReadOnlySpan<byte> NotAFloat => "ERR value is not a valid float"u8;

    /// <summary>The key must exist.</summary>
    public static ReadOnlySpan<byte> NoSuchKey => "ERR no such key"u8;

    /// <summary>The database's number is too high.</summary>
    public static ReadOnlySpan<byte> DatabaseOutOfRange => "ERR DB index is out of range"u8;

    /// <summary>The result would be longer than proto-max-bulk-len.</summary>
    public static ReadOnlySpan<byte> StringTooLong => "ERR string exceeds maximum allowed size (proto-max-bulk-len)"u8;

    /// <summary>Nobody has logged in.</summary>
    public static ReadOnlySpan<byte> NoAuth => "NOAUTH Authentication required."u8;

    /// <summary>The password is wrong.</summary>
    public static ReadOnlySpan<byte> WrongPass => "WRONGPASS invalid username-password pair or user is disabled."u8;

    /// <summary>A write on a replica.</summary>
    public static ReadOnlySpan<byte> ReadOnly => "READONLY You can't write against a read only replica."u8;

    /// <summary>Too few replicas listen.</summary>
    public static ReadOnlySpan<byte> NoReplicas => "NOREPLICAS Not enough good replicas to write."u8;

    /// <summary>The replica's link is down and stale data is not wanted.</summary>
    public static ReadOnlySpan<byte> MasterDown => "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'."u8;

    /// <summary>A data set is being loaded.</summary>
    public static ReadOnlySpan<byte> SavingFails =>
        "MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist to disk. Commands that may modify the data set are disabled, because this instance is configured to report errors during writes if RDB snapshotting fails (stop-writes-on-bgsave-error option). Please check the Redis logs for details about the RDB error."u8;

    public static ReadOnlySpan<byte> Loading => "LOADING Redis is loading the dataset in memory"u8;

    /// <summary>maxmemory is reached.</summary>
    public static ReadOnlySpan<byte> OutOfMemory => "OOM command not allowed when used memory > 'maxmemory'."u8;

    /// <summary>The operating system refuses memory.</summary>
    public static ReadOnlySpan<byte> NoMemory => "OOM the system gives no more memory, the command was not executed"u8;

    /// <summary>EXEC after a command could not be queued.</summary>
    public static ReadOnlySpan<byte> ExecAbort => "EXECABORT Transaction discarded because of previous errors."u8;

    /// <summary>A script has run for a long time, and the command has to wait for its end.</summary>
    public static ReadOnlySpan<byte> BusyWith(bool isEval) => isEval
        ? "BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE."u8
        : "BUSY Redis is busy running a script. You can only call FUNCTION KILL or SHUTDOWN NOSAVE."u8;

    /// <summary>The command cannot be queued.</summary>
    public static ReadOnlySpan<byte> NotInTransaction => "ERR Command not allowed inside a transaction"u8;
}
