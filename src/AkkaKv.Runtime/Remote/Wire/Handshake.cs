using System.Security.Cryptography;
using System.Text;
using Akka.Actor;

namespace Akka.Remote.Wire;

/// <summary>Why a connection is refused.</summary>
internal enum RefusalReason : byte
{
    /// <summary>The other side does not know the cluster's secret.</summary>
    WrongCookie = 1,

    /// <summary>One side asks for a secret and the other does not.</summary>
    CookieSettingsDiffer = 2,

    /// <summary>The system that was called is not the one that was meant.</summary>
    WrongAddress = 3,

    /// <summary>This incarnation was quarantined: it must restart before it may come back.</summary>
    Quarantined = 4,

    /// <summary>Too many connections are in the middle of their handshake.</summary>
    TooManyHandshakes = 5,
}

/// <summary>The first frame of a connection: who calls, whom it means, and its challenge.</summary>
internal sealed record Hello(Address Initiator, int Uid, Address Target, bool RequiresCookie, byte[] Nonce);

/// <summary>The answer: who was reached, and its challenge.</summary>
internal sealed record Challenge(Address Responder, int Uid, bool RequiresCookie, byte[] Nonce);

/// <summary>
/// The handshake: Hello → Challenge → Proof → Welcome, or a Refusal at any point. Each side proves that it knows the secret
/// (<c>akka.remote.secure-cookie</c>) by an HMAC-SHA256 over both sides' addresses, uids and fresh random numbers, so the secret never
/// travels, nothing can be replayed, and the side that calls proves first, so that a stranger who calls learns nothing.
/// The connection is not encrypted after that: whoever can change packets on the network can change messages. Remoting belongs on a
/// network that only the nodes share.
/// </summary>
internal static class Handshake
{
    /// <summary>No handshake frame is longer; nobody gets more memory before it has proved itself.</summary>
    public const int FrameBytesMax = 2048;

    private const int NonceBytes = 32;
    private const byte Version = 1;
    private static readonly byte[] Magic = "AKKA"u8.ToArray();

    public static byte[] NewNonce() => RandomNumberGenerator.GetBytes(NonceBytes);

    public static byte[] Encode(Hello hello)
    {
        var writer = new WireWriter();
        writer.Byte((byte)FrameKind.Hello);
        writer.Raw(Magic);
        writer.Byte(Version);
        writer.Address(hello.Initiator);
        writer.Int32(hello.Uid);
        writer.Address(hello.Target);
        writer.Bool(hello.RequiresCookie);
        writer.Raw(hello.Nonce);
        return writer.ToArray();
    }

    public static byte[] Encode(Challenge challenge)
    {
        var writer = new WireWriter();
        writer.Byte((byte)FrameKind.Challenge);
        writer.Address(challenge.Responder);
        writer.Int32(challenge.Uid);
        writer.Bool(challenge.RequiresCookie);
        writer.Raw(challenge.Nonce);
        return writer.ToArray();
    }

    public static byte[] EncodeProof(FrameKind kind, byte[] proof) => [(byte)kind, .. proof];

    public static byte[] EncodeRefusal(RefusalReason reason) => [(byte)FrameKind.Refusal, (byte)reason];

    public static Hello DecodeHello(ReadOnlySpan<byte> frame)
    {
        var reader = Open(frame, FrameKind.Hello);
        foreach (var expected in Magic)
        {
            if (reader.Byte() != expected)
                throw new WireFormatException("this is not the remoting protocol");
        }
        var version = reader.Byte();
        if (version != Version)
            throw new WireFormatException($"protocol version {version}, this side speaks {Version}");
        var hello = new Hello(reader.Address(), reader.Int32(), reader.Address(), reader.Bool(), reader.Rest().ToArray());
        return hello.Nonce.Length == NonceBytes ? hello : throw new WireFormatException("challenge of the wrong length");
    }

    public static Challenge DecodeChallenge(ReadOnlySpan<byte> frame)
    {
        var reader = Open(frame, FrameKind.Challenge);
        var challenge = new Challenge(reader.Address(), reader.Int32(), reader.Bool(), reader.Rest().ToArray());
        return challenge.Nonce.Length == NonceBytes ? challenge : throw new WireFormatException("challenge of the wrong length");
    }

    /// <summary>The proof of one side for one connection. Without a cookie it is empty.</summary>
    public static byte[] Proof(string? cookie, FrameKind side, ReadOnlySpan<byte> helloFrame, ReadOnlySpan<byte> challengeFrame)
    {
        if (cookie is null)
            return [];
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(cookie));
        hmac.AppendData([(byte)side, .. BitConverter.GetBytes((ushort)helloFrame.Length)]);
        hmac.AppendData(helloFrame);
        hmac.AppendData(challengeFrame);
        return hmac.GetHashAndReset();
    }

    /// <summary>Whether the frame is the expected proof; takes the same time wherever the two differ.</summary>
    public static bool IsProof(ReadOnlySpan<byte> frame, FrameKind kind, byte[] expected) =>
        frame.Length > 0 && frame[0] == (byte)kind && CryptographicOperations.FixedTimeEquals(frame[1..], expected);

    public static string Explain(RefusalReason reason) => reason switch
    {
        RefusalReason.WrongCookie => "the secure cookies differ (akka.remote.secure-cookie)",
        RefusalReason.CookieSettingsDiffer => "one side requires a secure cookie and the other does not (akka.remote.require-cookie)",
        RefusalReason.WrongAddress => "another actor system runs at that address",
        RefusalReason.Quarantined => "this incarnation is quarantined there; restart the actor system",
        RefusalReason.TooManyHandshakes => "too many connections at once",
        _ => $"reason {(byte)reason}",
    };

    private static WireReader Open(ReadOnlySpan<byte> frame, FrameKind kind)
    {
        var reader = new WireReader(frame);
        var actual = reader.Byte();
        return actual == (byte)kind ? reader : throw new WireFormatException($"frame of kind {actual} where {kind} was expected");
    }
}
