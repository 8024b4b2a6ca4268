using AkkaKv.Tests.Commands.Harness;

namespace AkkaKv.Tests.Commands.Geo;

public sealed class GeoCommandTests : IDisposable
{
    private readonly TestNode _node = new();

    public void Dispose() => _node.Dispose();

    [Fact]
    public void Positions_are_scores_of_a_sorted_set_and_travel_as_such()
    {
        _node.Line("GEOADD g 13.361389 38.115556 Palermo 15.087269 37.502669 Catania");
        Assert.Equal(["zadd g 3479099956230698 Palermo 3479447370796909 Catania"], _node.Propagated);
        Assert.Equal("\"3479099956230698\"", _node.Line("ZSCORE g Palermo"));
        Assert.Equal("\"166274.1516\"", _node.Line("GEODIST g Palermo Catania"));
        Assert.Equal("""["sqc8b49rny0", "sqdtr74hyu0"]""", _node.Line("GEOHASH g Palermo Catania"));
        Assert.Equal("""[["13.36138933897018433", "38.11555639549629859"], (nil)]""", _node.Line("GEOPOS g Palermo nobody"));
    }

    [Fact]
    public void A_search_finds_what_lies_in_the_circle_or_the_box()
    {
        _node.Line("GEOADD g 13.361389 38.115556 Palermo 15.087269 37.502669 Catania 12.758489 38.788135 edge1 17.241510 38.788135 edge2");
        Assert.Equal("""["Catania", "Palermo"]""", _node.Line("GEOSEARCH g FROMLONLAT 15 37 BYRADIUS 200 km ASC"));
        Assert.Equal("""["edge1", "edge2", "Palermo", "Catania"]""", _node.Line("GEOSEARCH g FROMLONLAT 15 37 BYBOX 400 400 km DESC"));
        Assert.Equal("2", _node.Line("GEOSEARCHSTORE d g FROMLONLAT 15 37 BYRADIUS 200 km STOREDIST").Split(' ')[^1]);
        Assert.Equal("""["Catania", "56.441257870158204", "Palermo", "190.44242984775784"]""", _node.Line("ZRANGE d 0 -1 WITHSCORES"));
    }
}
