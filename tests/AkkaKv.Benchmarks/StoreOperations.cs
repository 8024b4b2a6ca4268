using System.Buffers.Text;
using AkkaKv.Keyspace;

namespace AkkaKv.Benchmarks;

/// <summary>The operations on the store that are measured, each as one call.</summary>
internal static class StoreOperations
{
    /// <summary>GET: finds a random key and reads its value.</summary>
    public static int Get(Dataset data)
    {
        var entry = data.Database.Find(data.NextKey());
        return entry.StringValue[0];
    }

    /// <summary>GET of a key that is not there.</summary>
    public static int GetAbsent(Dataset data)
    {
        Span<byte> key = stackalloc byte[Dataset.KeyLength];
        data.NextKey().CopyTo(key);
        key[0] = (byte)'x';
        return data.Database.Find(key).Exists ? 1 : 0;
    }

    /// <summary>SET of a random key that exists, with a value of the same length.</summary>
    public static int OverwriteSet(Dataset data)
    {
        data.Database.SetString(data.NextKey(), data.Value, Database.NoExpiry);
        return 0;
    }

    /// <summary>SET of a random key that exists, with a value of another length each time, which moves it to another block now and then.</summary>
    public static int ResizingSet(Dataset data)
    {
        var key = data.NextKey();
        data.Database.SetString(key, data.Value[..(1 + (key[^1] * 7 % 60))], Database.NoExpiry);
        return 0;
    }

    /// <summary>SET with an expiry of a random key that exists.</summary>
    public static int OverwriteSetWithExpiry(Dataset data)
    {
        var key = data.NextKey();
        data.Database.SetString(key, data.Value, 1_000_000 + (key[^1] * 1000L) + key[^2]);
        return 0;
    }

    /// <summary>As INCR does: reads a number, and writes it back one higher.</summary>
    public static int Increment(Dataset data)
    {
        var key = data.NextKey();
        var entry = data.Database.Find(key);
        Span<byte> digits = stackalloc byte[20];
        Utf8Parser.TryParse(entry.StringValue, out long number, out _);
        Utf8Formatter.TryFormat(number + 1, digits, out var length);
        data.Database.SetString(key, digits[..length], entry.ExpireAtMs);
        return length;
    }

    /// <summary>DEL of a random key and SET of it again.</summary>
    public static int RemoveAndSet(Dataset data)
    {
        var key = data.NextKey();
        data.Database.Remove(key);
        data.Database.SetString(key, data.Value, Database.NoExpiry);
        return 0;
    }
}
