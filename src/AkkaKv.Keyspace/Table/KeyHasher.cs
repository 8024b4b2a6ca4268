using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AkkaKv.Keyspace.Table;

/// <summary>
/// Hashes keys to 64 bits with secrets of this process, so that nobody outside can choose keys that collide. Eight bytes are mixed with
/// eight others by a 64x64 multiplication whose halves are folded together (the idea of wyhash and its family); unlike in those the multiplied words
/// are masked with secrets, not published constants, so no input is known that makes a factor zero.
/// </summary>
internal sealed class KeyHasher
{
    private readonly ulong _secret0;
    private readonly ulong _secret1;
    private readonly ulong _secret2;
    private readonly ulong _secret3;

    /// <param name="seed">Draws the secrets; two hashers of one seed agree.</param>
    public KeyHasher(ulong seed)
    {
        _secret0 = NextSecret(ref seed);
        _secret1 = NextSecret(ref seed);
        _secret2 = NextSecret(ref seed);
        _secret3 = NextSecret(ref seed);
    }

    /// <summary>The hash of a key.</summary>
    public ulong Hash(ReadOnlySpan<byte> key)
    {
        ref var bytes = ref MemoryMarshal.GetReference(key);
        var length = (nuint)key.Length;
        ulong first, second;
        var running = _secret2;
        if (length <= 16)
        {
            if (length >= 8)
            {
                first = Read64(ref bytes, 0);
                second = Read64(ref bytes, length - 8);
            }
            else if (length >= 4)
            {
                first = Read32(ref bytes, 0);
                second = Read32(ref bytes, length - 4);
            }
            else if (length > 0)
            {
                first = ((ulong)bytes << 16) | ((ulong)Unsafe.Add(ref bytes, length >> 1) << 8) | Unsafe.Add(ref bytes, length - 1);
                second = 0;
            }
            else
            {
                first = second = 0;
            }
        }
        else
        {
            nuint position = 0;
            for (; position + 16 < length; position += 16)
                running = Fold(Read64(ref bytes, position) ^ _secret0, Read64(ref bytes, position + 8) ^ running);
            first = Read64(ref bytes, length - 16);
            second = Read64(ref bytes, length - 8);
        }

        return Fold(Fold(first ^ _secret1, second ^ running) ^ _secret3, _secret0 ^ length);
    }

    private static ulong Read64(ref byte bytes, nuint at) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref bytes, at));

    private static ulong Read32(ref byte bytes, nuint at) => Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref bytes, at));

    private static ulong Fold(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return high ^ low;
    }

    // SplitMix64, a full-period mixer (Steele, Lea, Flood 2014).
    private static ulong NextSecret(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
