using System.Globalization;
using AkkaKv.Commands.Commands.SortedSets;
using AkkaKv.Commands.Text;

namespace AkkaKv.Commands.Commands.Geo;

/// <summary>Reads coordinates, distances and units; each writes the error itself when it returns false.</summary>
internal static class GeoArguments
{
    /// <summary>Longitude and latitude, in two arguments.</summary>
    public static bool TryReadPoint(this CommandContext context, int index, out GeoPoint point)
    {
        point = default;
        if (!context.TryReadDouble(index, out double longitude) || !context.TryReadDouble(index + 1, out double latitude))
        {
            return false;
        }

        point = new GeoPoint(longitude, latitude);
        if (Math.Abs(longitude) <= GeoCell.LongitudeMax && Math.Abs(latitude) <= GeoCell.LatitudeMax)
        {
            return true;
        }

        context.Reply.Error($"ERR invalid longitude,latitude pair {Text(longitude)},{Text(latitude)}");
        return false;
    }

    /// <summary>A unit: how many metres it is.</summary>
    public static bool TryReadUnit(this CommandContext context, int index, out double metres)
    {
        metres = context.IsWord(index, "M"u8) ? 1
            : context.IsWord(index, "KM"u8) ? 1000
            : context.IsWord(index, "FT"u8) ? 0.3048
            : context.IsWord(index, "MI"u8) ? 1609.34
            : 0;
        if (metres == 0)
        {
            context.Reply.Error("ERR unsupported unit provided. please use M, KM, FT, MI"u8);
        }

        return metres != 0;
    }

    /// <summary>A radius and its unit.</summary>
    public static bool TryReadCircle(this CommandContext context, int index, ref GeoShape shape)
    {
        if (!DoubleReader.TryParse(context.Args[index], out double radius))
        {
            context.Reply.Error("ERR need numeric radius"u8);
            return false;
        }

        if (radius < 0)
        {
            context.Reply.Error("ERR radius cannot be negative"u8);
            return false;
        }

        if (!context.TryReadUnit(index + 1, out double unit))
        {
            return false;
        }

        shape = shape with { Width = radius, IsBox = false, Unit = unit };
        return true;
    }

    /// <summary>Width, height and their unit.</summary>
    public static bool TryReadBox(this CommandContext context, int index, ref GeoShape shape)
    {
        if (!DoubleReader.TryParse(context.Args[index], out double width))
        {
            context.Reply.Error("ERR need numeric width"u8);
            return false;
        }

        if (!DoubleReader.TryParse(context.Args[index + 1], out double height))
        {
            context.Reply.Error("ERR need numeric height"u8);
            return false;
        }

        if (width < 0 || height < 0)
        {
            context.Reply.Error("ERR height or width cannot be negative"u8);
            return false;
        }

        if (!context.TryReadUnit(index + 2, out double unit))
        {
            return false;
        }

        shape = shape with { Width = width, Height = height, IsBox = true, Unit = unit };
        return true;
    }

    private static string Text(double value) => double.IsInfinity(value) ? value > 0 ? "inf" : "-inf" : value.ToString("F6", CultureInfo.InvariantCulture);
}
