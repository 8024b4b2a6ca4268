using System.Text;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Strings;

/// <summary>What SET's and GETEX's words ask for.</summary>
[Flags]
public enum StringFlags
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>NX: only if the key does not exist.</summary>
    IfAbsent = 1,

    /// <summary>XX: only if the key exists.</summary>
    IfPresent = 2,

    /// <summary>GET: answer the old value.</summary>
    ReturnOld = 4,

    /// <summary>KEEPTTL: the key keeps its expiry.</summary>
    KeepExpiry = 8,

    /// <summary>PERSIST: the key loses its expiry.</summary>
    Persist = 16,

    /// <summary>EX: seconds from now.</summary>
    Seconds = 32,

    /// <summary>PX: milliseconds from now.</summary>
    Milliseconds = 64,

    /// <summary>EXAT: Unix time in seconds.</summary>
    AtSeconds = 128,

    /// <summary>PXAT: Unix time in milliseconds.</summary>
    AtMilliseconds = 256,
}

/// <summary>The options of SET (from argument 3) and GETEX (from argument 2).</summary>
/// <param name="Flags">Which words were there.</param>
/// <param name="ExpiryArgument">The index of the expiry's number; 0 when there is none.</param>
public readonly record struct StringOptions(StringFlags Flags, int ExpiryArgument)
{
    private const StringFlags AnyTime =
        StringFlags.Seconds | StringFlags.Milliseconds | StringFlags.AtSeconds | StringFlags.AtMilliseconds;

    /// <summary>Whether an expiry was given.</summary>
    public bool HasExpiry => ExpiryArgument != 0;

    /// <summary>Whether the expiry was given as a point in time.</summary>
    public bool ExpiryIsAbsolute => (Flags & (StringFlags.AtSeconds | StringFlags.AtMilliseconds)) != 0;

    /// <summary>Whether the expiry was given in seconds.</summary>
    public bool ExpiryIsInSeconds => (Flags & (StringFlags.Seconds | StringFlags.AtSeconds)) != 0;

    /// <summary>Whether <paramref name="flag"/> was given.</summary>
    public bool Has(StringFlags flag) => (Flags & flag) != 0;

    /// <summary>Reads SET's options; false is Redis's "syntax error". A repeated option counts once, its last number is taken.</summary>
    public static bool TryParseSet(in Arguments arguments, out StringOptions options) =>
        TryParse(arguments, 3, forSet: true, out options);

    /// <summary>Reads GETEX's options; false is Redis's "syntax error".</summary>
    public static bool TryParseGetEx(in Arguments arguments, out StringOptions options) =>
        TryParse(arguments, 2, forSet: false, out options);

    private static bool TryParse(in Arguments arguments, int first, bool forSet, out StringOptions options)
    {
        StringFlags flags = StringFlags.None;
        int expiryArgument = 0;
        options = default;
        for (int i = first; i < arguments.Count; i++)
        {
            if (!TryReadWord(arguments[i], forSet, out StringFlags word, out StringFlags conflicts) || (flags & conflicts) != 0)
            {
                return false;
            }

            flags |= word;
            if ((word & AnyTime) != 0)
            {
                expiryArgument = ++i;
                if (i == arguments.Count)
                {
                    return false;
                }
            }
        }

        options = new StringOptions(flags, expiryArgument);
        return true;
    }

    /// <summary>One word, and the words that may not have been there before it.</summary>
    private static bool TryReadWord(ReadOnlySpan<byte> text, bool forSet, out StringFlags word, out StringFlags conflicts)
    {
        conflicts = StringFlags.None;
        if (text.Length == 2)
        {
            int letters = ((text[0] | 0x20) << 8) | (text[1] | 0x20);
            (word, conflicts) = letters switch
            {
                ('n' << 8) | 'x' when forSet => (StringFlags.IfAbsent, StringFlags.IfPresent),
                ('x' << 8) | 'x' when forSet => (StringFlags.IfPresent, StringFlags.IfAbsent),
                ('e' << 8) | 'x' => (StringFlags.Seconds, AllTimesBut(StringFlags.Seconds)),
                ('p' << 8) | 'x' => (StringFlags.Milliseconds, AllTimesBut(StringFlags.Milliseconds)),
                _ => (StringFlags.None, StringFlags.None),
            };
        }
        else if (Ascii.EqualsIgnoreCase(text, "EXAT"u8))
        {
            (word, conflicts) = (StringFlags.AtSeconds, AllTimesBut(StringFlags.AtSeconds));
        }
        else if (Ascii.EqualsIgnoreCase(text, "PXAT"u8))
        {
            (word, conflicts) = (StringFlags.AtMilliseconds, AllTimesBut(StringFlags.AtMilliseconds));
        }
        else if (forSet)
        {
            word = Ascii.EqualsIgnoreCase(text, "GET"u8) ? StringFlags.ReturnOld
                : Ascii.EqualsIgnoreCase(text, "KEEPTTL"u8) ? StringFlags.KeepExpiry
                : StringFlags.None;
            conflicts = word == StringFlags.KeepExpiry ? AnyTime : StringFlags.None;
        }
        else
        {
            word = Ascii.EqualsIgnoreCase(text, "PERSIST"u8) ? StringFlags.Persist : StringFlags.None;
            conflicts = AnyTime;
        }

        return word != StringFlags.None;
    }

    private static StringFlags AllTimesBut(StringFlags own) => (AnyTime | StringFlags.KeepExpiry | StringFlags.Persist) & ~own;
}
