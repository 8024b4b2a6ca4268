namespace AkkaKv.Commands.Commands.Geo;

/// <summary>What is searched: a circle, or a box whose sides go along meridians and parallels.</summary>
/// <param name="Center">The middle.</param>
/// <param name="Width">The radius of a circle, the width of a box; in units.</param>
/// <param name="Height">The height of a box; of a circle anything.</param>
/// <param name="IsBox">Whether it is a box.</param>
/// <param name="Unit">Metres of a unit.</param>
internal readonly record struct GeoShape(GeoPoint Center, double Width, double Height, bool IsBox, double Unit)
{
    private const double MercatorMax = 20037726.37;

    /// <summary>Metres from the middle to the farthest point.</summary>
    private double Reach => Unit * (IsBox ? Math.Sqrt((Width / 2 * (Width / 2)) + (Height / 2 * (Height / 2))) : Width);

    /// <summary>Whether a point lies in the shape; then with its distance from the middle in metres.</summary>
    public bool Contains(GeoPoint point, out double distance)
    {
        distance = 0;
        if (!IsBox)
        {
            distance = GeoMath.Distance(Center, point);
            return !(distance > Width * Unit);
        }

        if (GeoMath.LatitudeDistance(point.Latitude, Center.Latitude) > Height * Unit / 2
            || GeoMath.Distance(point, Center with { Latitude = point.Latitude }) > Width * Unit / 2)
        {
            return false;
        }

        distance = GeoMath.Distance(Center, point);
        return true;
    }

    /// <summary>
    /// Nine cells, the one of the middle first, that cover the shape together; those that are not needed are none. Their order is Redis's, because results that are not
    /// sorted come in it.
    /// </summary>
    public GeoCell[] Cover()
    {
        GeoBounds bounds = Bounds();
        int step = EstimateStep();
        GeoCell[] cells = CellsAround(step);
        if (step > 1 && !AreEnough(cells, bounds))
        {
            cells = CellsAround(--step);
        }

        if (step >= 2)
        {
            DropUseless(cells, bounds);
        }

        return cells;
    }

    private static bool AreEnough(GeoCell[] cells, GeoBounds bounds) =>
        !(cells[1].Bounds.North < bounds.North || cells[2].Bounds.South > bounds.South
            || cells[3].Bounds.East < bounds.East || cells[4].Bounds.West > bounds.West);

    private static void DropUseless(GeoCell[] cells, GeoBounds bounds)
    {
        GeoBounds middle = cells[0].Bounds;
        Drop(middle.South < bounds.South, 2, 7, 8);
        Drop(middle.North > bounds.North, 1, 5, 6);
        Drop(middle.West < bounds.West, 4, 6, 8);
        Drop(middle.East > bounds.East, 3, 5, 7);

        void Drop(bool isUseless, int first, int second, int third)
        {
            if (isUseless)
            {
                cells[first] = cells[second] = cells[third] = default;
            }
        }
    }

    /// <summary>The cell of the middle, then north, south, east, west, north-east, north-west, south-east, south-west of it.</summary>
    private GeoCell[] CellsAround(int step)
    {
        GeoCell middle = GeoCell.Of(Center, step);
        return
        [
            middle, middle.Neighbor(0, 1), middle.Neighbor(0, -1), middle.Neighbor(1, 0), middle.Neighbor(-1, 0),
            middle.Neighbor(1, 1), middle.Neighbor(-1, 1), middle.Neighbor(1, -1), middle.Neighbor(-1, -1),
        ];
    }

    private GeoBounds Bounds()
    {
        double height = Unit * (IsBox ? Height / 2 : Width);
        double width = Unit * (IsBox ? Width / 2 : Width);
        double latitudeDelta = GeoMath.ToDegrees(height / GeoMath.EarthRadius);

        // A degree of longitude is shortest at the side that is nearer to a pole.
        double narrowest = Center.Latitude < 0 ? Center.Latitude - latitudeDelta : Center.Latitude + latitudeDelta;
        double longitudeDelta = GeoMath.ToDegrees(width / GeoMath.EarthRadius / Math.Cos(GeoMath.ToRadians(narrowest)));
        return new GeoBounds(
            Center.Longitude - longitudeDelta, Center.Latitude - latitudeDelta, Center.Longitude + longitudeDelta, Center.Latitude + latitudeDelta);
    }

    /// <summary>The smallest cells of which nine probably cover the shape.</summary>
    private int EstimateStep()
    {
        double reach = Reach;
        if (reach == 0)
        {
            return GeoCell.MaxStep;
        }

        int step = 1;
        for (; reach < MercatorMax; step++)
        {
            reach *= 2;
        }

        // Towards the poles cells are narrower.
        step -= 2;
        step -= Center.Latitude is > 66 or < -66 ? 1 : 0;
        step -= Center.Latitude is > 80 or < -80 ? 1 : 0;
        return Math.Clamp(step, 1, GeoCell.MaxStep);
    }
}
