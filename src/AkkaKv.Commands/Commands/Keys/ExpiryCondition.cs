using System.Text;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Keys;

/// <summary>The words behind EXPIRE's number: when the new expiry is taken.</summary>
[Flags]
public enum ExpiryConditions
{
    /// <summary>Always.</summary>
    None = 0,

    /// <summary>NX: only if the key has no expiry.</summary>
    IfNone = 1,

    /// <summary>XX: only if the key has one.</summary>
    IfAny = 2,

    /// <summary>GT: only if it is later than the present one; no expiry counts as infinitely late.</summary>
    IfLater = 4,

    /// <summary>LT: only if it is earlier than the present one.</summary>
    IfEarlier = 8,
}

/// <summary>Reads and applies <see cref="ExpiryConditions"/>.</summary>
public static class ExpiryCondition
{
    /// <summary>Reads the conditions from argument <paramref name="first"/> on.</summary>
    /// <returns>Null, or the whole error reply.</returns>
    public static string? Parse(in Arguments arguments, int first, out ExpiryConditions conditions)
    {
        conditions = ExpiryConditions.None;
        for (int i = first; i < arguments.Count; i++)
        {
            ReadOnlySpan<byte> word = arguments[i];
            ExpiryConditions condition =
                Ascii.EqualsIgnoreCase(word, "NX"u8) ? ExpiryConditions.IfNone
                : Ascii.EqualsIgnoreCase(word, "XX"u8) ? ExpiryConditions.IfAny
                : Ascii.EqualsIgnoreCase(word, "GT"u8) ? ExpiryConditions.IfLater
                : Ascii.EqualsIgnoreCase(word, "LT"u8) ? ExpiryConditions.IfEarlier
                : ExpiryConditions.None;
            if (condition == ExpiryConditions.None)
            {
                // Redis quotes the word as a C string: what stands behind a zero byte is not shown.
                int end = word.IndexOf((byte)0);
                return "ERR Unsupported option " + Encoding.Latin1.GetString(end < 0 ? word : word[..end]);
            }

            conditions |= condition;
        }

        if ((conditions & ExpiryConditions.IfNone) != 0 && conditions != ExpiryConditions.IfNone)
        {
            return "ERR NX and XX, GT or LT options at the same time are not compatible";
        }

        const ExpiryConditions Both = ExpiryConditions.IfLater | ExpiryConditions.IfEarlier;
        return (conditions & Both) == Both ? "ERR GT and LT options at the same time are not compatible" : null;
    }

    /// <summary>Whether a key that expires at <paramref name="present"/> (-1: never) takes the expiry <paramref name="wanted"/>.</summary>
    public static bool Allows(this ExpiryConditions conditions, long present, long wanted)
    {
        bool has = present != -1;
        return !((conditions & ExpiryConditions.IfNone) != 0 && has)
            && !((conditions & ExpiryConditions.IfAny) != 0 && !has)
            && !((conditions & ExpiryConditions.IfLater) != 0 && (!has || wanted <= present))
            && !((conditions & ExpiryConditions.IfEarlier) != 0 && has && wanted >= present);
    }
}
