using System.Text;

namespace AkkaKv.Tests.Keyspace;

/// <summary>Short ways to write keys and values in tests.</summary>
internal static class Keys
{
    public static byte[] Of(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[] Numbered(long number) => Encoding.UTF8.GetBytes($"key:{number:D12}");

    public static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);
}
