using System.Text;

namespace AkkaKv.Commands.Access;

/// <summary>Rules, names and patterns are bytes; as text each character is one byte.</summary>
internal static class AclText
{
    public static string Of(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    /// <summary>Whether there is white space or a zero byte, which names and patterns must not have.</summary>
    public static bool HasSpaces(ReadOnlySpan<char> text) => text.IndexOfAny(" \t\n\v\f\r\0") >= 0;
}
