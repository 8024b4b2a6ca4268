using AkkaKv.Commands.Commands.SortedSets;
using AkkaKv.Keyspace.Values;
using AkkaKv.Keyspace.Values.SortedSets;

namespace AkkaKv.Commands.Commands.Geo;

/// <summary>GEOSEARCH, GEOSEARCHSTORE, GEORADIUS and GEORADIUSBYMEMBER with their read-only forms.</summary>
internal static class GeoSearchCommands
{
    /// <summary>GEOSEARCH key FROMMEMBER member | FROMLONLAT lon lat BYRADIUS radius unit | BYBOX width height unit [ASC|DESC] [COUNT n [ANY]] [WITHCOORD] [WITHDIST] [WITHHASH].</summary>
    public static void Search(CommandContext context) => Execute(context, GeoSearchForm.Search, mayStore: false);

    /// <summary>GEOSEARCHSTORE destination, then as GEOSEARCH, [STOREDIST].</summary>
    public static void SearchStore(CommandContext context) => Execute(context, GeoSearchForm.SearchStore, mayStore: true);

    /// <summary>GEORADIUS key lon lat radius unit [words] [STORE key | STOREDIST key].</summary>
    public static void Radius(CommandContext context) => Execute(context, GeoSearchForm.Radius, mayStore: true);

    /// <summary>GEORADIUS_RO.</summary>
    public static void RadiusReadOnly(CommandContext context) => Execute(context, GeoSearchForm.Radius, mayStore: false);

    /// <summary>GEORADIUSBYMEMBER key member radius unit [words] [STORE key | STOREDIST key].</summary>
    public static void RadiusByMember(CommandContext context) => Execute(context, GeoSearchForm.RadiusByMember, mayStore: true);

    /// <summary>GEORADIUSBYMEMBER_RO.</summary>
    public static void RadiusByMemberReadOnly(CommandContext context) => Execute(context, GeoSearchForm.RadiusByMember, mayStore: false);

    private static void Execute(CommandContext context, GeoSearchForm form, bool mayStore)
    {
        if (GeoSearchRequest.TryRead(context, form, mayStore) is not { } request)
        {
            return;
        }

        List<GeoMatch> matches = [];
        SortedSetView view = default;
        if (request.Entry.Exists)
        {
            view = context.Database.ReadSortedSet(request.Entry);
            matches = GeoSearch.Find(view, request.Shape, request.IsAny ? request.Count : 0);
        }

        long count = request.Count == 0 ? matches.Count : Math.Min(matches.Count, request.Count);
        IEnumerable<GeoMatch> wanted = GeoSearch.Sort(matches, request.Order, (int)count);
        if (request.StoreIndex != 0)
        {
            Store(context, request, view, wanted);
            return;
        }

        context.Reply.Array(count);
        foreach (GeoMatch match in wanted)
        {
            Write(context, request, MemberAt(view, match.Rank), match);
        }
    }

    private static void Store(CommandContext context, GeoSearchRequest request, SortedSetView view, IEnumerable<GeoMatch> matches)
    {
        using SortedSetBuilder result = context.Database.BuildSortedSet();
        Span<byte> scratch = stackalloc byte[Element.ScratchSize];
        foreach (GeoMatch match in matches)
        {
            result.Editor.Set(
                MemberAt(view, match.Rank).AsBytes(scratch), request.StoresDistance ? match.Distance / request.Shape.Unit : match.Score);
        }

        bool isSearch = context.Row.FullName.StartsWith("geosearch", StringComparison.Ordinal);
        context.StoreSortedSet(context.Args[request.StoreIndex], result, isSearch ? "geosearchstore"u8 : "georadiusstore"u8);
    }

    private static void Write(CommandContext context, GeoSearchRequest request, Element member, GeoMatch match)
    {
        int options = (request.WithDistance ? 1 : 0) + (request.WithHash ? 1 : 0) + (request.WithPoint ? 1 : 0);
        if (options > 0)
        {
            context.Reply.Array(options + 1);
        }

        context.Reply.Bulk(member);
        if (request.WithDistance)
        {
            context.Reply.Distance(match.Distance / request.Shape.Unit);
        }

        if (request.WithHash)
        {
            context.Reply.Integer((long)match.Score);
        }

        if (request.WithPoint)
        {
            context.Reply.Point(match.Point);
        }
    }

    private static Element MemberAt(SortedSetView view, long rank)
    {
        SortedSetWalk walk = view.Walk(rank, 1, downwards: false);
        walk.MoveNext();
        return walk.Member;
    }
}
