namespace AkkaKv.Commands.Commands.Geo;

/// <summary>
/// A cell of the earth's surface: longitude and latitude halved <see cref="Step"/> times each, their bits in turn, latitude in the lowest. At <see cref="MaxStep"/> the bits are the
/// score of a member, as Redis has it.
/// </summary>
/// <param name="Bits">The bits of both coordinates.</param>
/// <param name="Step">How many bits of each; 0: no cell.</param>
internal readonly record struct GeoCell(ulong Bits, int Step)
{
    /// <summary>Bits of each coordinate in a score.</summary>
    public const int MaxStep = 26;

    /// <summary>The greatest latitude that can be stored: that of a square Mercator map (EPSG:900913).</summary>
    public const double LatitudeMax = 85.05112878;

    /// <summary>The greatest longitude.</summary>
    public const double LongitudeMax = 180;

    private const ulong LatitudeBits = 0x5555555555555555;
    private const ulong LongitudeBits = 0xAAAAAAAAAAAAAAAA;

    /// <summary>Whether there is no cell.</summary>
    public bool IsNone => Step == 0;

    /// <summary>The lowest score in the cell.</summary>
    public ulong FirstScore => Bits << (2 * (MaxStep - Step));

    /// <summary>The score behind the last one in the cell.</summary>
    public ulong EndScore => (Bits + 1) << (2 * (MaxStep - Step));

    /// <summary>The cell that a point lies in.</summary>
    /// <param name="point">The point.</param>
    /// <param name="step">How small the cell is.</param>
    /// <param name="latitudeMax">The latitudes that are halved lie between minus and plus this.</param>
    public static GeoCell Of(GeoPoint point, int step, double latitudeMax = LatitudeMax)
    {
        double scale = 1L << step;
        double latitude = (point.Latitude + latitudeMax) / (latitudeMax * 2) * scale;
        double longitude = (point.Longitude + LongitudeMax) / (LongitudeMax * 2) * scale;
        return new GeoCell(Spread((uint)latitude) | (Spread((uint)longitude) << 1), step);
    }

    /// <summary>The cell whose bits are a member's score, whatever that is.</summary>
    public static GeoCell OfScore(double score) => new(ToBits(score), MaxStep);

    /// <summary>The borders.</summary>
    public GeoBounds Bounds
    {
        get
        {
            double scale = 1L << Step;
            uint latitude = Gather(Bits), longitude = Gather(Bits >> 1);
            return new GeoBounds(
                -LongitudeMax + (longitude / scale * (LongitudeMax * 2)),
                -LatitudeMax + (latitude / scale * (LatitudeMax * 2)),
                -LongitudeMax + ((longitude + 1.0) / scale * (LongitudeMax * 2)),
                -LatitudeMax + ((latitude + 1.0) / scale * (LatitudeMax * 2)));
        }
    }

    /// <summary>The middle: the position of a member with this score.</summary>
    public GeoPoint Center
    {
        get
        {
            GeoBounds bounds = Bounds;
            return new GeoPoint(
                Math.Clamp((bounds.West + bounds.East) / 2, -LongitudeMax, LongitudeMax),
                Math.Clamp((bounds.South + bounds.North) / 2, -LatitudeMax, LatitudeMax));
        }
    }

    /// <summary>The cell of the same size so many to the east and to the north, each -1, 0 or 1; around the edges it goes on at the other side.</summary>
    public GeoCell Neighbor(int east, int north)
    {
        int unused = 64 - (2 * Step);
        ulong longitude = Move(Bits & LongitudeBits, LatitudeBits >> unused, LongitudeBits >> unused, east);
        ulong latitude = Move(Bits & LatitudeBits, LongitudeBits >> unused, LatitudeBits >> unused, north);
        return new GeoCell(longitude | latitude, Step);
    }

    /// <summary>Counts one coordinate up or down: the bits of the other one, all set, let the carry through.</summary>
    private static ulong Move(ulong own, ulong others, ulong mask, int by) => by switch
    {
        0 => own,
        > 0 => (own + (others + 1)) & mask,
        _ => ((own | others) - (others + 1)) & mask,
    };

    /// <summary>Puts a zero before each bit.</summary>
    private static ulong Spread(uint bits)
    {
        ulong value = bits;
        value = (value | (value << 16)) & 0x0000FFFF0000FFFF;
        value = (value | (value << 8)) & 0x00FF00FF00FF00FF;
        value = (value | (value << 4)) & 0x0F0F0F0F0F0F0F0F;
        value = (value | (value << 2)) & 0x3333333333333333;
        return (value | (value << 1)) & LatitudeBits;
    }

    /// <summary>Takes every second bit.</summary>
    private static uint Gather(ulong bits)
    {
        ulong value = bits & LatitudeBits;
        value = (value | (value >> 1)) & 0x3333333333333333;
        value = (value | (value >> 2)) & 0x0F0F0F0F0F0F0F0F;
        value = (value | (value >> 4)) & 0x00FF00FF00FF00FF;
        value = (value | (value >> 8)) & 0x0000FFFF0000FFFF;
        return (uint)(value | (value >> 16));
    }

    /// <summary>As C converts a double to an unsigned integer on x86-64: scores of other commands may be negative or anything.</summary>
    private static ulong ToBits(double score)
    {
        const double Half = 9223372036854775808.0;
        return score >= Half ? ToSigned(score - Half) ^ 0x8000000000000000 : ToSigned(score);

        static ulong ToSigned(double value) => value is >= -Half and < Half ? (ulong)(long)value : 0x8000000000000000;
    }
}

/// <summary>A point on the earth's surface, in degrees.</summary>
internal readonly record struct GeoPoint(double Longitude, double Latitude);

/// <summary>Borders in degrees.</summary>
internal readonly record struct GeoBounds(double West, double South, double East, double North);
