using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Geo;

/// <summary>Writes distances and coordinates.</summary>
internal static class GeoReplies
{
    // Enough for any double with 17 decimals.
    private const int TextMax = 400;
    private const int DistanceScale = 10_000;
    private const byte DistanceDecimals = 4;

    /// <summary>
    /// A distance with four decimals, a bulk string in RESP3 as well. As in Redis ten thousand times the distance is rounded to a whole number, halves to the even one; what is none
    /// (the distance of some points that lie opposite each other) becomes the lowest.
    /// </summary>
    public static void Distance(this ReplyWriter reply, double distance)
    {
        double scaled = Math.Round(distance * DistanceScale, MidpointRounding.ToEven);
        long whole = Math.Abs(scaled) < long.MaxValue ? (long)scaled : long.MinValue;
        UInt128 magnitude = whole < 0 ? (UInt128)(-(Int128)whole) : (UInt128)whole;
        Span<byte> text = stackalloc byte[TextMax];
        text[0] = (byte)'-';
        int sign = whole < 0 ? 1 : 0;
        Utf8Formatter.TryFormat((ulong)(magnitude / DistanceScale), text[sign..], out int length);
        length += sign;
        text[length++] = (byte)'.';
        Utf8Formatter.TryFormat((ulong)(magnitude % DistanceScale), text[length..], out int decimals, new StandardFormat('D', DistanceDecimals));
        reply.Bulk(text[..(length + decimals)]);
    }

    /// <summary>Longitude and latitude, each with up to 17 decimals.</summary>
    public static void Point(this ReplyWriter reply, GeoPoint point)
    {
        reply.Array(2);
        Coordinate(reply, point.Longitude);
        Coordinate(reply, point.Latitude);
    }

    private static void Coordinate(ReplyWriter reply, double degrees)
    {
        Span<byte> text = stackalloc byte[TextMax];
        degrees.TryFormat(text, out int length, "F17", CultureInfo.InvariantCulture);
        ReadOnlySpan<byte> number = ((ReadOnlySpan<byte>)text[..length]).TrimEnd((byte)'0').TrimEnd((byte)'.');
        if (number.SequenceEqual("-0"u8))
        {
            number = number[1..];
        }

        if (reply.RespVersion == 2)
        {
            reply.Bulk(number);
            return;
        }

        Span<byte> line = stackalloc byte[TextMax];
        line[0] = (byte)',';
        number.CopyTo(line[1..]);
        "\r\n"u8.CopyTo(line[(number.Length + 1)..]);
        reply.Literal(line[..(number.Length + 3)]);
    }
}
