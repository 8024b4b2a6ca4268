using AkkaKv.Commands.Execution;
using AkkaKv.Keyspace;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Keys;

/// <summary>OBJECT ENCODING, REFCOUNT, IDLETIME and FREQ: what Redis tells about the inside of a value.</summary>
internal static class ObjectCommands
{
    // Redis keeps one shared object for each of the numbers below this, and shows this count for it.
    private const long SharedIntegers = 10_000;
    private const long SharedReferenceCount = int.MaxValue;

    // Up to here Redis allocates a string together with its object's header.
    private const int EmbeddedLengthMax = 44;

    /// <summary>OBJECT ENCODING key.</summary>
    public static void Encoding(CommandContext context)
    {
        if (TryFind(context, out Entry entry))
        {
            context.Reply.Bulk(EncodingOf(entry));
        }
    }

    /// <summary>OBJECT REFCOUNT key: values have one owner; the numbers that Redis shares show its mark for that.</summary>
    public static void ReferenceCount(CommandContext context)
    {
        if (TryFind(context, out Entry entry))
        {
            bool shared = IsInteger(entry, out long number) && number is >= 0 and < SharedIntegers;
            context.Reply.Integer(shared ? SharedReferenceCount : 1);
        }
    }

    /// <summary>OBJECT IDLETIME key: seconds since the last access.</summary>
    public static void IdleTime(CommandContext context)
    {
        if (!TryFind(context, out Entry entry))
        {
            return;
        }

        if (context.Settings.MaxMemoryPolicy.CountsUses)
        {
            context.Reply.Error(
                "ERR An LFU maxmemory policy is selected, idle time not tracked. Please note that when switching between policies at runtime LRU and LFU data will take some time to adjust."u8);
            return;
        }

        context.Reply.Integer(AccessClock.IdleSeconds(entry.AccessClock, context.NowMs));
    }

    /// <summary>OBJECT FREQ key: the logarithmic counter of uses, 0 to 255.</summary>
    public static void Frequency(CommandContext context)
    {
        if (!TryFind(context, out Entry entry))
        {
            return;
        }

        if (!context.Settings.MaxMemoryPolicy.CountsUses)
        {
            context.Reply.Error(
                "ERR An LFU maxmemory policy is not selected, access frequency not tracked. Please note that when switching between policies at runtime LRU and LFU data will take some time to adjust."u8);
            return;
        }

        context.Reply.Integer(UseCounter.At(entry.AccessClock, context.NowMs, context.Settings.LfuDecayMinutes));
    }

    private static bool TryFind(CommandContext context, out Entry entry)
    {
        entry = context.LookupQuiet(context.Args[2]);
        if (!entry.Exists)
        {
            context.Reply.NullBulk();
        }

        return entry.Exists;
    }

    /// <summary>The encoding that Redis 7.0 would have chosen. Strings are always bytes here; small lists and small sets of strings are compact, which Redis 7.0 does not know.</summary>
    internal static ReadOnlySpan<byte> EncodingOf(Entry entry) => entry.Type switch
    {
        DataType.String => EncodingOfString(entry),
        DataType.List => "quicklist"u8,
        DataType.Set => entry.IsIntset ? "intset"u8 : "hashtable"u8,
        DataType.ZSet => entry.IsCompact ? "listpack"u8 : "skiplist"u8,
        DataType.Hash => entry.IsCompact ? "listpack"u8 : "hashtable"u8,
        _ => "stream"u8,
    };

    private static ReadOnlySpan<byte> EncodingOfString(Entry entry) =>
        entry.Form == StringForm.Raw ? "raw"u8
        : IsInteger(entry, out _) ? "int"u8
        : entry.StringValue.Length <= EmbeddedLengthMax ? "embstr"u8
        : "raw"u8;

    private static bool IsInteger(Entry entry, out long number)
    {
        number = 0;
        return entry.Type == DataType.String && entry.Form == StringForm.Plain && DecimalNumber.TryParse(entry.StringValue, out number);
    }
}
