using System.Numerics;
using System.Runtime.InteropServices;

namespace AkkaKv.Commands.Commands.Bitmaps;

/// <summary>What BITOP does with its sources.</summary>
public enum BitwiseOperation
{
    /// <summary>A bit is set where it is set in all sources.</summary>
    And,

    /// <summary>A bit is set where it is set in at least one source.</summary>
    Or,

    /// <summary>A bit is set where it is set in an odd number of sources.</summary>
    Xor,

    /// <summary>The one source, inverted.</summary>
    Not,
}

/// <summary>
/// BITOP's arithmetic: a result is the first source, with one source after another folded into it. A source shorter than the result
/// counts as filled up with zero bytes.
/// </summary>
public static class BitwiseKernel
{
    /// <summary>Folds <paramref name="source"/> (not longer than the result) into <paramref name="result"/>.</summary>
    public static void Fold(BitwiseOperation operation, Span<byte> result, ReadOnlySpan<byte> source)
    {
        Span<byte> common = result[..source.Length];
        switch (operation)
        {
            case BitwiseOperation.And:
                And(common, source);
                result[source.Length..].Clear();
                break;
            case BitwiseOperation.Or:
                Or(common, source);
                break;
            case BitwiseOperation.Xor:
                Xor(common, source);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(operation), operation, "NOT has one source, there is nothing to fold.");
        }
    }

    /// <summary>Inverts every bit.</summary>
    public static void Invert(Span<byte> result)
    {
        Span<Vector<byte>> vectors = MemoryMarshal.Cast<byte, Vector<byte>>(result);
        foreach (ref Vector<byte> vector in vectors)
        {
            vector = ~vector;
        }

        foreach (ref byte single in result[(vectors.Length * Vector<byte>.Count)..])
        {
            single = (byte)~single;
        }
    }

    private static void And(Span<byte> result, ReadOnlySpan<byte> source)
    {
        Span<Vector<byte>> left = MemoryMarshal.Cast<byte, Vector<byte>>(result);
        ReadOnlySpan<Vector<byte>> right = MemoryMarshal.Cast<byte, Vector<byte>>(source);
        for (int i = 0; i < left.Length; i++)
        {
            left[i] &= right[i];
        }

        for (int i = left.Length * Vector<byte>.Count; i < result.Length; i++)
        {
            result[i] &= source[i];
        }
    }

    private static void Or(Span<byte> result, ReadOnlySpan<byte> source)
    {
        Span<Vector<byte>> left = MemoryMarshal.Cast<byte, Vector<byte>>(result);
        ReadOnlySpan<Vector<byte>> right = MemoryMarshal.Cast<byte, Vector<byte>>(source);
        for (int i = 0; i < left.Length; i++)
        {
            left[i] |= right[i];
        }

        for (int i = left.Length * Vector<byte>.Count; i < result.Length; i++)
        {
            result[i] |= source[i];
        }
    }

    private static void Xor(Span<byte> result, ReadOnlySpan<byte> source)
    {
        Span<Vector<byte>> left = MemoryMarshal.Cast<byte, Vector<byte>>(result);
        ReadOnlySpan<Vector<byte>> right = MemoryMarshal.Cast<byte, Vector<byte>>(source);
        for (int i = 0; i < left.Length; i++)
        {
            left[i] ^= right[i];
        }

        for (int i = left.Length * Vector<byte>.Count; i < result.Length; i++)
        {
            result[i] ^= source[i];
        }
    }
}
