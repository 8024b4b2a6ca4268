using System.Buffers.Binary;
using System.Security.Cryptography;

namespace AkkaKv.Commands.Scripting;

/// <summary>The SHA-1 of a script's text: what EVALSHA calls it.</summary>
internal readonly record struct ScriptDigest(ulong First, ulong Second, uint Third)
{
    /// <summary>How many hexadecimal digits a digest has.</summary>
    public const int HexLength = 2 * SHA1.HashSizeInBytes;

    /// <summary>The digest of <paramref name="source"/>.</summary>
    public static ScriptDigest Of(ReadOnlySpan<byte> source)
    {
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        SHA1.HashData(source, hash);
        return OfBytes(hash);
    }

    /// <summary>Reads 40 hexadecimal digits of either case.</summary>
    public static bool TryParse(ReadOnlySpan<byte> hex, out ScriptDigest digest)
    {
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        digest = default;
        if (hex.Length != HexLength || Convert.FromHexString(hex, hash, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        digest = OfBytes(hash);
        return true;
    }

    /// <summary>40 lower-case hexadecimal digits.</summary>
    public override string ToString()
    {
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        BinaryPrimitives.WriteUInt64BigEndian(hash, First);
        BinaryPrimitives.WriteUInt64BigEndian(hash[8..], Second);
        BinaryPrimitives.WriteUInt32BigEndian(hash[16..], Third);
        return Convert.ToHexStringLower(hash);
    }

    private static ScriptDigest OfBytes(ReadOnlySpan<byte> hash) => new(
        BinaryPrimitives.ReadUInt64BigEndian(hash),
        BinaryPrimitives.ReadUInt64BigEndian(hash[8..]),
        BinaryPrimitives.ReadUInt32BigEndian(hash[16..]));
}
