using Akka.Actor;
using Akka.Event;
using Akka.Remote;
using AkkaKv.Runtime.Tests.Remoting;
using static AkkaKv.Runtime.Tests.Remoting.TestSystems;

namespace AkkaKv.Runtime.Tests.BuiltIn;

/// <summary>
/// What the built-in remoting refuses and how it says so. Akka.NET has no shared secret, carries everything that has no serializer
/// with its default one, and words its errors its own way.
/// </summary>
public class RemoteRefusalTests
{
    private static readonly TimeSpan AskTimeout = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("")]
    [InlineData("akka.actor { serializers.point = \"AkkaKv.Runtime.Tests.Remoting.OtherPointSerializer, AkkaKv.Runtime.Tests\" }")]
    public async Task A_message_whose_serializer_or_manifest_is_unknown_there_is_logged_and_dropped_and_the_link_stays(string settingsThere)
    {
        await using var systems = new TestSystems();
        var (a, b) = (systems.Start(PointSerializer.Configuration), systems.Start(settingsThere));
        var (_, received) = Collect(b, "target");
        var errors = Listen<Error>(b);
        var ended = Listen<DisassociatedEvent>(b);
        var target = await a.ActorSelection($"{AddressOf(b)}/user/target").ResolveOne(AskTimeout);

        target.Tell(new Point(3, -4), ActorRefs.NoSender);
        target.Tell("next", ActorRefs.NoSender);

        await Eventually(() => received.Contains("next"), "the next message");
        await Eventually(() => errors.Any(e => e.ToString()!.Contains("was dropped")), "the error");
        Assert.Equal(["next"], received.Where(m => m is not Identify));
        Assert.Empty(ended);
    }

    [Fact]
    public async Task A_message_longer_than_a_frame_becomes_a_dead_letter_and_an_error_and_the_link_stays()
    {
        await using var systems = new TestSystems();
        var (a, b) = (systems.Start("akka.remote.dot-netty.tcp.maximum-frame-size = 32000b"), systems.Start());
        var (_, received) = Collect(b, "target");
        var dead = Listen<DeadLetter>(a);
        var errors = Listen<Error>(a);
        var target = await a.ActorSelection($"{AddressOf(b)}/user/target").ResolveOne(AskTimeout);

        target.Tell(new string('x', 32_000), ActorRefs.NoSender);
        target.Tell("next", ActorRefs.NoSender);

        await Eventually(() => received.Contains("next"), "the next message");
        await Eventually(() => dead.OfType<DeadLetter>().Any(d => d.Message is string { Length: 32_000 }), "the dead letter");
        await Eventually(() => errors.Any(e => e.ToString()!.Contains("maximum-frame-size")), "the error");
    }

    [Fact]
    public async Task A_message_without_a_serializer_becomes_a_dead_letter_and_an_error_and_the_link_stays()
    {
        await using var systems = new TestSystems();
        var (a, b) = (systems.Start(), systems.Start());
        var (_, received) = Collect(b, "target");
        var dead = Listen<DeadLetter>(a);
        var errors = Listen<Error>(a);
        var target = a.ActorSelection($"{AddressOf(b)}/user/target");

        target.Tell(new Uri("http://example.org"), ActorRefs.NoSender);
        target.Tell("next", ActorRefs.NoSender);

        await Eventually(() => received.Contains("next"), "the next message");
        await Eventually(() => dead.OfType<DeadLetter>().Any(d => d.Message is Uri), "the dead letter");
        await Eventually(() => !errors.IsEmpty, "the error");
    }

    [Fact]
    public async Task A_node_with_the_wrong_secret_is_refused_and_both_sides_log_why()
    {
        const string Right = "akka.remote { require-cookie = on, secure-cookie = \"right\" }";
        await using var systems = new TestSystems();
        var (a, b) = (systems.Start(Right), systems.Start(Right));
        var stranger = systems.Start("akka.remote { require-cookie = on, secure-cookie = \"wrong\" }");
        Collect(b, "target");
        var (errorsHere, errorsThere) = (Listen<Error>(b), Listen<Error>(stranger));
        var failures = Listen<AssociationErrorEvent>(stranger);

        stranger.ActorSelection($"{AddressOf(b)}/user/target").Tell("let me in", ActorRefs.NoSender);

        await Eventually(() => errorsHere.Any(e => e.ToString()!.Contains("secure cookies differ")), "the error here");
        await Eventually(() => errorsThere.Any(e => e.ToString()!.Contains("secure cookies differ")), "the error there");
        await Eventually(() => !failures.IsEmpty, "the event there");
        Assert.Equal("hello", await a.ActorSelection($"{AddressOf(b)}/user/target").Ask<string>("echo hello", AskTimeout));
    }
}
