using AkkaKv.Commands.Sessions;

namespace AkkaKv.Commands.Commands.Connection;

/// <summary>The types by which CLIENT LIST and CLIENT KILL choose connections.</summary>
internal enum ClientType
{
    Normal,
    Master,
    Replica,
    PubSub,
}

internal static class ClientTypes
{
    public static ClientType Of(ClientSession session) => session.Kind switch
    {
        SessionKind.Master => ClientType.Master,
        SessionKind.Replica => ClientType.Replica,
        _ => session.IsSubscribed ? ClientType.PubSub : ClientType.Normal,
    };

    public static bool TryParse(ReadOnlySpan<byte> word, out ClientType type)
    {
        (ReadOnlyMemory<byte> Word, ClientType Type)[] words =
        [
            ("normal"u8.ToArray(), ClientType.Normal), ("master"u8.ToArray(), ClientType.Master), ("slave"u8.ToArray(), ClientType.Replica),
            ("replica"u8.ToArray(), ClientType.Replica), ("pubsub"u8.ToArray(), ClientType.PubSub),
        ];
        foreach ((ReadOnlyMemory<byte> known, ClientType knownType) in words)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(known.Span, word))
            {
                type = knownType;
                return true;
            }
        }

        type = ClientType.Normal;
        return false;
    }
}
