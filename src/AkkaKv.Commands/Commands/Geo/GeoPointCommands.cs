using AkkaKv.Commands.Commands.SortedSets;
using AkkaKv.Commands.Execution;
using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values.SortedSets;

namespace AkkaKv.Commands.Commands.Geo;

/// <summary>GEOADD, GEODIST, GEOHASH and GEOPOS: members of a sorted set whose scores are positions.</summary>
internal static class GeoPointCommands
{
    private const int HashLength = 11;

    private static ReadOnlySpan<byte> HashAlphabet => "0123456789bcdefghjkmnpqrstuvwxyz"u8;

    /// <summary>GEOADD key [NX|XX] [CH] longitude latitude member [...]. It is a ZADD, also for replicas and listeners.</summary>
    public static void Add(CommandContext context)
    {
        AddFlags flags = AddFlags.None;
        int first = 2;
        for (; first < context.Args.Count; first++)
        {
            AddFlags flag = context.IsWord(first, "NX"u8) ? AddFlags.OnlyNew
                : context.IsWord(first, "XX"u8) ? AddFlags.OnlyPresent
                : context.IsWord(first, "CH"u8) ? AddFlags.CountChanged
                : AddFlags.None;
            if (flag == AddFlags.None)
            {
                break;
            }

            flags |= flag;
        }

        const AddFlags Contradiction = AddFlags.OnlyNew | AddFlags.OnlyPresent;
        int members = (context.Args.Count - first) / 3;
        if ((context.Args.Count - first) % 3 != 0 || members == 0 || (flags & Contradiction) == Contradiction)
        {
            context.Reply.Error(ErrorText.Syntax);
            return;
        }

        AddedElement[] elements = new AddedElement[members];
        for (int i = 0; i < members; i++)
        {
            int at = first + (i * 3);
            if (!context.TryReadPoint(at, out GeoPoint point))
            {
                return;
            }

            elements[i] = new AddedElement(GeoCell.Of(point, GeoCell.MaxStep).Bits, at + 2);
        }

        if (AddCommands.Add(context, flags, elements))
        {
            Propagate(context, first, elements);
        }
    }

    /// <summary>GEODIST key member1 member2 [M|KM|FT|MI].</summary>
    public static void Distance(CommandContext context)
    {
        double unit = 1;
        if (context.Args.Count > 5)
        {
            context.Reply.Error(ErrorText.Syntax);
            return;
        }

        if ((context.Args.Count == 5 && !context.TryReadUnit(4, out unit)) || !context.TryRead(context.Args[1], DataType.ZSet, out Entry entry))
        {
            return;
        }

        if (TryFind(context, entry, 2, out GeoPoint from) && TryFind(context, entry, 3, out GeoPoint to))
        {
            context.Reply.Distance(GeoMath.Distance(from, to) / unit);
        }
        else
        {
            context.Reply.NullBulk();
        }
    }

    /// <summary>GEOHASH key [member ...]: the standard's text form, which halves latitudes between -90 and 90.</summary>
    public static void Hash(CommandContext context)
    {
        if (!context.TryRead(context.Args[1], DataType.ZSet, out Entry entry))
        {
            return;
        }

        context.Reply.Array(context.Args.Count - 2);
        Span<byte> text = stackalloc byte[HashLength];
        for (int i = 2; i < context.Args.Count; i++)
        {
            if (!TryFind(context, entry, i, out GeoPoint point))
            {
                context.Reply.NullBulk();
                continue;
            }

            ulong bits = GeoCell.Of(point, GeoCell.MaxStep, latitudeMax: 90).Bits;
            for (int character = 0; character < HashLength; character++)
            {
                // 52 bits are ten characters and a little: the eleventh is 0.
                int shift = 52 - ((character + 1) * 5);
                text[character] = HashAlphabet[shift < 0 ? 0 : (int)(bits >> shift) & 31];
            }

            context.Reply.Bulk(text);
        }
    }

    /// <summary>GEOPOS key [member ...].</summary>
    public static void Position(CommandContext context)
    {
        if (!context.TryRead(context.Args[1], DataType.ZSet, out Entry entry))
        {
            return;
        }

        context.Reply.Array(context.Args.Count - 2);
        for (int i = 2; i < context.Args.Count; i++)
        {
            if (TryFind(context, entry, i, out GeoPoint point))
            {
                context.Reply.Point(point);
            }
            else
            {
                context.Reply.NullArray();
            }
        }
    }

    /// <summary>The position of the member that an argument names.</summary>
    public static bool TryFind(CommandContext context, Entry entry, int index, out GeoPoint point)
    {
        point = default;
        if (!entry.Exists || !context.Database.ReadSortedSet(entry).TryGetScore(context.Args[index], out double score))
        {
            return false;
        }

        point = GeoCell.OfScore(score).Center;
        return true;
    }

    private static void Propagate(CommandContext context, int first, AddedElement[] elements)
    {
        context.PropagateInstead(first + (elements.Length * 2));
        context.PropagateArgument("zadd"u8);
        for (int i = 1; i < first; i++)
        {
            context.PropagateArgument(context.Args[i]);
        }

        foreach (AddedElement element in elements)
        {
            context.PropagateArgument((long)element.Score);
            context.PropagateArgument(context.Args[element.MemberIndex]);
        }
    }
}
