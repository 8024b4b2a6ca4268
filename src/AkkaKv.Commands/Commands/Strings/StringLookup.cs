using AkkaKv.Commands.Execution;
using AkkaKv.Keyspace;

namespace AkkaKv.Commands.Commands.Strings;

/// <summary>What every command on strings does before it starts; each answers the error itself when it returns false.</summary>
internal static class StringLookup
{
    /// <summary>The key for reading; it may be missing. False: it holds no string.</summary>
    public static bool TryReadString(this CommandContext context, ReadOnlySpan<byte> key, out Entry entry)
    {
        entry = context.LookupRead(key);
        return IsStringOrMissing(context, entry);
    }

    /// <summary>The key for writing; it may be missing. False: it holds no string.</summary>
    public static bool TryWriteString(this CommandContext context, ReadOnlySpan<byte> key, out Entry entry)
    {
        entry = context.LookupWrite(key);
        return IsStringOrMissing(context, entry);
    }

    /// <summary>The longest value in bytes: proto-max-bulk-len, because what is longer could not be sent. A master's word is not doubted.</summary>
    public static long SizeLimit(this CommandContext context) =>
        context.IsFromMaster ? Database.MaxLength : Math.Min(context.Settings.ProtoMaxBulkLength, Database.MaxLength);

    /// <summary>Whether a value may become that long; checked before memory is taken for it.</summary>
    public static bool FitsSizeLimit(this CommandContext context, long length, long added)
    {
        if (length <= context.SizeLimit() - added)
        {
            return true;
        }

        context.Reply.Error(ErrorText.StringTooLong);
        return false;
    }

    /// <summary>Gives a key a new value, as a whole: what all kinds of SET have in common.</summary>
    public static Entry StoreString(this CommandContext context, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, long expireAtMs)
    {
        Entry entry = context.Database.SetString(key, value, expireAtMs);
        context.Touch(entry);
        context.SignalModified(key);
        return entry;
    }

    /// <summary>
    /// As <see cref="StoreString"/> for a key that was not looked up before: if it has expired, its removal is told first, as for any other access.
    /// </summary>
    public static Entry OverwriteString(this CommandContext context, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, long expireAtMs)
    {
        if (context.Database.ExpiringCount > 0)
        {
            context.LookupWrite(key);
            return context.StoreString(key, value, expireAtMs);
        }

        long keys = context.Database.Count;
        Entry entry = context.Database.SetString(key, value, expireAtMs);
        if (context.Database.Count == keys)
        {
            context.CountUse(entry);
        }

        context.SignalModified(key);
        return entry;
    }

    /// <summary>
    /// A string value of <paramref name="length"/> bytes to be changed in place, created if the key is missing; what is added is zero. The handler says
    /// afterwards whether that is a change.
    /// </summary>
    public static Span<byte> OpenString(this CommandContext context, ReadOnlySpan<byte> key, int length)
    {
        Span<byte> value = context.Database.ResizeString(key, length);
        context.Touch(context.Database.Find(key));
        return value;
    }

    /// <summary>The answer to an expiry that is not positive or too far away.</summary>
    public static void ReplyInvalidExpiry(this CommandContext context) =>
        context.Reply.Error($"ERR invalid expire time in '{context.Row.FullName}' command");

    private static bool IsStringOrMissing(CommandContext context, Entry entry)
    {
        if (!entry.Exists || entry.Type == DataType.String)
        {
            return true;
        }

        context.Reply.Error(ErrorText.WrongType);
        return false;
    }
}
