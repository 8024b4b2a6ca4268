namespace AkkaKv.Commands.Commands.Geo;

/// <summary>Distances on a sphere, calculated in the same steps as Redis, so that the last digit is the same.</summary>
internal static class GeoMath
{
    /// <summary>The earth's radius in metres.</summary>
    public const double EarthRadius = 6372797.560856;

    private const double RadiansPerDegree = Math.PI / 180.0;

    public static double ToRadians(double degrees) => degrees * RadiansPerDegree;

    public static double ToDegrees(double radians) => radians / RadiansPerDegree;

    /// <summary>Metres between two points, by the haversine formula.</summary>
    public static double Distance(GeoPoint from, GeoPoint to)
    {
        double v = Math.Sin((ToRadians(to.Longitude) - ToRadians(from.Longitude)) / 2);
        if (v == 0)
        {
            return LatitudeDistance(from.Latitude, to.Latitude);
        }

        double fromLatitude = ToRadians(from.Latitude), toLatitude = ToRadians(to.Latitude);
        double u = Math.Sin((toLatitude - fromLatitude) / 2);
        double a = (u * u) + (Math.Cos(fromLatitude) * Math.Cos(toLatitude) * v * v);
        return 2.0 * EarthRadius * Math.Asin(Math.Sqrt(a));
    }

    /// <summary>Metres between two latitudes, along a meridian.</summary>
    public static double LatitudeDistance(double from, double to) => EarthRadius * Math.Abs(ToRadians(to) - ToRadians(from));
}
