using Akka.Actor;
using Akka.Remote.Wire;

namespace AkkaKv.Runtime.Tests.Remoting;

public class WireFormatTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(int.MaxValue)]
    [InlineData(long.MaxValue)]
    public void A_number_comes_back(long value)
    {
        var writer = new WireWriter();
        writer.Varint(value);

        Assert.Equal(value, new WireReader(writer.Written).Varint());
    }

    [Fact]
    public void All_fields_come_back_in_their_order()
    {
        var address = new Address("akka.tcp", "kv", "127.0.0.1", 2551);
        var writer = new WireWriter();
        writer.Text("ключ");
        writer.Bytes([1, 2, 3]);
        writer.Address(address);
        writer.Bool(true);
        writer.Int32(-5);
        writer.Int64(long.MinValue);

        var reader = new WireReader(writer.Written);
        Assert.Equal("ключ", reader.Text());
        Assert.Equal([1, 2, 3], reader.Bytes().ToArray());
        Assert.Equal(address, reader.Address());
        Assert.True(reader.Bool());
        Assert.Equal(-5, reader.Int32());
        Assert.Equal(long.MinValue, reader.Int64());
        reader.End();
    }

    [Fact]
    public void Every_cut_of_a_message_is_an_error_not_a_crash()
    {
        var writer = new WireWriter();
        writer.Text("name");
        writer.Address(new Address("akka.tcp", "kv", "host", 1));
        writer.Int64(7);
        var bytes = writer.ToArray();

        for (var length = 0; length < bytes.Length; length++)
        {
            var cut = bytes[..length];
            Assert.Throws<WireFormatException>(() =>
            {
                var reader = new WireReader(cut);
                reader.Text();
                reader.Address();
                reader.Int64();
            });
        }
    }

    [Fact]
    public void A_length_beyond_the_bytes_that_are_there_is_refused_before_memory_is_taken()
    {
        var writer = new WireWriter();
        writer.Varint(int.MaxValue);

        Assert.Throws<WireFormatException>(() => new WireReader(writer.Written).Bytes().Length);
        Assert.Throws<WireFormatException>(() => new WireReader(writer.Written).Count(1));
    }

    [Fact]
    public void Text_that_is_not_UTF8_is_refused() =>
        Assert.Throws<WireFormatException>(() => new WireReader([2, 0xC3, 0x28]).Text());

    [Fact]
    public void The_proofs_of_the_two_sides_differ_and_depend_on_every_byte()
    {
        var hello = Handshake.Encode(new Hello(new Address("akka.tcp", "a", "h", 1), 1, new Address("akka.tcp", "b", "h", 2), true, Handshake.NewNonce()));
        var challenge = Handshake.Encode(new Challenge(new Address("akka.tcp", "b", "h", 2), 2, true, Handshake.NewNonce()));
        var proof = Handshake.Proof("secret", FrameKind.Proof, hello, challenge);

        Assert.True(Handshake.IsProof(Handshake.EncodeProof(FrameKind.Proof, proof), FrameKind.Proof, proof));
        Assert.NotEqual(proof, Handshake.Proof("secret", FrameKind.Welcome, hello, challenge));
        Assert.NotEqual(proof, Handshake.Proof("Secret", FrameKind.Proof, hello, challenge));
        hello[^1] ^= 1;
        Assert.NotEqual(proof, Handshake.Proof("secret", FrameKind.Proof, hello, challenge));
    }

    [Fact]
    public void Handshake_frames_come_back()
    {
        var hello = new Hello(new Address("akka.tcp", "a", "h", 1), -7, new Address("akka.tcp", "b", "h", 2), true, Handshake.NewNonce());
        var decoded = Handshake.DecodeHello(Handshake.Encode(hello));

        Assert.Equal((hello.Initiator, hello.Uid, hello.Target, hello.RequiresCookie), (decoded.Initiator, decoded.Uid, decoded.Target, decoded.RequiresCookie));
        Assert.Equal(hello.Nonce, decoded.Nonce);
    }
}
