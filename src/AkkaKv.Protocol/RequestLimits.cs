namespace AkkaKv.Protocol;

/// <summary>The bounds that a request is checked against before memory is taken for it. The values are Redis 7.0's.</summary>
public static class RequestLimits
{
    /// <summary>The most items a request array may announce (INT_MAX, as Redis 7.0). Announcing costs nothing; only arriving items do.</summary>
    public const int MultibulkMax = int.MaxValue;

    /// <summary>The fewest bytes that an item of a request array takes: <c>$0</c> and two line ends.</summary>
    public const int ItemBytesMin = 6;

    /// <summary>The longest line: an inline command, or the decimal number after <c>*</c> or <c>$</c>, in bytes.</summary>
    public const int LineMax = 64 * 1024;

    /// <summary>Redis's default of <c>proto-max-bulk-len</c>, in bytes.</summary>
    public const long BulkLengthDefaultMax = 512L * 1024 * 1024;

    /// <summary>The most items that a client may send before it has authenticated.</summary>
    public const int UnauthenticatedMultibulkMax = 10;

    /// <summary>The longest item that a client may send before it has authenticated, in bytes.</summary>
    public const int UnauthenticatedBulkMax = 16384;
}
