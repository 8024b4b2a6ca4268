using System.Text;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Strings;

/// <summary>
/// How commands are propagated whose effect depends on the clock or on the processor: replicas receive the result, in absolute terms.
/// </summary>
internal static class PropagatedForm
{
    /// <summary>SET key value PXAT time: whatever set a value with an expiry.</summary>
    public static void SetWithExpiry(CommandContext context, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, long expireAtMs)
    {
        context.PropagateInstead(5);
        context.PropagateArgument("SET"u8);
        context.PropagateArgument(key);
        context.PropagateArgument(value);
        context.PropagateArgument("PXAT"u8);
        context.PropagateArgument(expireAtMs);
    }

    /// <summary>SET key value KEEPTTL: the result of an arithmetic that another processor might do differently.</summary>
    public static void SetKeepingExpiry(CommandContext context, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        context.PropagateInstead(4);
        context.PropagateArgument("SET"u8);
        context.PropagateArgument(key);
        context.PropagateArgument(value);
        context.PropagateArgument("KEEPTTL"u8);
    }

    /// <summary>HSET key field value: as for strings, the result of an arithmetic.</summary>
    public static void SetField(CommandContext context, ReadOnlySpan<byte> key, ReadOnlySpan<byte> field, ReadOnlySpan<byte> value)
    {
        context.PropagateInstead(4);
        context.PropagateArgument("HSET"u8);
        context.PropagateArgument(key);
        context.PropagateArgument(field);
        context.PropagateArgument(value);
    }

    /// <summary>DEL key, or UNLINK where the configuration wants values to be freed lazily.</summary>
    public static void Delete(CommandContext context, ReadOnlySpan<byte> key, bool lazily) =>
        context.PropagateInstead(lazily ? "UNLINK"u8 : "DEL"u8, key);

    /// <summary>The command as it came, without any argument from <paramref name="first"/> on that is <paramref name="word"/>.</summary>
    public static void WithoutWord(CommandContext context, ReadOnlySpan<byte> word, int first)
    {
        Arguments arguments = context.Args;
        int kept = first;
        for (int i = first; i < arguments.Count; i++)
        {
            kept += Ascii.EqualsIgnoreCase(arguments[i], word) ? 0 : 1;
        }

        context.PropagateInstead(kept);
        for (int i = 0; i < arguments.Count; i++)
        {
            if (i < first || !Ascii.EqualsIgnoreCase(arguments[i], word))
            {
                context.PropagateArgument(arguments[i]);
            }
        }
    }

    /// <summary>EXPIRE and its relatives as PEXPIREAT, with the conditions that the client gave.</summary>
    public static void AsPexpireAt(CommandContext context, long expireAtMs)
    {
        Arguments arguments = context.Args;
        context.PropagateInstead(arguments.Count);
        context.PropagateArgument("PEXPIREAT"u8);
        context.PropagateArgument(arguments[1]);
        context.PropagateArgument(expireAtMs);
        for (int i = 3; i < arguments.Count; i++)
        {
            context.PropagateArgument(arguments[i]);
        }
    }
}
