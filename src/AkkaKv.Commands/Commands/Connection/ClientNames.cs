using System.Text;

namespace AkkaKv.Commands.Commands.Connection;

/// <summary>The names that clients give their connections: printable ASCII without blanks, so that CLIENT LIST stays one line per connection.</summary>
internal static class ClientNames
{
    public static ReadOnlySpan<byte> Invalid => "ERR Client names cannot contain spaces, newlines or special characters."u8;

    public static bool TryRead(ReadOnlySpan<byte> bytes, out string name)
    {
        name = "";
        foreach (byte value in bytes)
        {
            if (value is < (byte)'!' or > (byte)'~')
            {
                return false;
            }
        }

        name = Encoding.ASCII.GetString(bytes);
        return true;
    }
}
