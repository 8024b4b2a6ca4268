using System.Buffers;
using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values;
using AkkaKv.Keyspace.Values.Hashes;

namespace AkkaKv.Commands.Commands.Sorting;

/// <summary>
/// The patterns of SORT's BY and GET: a key with an asterisk where the element goes, and behind "->" the field of a hash. "#" is the element itself.
/// </summary>
internal static class SortPattern
{
    private const int ScratchSize = 256;

    /// <summary>Whether there is a place for the element.</summary>
    public static bool HasPlace(ReadOnlySpan<byte> pattern) => PlaceOf(pattern) >= 0;

    /// <summary>
    /// Looks up what the pattern means for an element. False if there is no such key or field, if it holds another type, or if the pattern has no place for the element.
    /// The value is valid until the next lookup.
    /// </summary>
    public static bool TryFind(CommandContext context, ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> element, out Element value)
    {
        if (pattern is [(byte)'#'])
        {
            value = new Element(element);
            return true;
        }

        value = default;
        int place = PlaceOf(pattern);
        if (place < 0)
        {
            return false;
        }

        ReadOnlySpan<byte> behind = pattern[(place + 1)..];
        ReadOnlySpan<byte> field = default;
        int arrow = UpToZero(behind).IndexOf("->"u8);
        bool hasField = arrow >= 0 && arrow + 2 < behind.Length && behind[arrow + 2] != 0;
        if (hasField)
        {
            field = behind[(arrow + 2)..];
            behind = behind[..arrow];
        }

        int length = place + element.Length + behind.Length;
        byte[]? rented = length > ScratchSize ? ArrayPool<byte>.Shared.Rent(length) : null;
        Span<byte> scratch = stackalloc byte[ScratchSize];
        Span<byte> key = rented is null ? scratch[..length] : rented.AsSpan(0, length);
        pattern[..place].CopyTo(key);
        element.CopyTo(key[place..]);
        behind.CopyTo(key[(place + element.Length)..]);
        Entry entry = context.LookupRead(key);
        bool found = false;
        if (entry.Exists && hasField && entry.Type == DataType.Hash)
        {
            found = context.Database.ReadHash(entry).TryGet(field, out value);
        }
        else if (entry.Exists && !hasField && entry.Type == DataType.String)
        {
            value = new Element(entry.StringValue);
            found = true;
        }

        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return found;
    }

    /// <summary>Where the element goes, or -1. A zero byte ends what is looked at, as in Redis.</summary>
    private static int PlaceOf(ReadOnlySpan<byte> pattern) => UpToZero(pattern).IndexOf((byte)'*');

    private static ReadOnlySpan<byte> UpToZero(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOf((byte)0);
        return end < 0 ? text : text[..end];
    }
}
