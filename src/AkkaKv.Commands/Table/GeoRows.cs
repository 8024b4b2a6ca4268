using AkkaKv.Commands.Commands.Geo;
using static AkkaKv.Commands.Table.CommandFlags;

namespace AkkaKv.Commands.Table;

/// <summary>The commands on geographic indexes.</summary>
internal static class GeoRows
{
    public static readonly CommandRow[] Rows =
    [
        new("geoadd", -5, "3.2.0", Write | DenyOom, GeoPointCommands.Add)
        {
            Categories = AclCategories.Geo,
            Keys = [KeySpec.Range("RW update", 1)],
            Summary = "Adds members with their positions.",
            Complexity = "O(log(N))",
        },
        new("geodist", -4, "3.2.0", ReadOnly, GeoPointCommands.Distance)
        {
            Categories = AclCategories.Geo,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Computes the distance between two members.",
            Complexity = "O(log(N))",
        },
        new("geohash", -2, "3.2.0", ReadOnly, GeoPointCommands.Hash)
        {
            Categories = AclCategories.Geo,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Tells the geohashes of members.",
            Complexity = "O(log(N))",
        },
        new("geopos", -2, "3.2.0", ReadOnly, GeoPointCommands.Position)
        {
            Categories = AclCategories.Geo,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Tells the positions of members.",
            Complexity = "O(N)",
        },
        new("georadius", -6, "3.2.0", Write | DenyOom | MovableKeys, GeoSearchCommands.Radius)
        {
            Categories = AclCategories.Geo,
            Keys =
            [
                KeySpec.Range("RO access", 1),
                KeySpec.After("OW update", "STORE", 6),
                KeySpec.After("OW update", "STOREDIST", 6),
            ],
            Summary = "Finds members around a position, or stores them.",
            Complexity = "O(N+log(M))",
            Deprecated = ("6.2.0", "GEOSEARCH, GEOSEARCHSTORE, BYRADIUS"),
        },
        new("georadius_ro", -6, "3.2.10", ReadOnly, GeoSearchCommands.RadiusReadOnly)
        {
            Categories = AclCategories.Geo,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Finds members around a position.",
            Complexity = "O(N+log(M))",
            Deprecated = ("6.2.0", "GEOSEARCH, BYRADIUS"),
        },
        new("georadiusbymember", -5, "3.2.0", Write | DenyOom | MovableKeys, GeoSearchCommands.RadiusByMember)
        {
            Categories = AclCategories.Geo,
            Keys =
            [
                KeySpec.Range("RO access", 1),
                KeySpec.After("OW update", "STORE", 5),
                KeySpec.After("OW update", "STOREDIST", 5),
            ],
            Summary = "Finds members around another member, or stores them.",
            Complexity = "O(N+log(M))",
            Deprecated = ("6.2.0", "GEOSEARCH, GEOSEARCHSTORE, BYRADIUS, FROMMEMBER"),
        },
        new("georadiusbymember_ro", -5, "3.2.10", ReadOnly, GeoSearchCommands.RadiusByMemberReadOnly)
        {
            Categories = AclCategories.Geo,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Finds members around another member.",
            Complexity = "O(N+log(M))",
            Deprecated = ("6.2.0", "GEOSEARCH, BYRADIUS, FROMMEMBER"),
        },
        new("geosearch", -7, "6.2.0", ReadOnly, GeoSearchCommands.Search)
        {
            Categories = AclCategories.Geo,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Finds members inside a circle or box.",
            Complexity = "O(N+log(M))",
        },
        new("geosearchstore", -8, "6.2.0", Write | DenyOom, GeoSearchCommands.SearchStore)
        {
            Categories = AclCategories.Geo,
            Keys =
            [
                KeySpec.Range("OW update", 1),
                KeySpec.Range("RO access", 2),
            ],
            Summary = "Stores the members found inside a circle or box.",
            Complexity = "O(N+log(M))",
        },
    ];
}
