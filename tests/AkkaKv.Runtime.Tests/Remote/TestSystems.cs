using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Serialization;

namespace AkkaKv.Runtime.Tests.Remoting;

/// <summary>The actor systems of a test, on loopback, all ended with it.</summary>
internal sealed class TestSystems : IAsyncDisposable
{
    private static readonly ConditionalWeakTable<ActorSystem, Address> Addresses = [];

    private readonly List<ActorSystem> _systems = [];

    /// <summary>Starts a system that can talk to others. The settings given win over the test's.</summary>
    public ActorSystem Start(string settings = "", string name = "test", int port = 0)
    {
        var config = ConfigurationFactory.ParseString(settings).WithFallback(ConfigurationFactory.ParseString($$"""
            akka {
              loglevel = ERROR
              stdout-loglevel = OFF
              loggers = []
              log-dead-letters = off
              actor.provider = remote
              coordinated-shutdown.run-by-clr-shutdown-hook = off
              remote {
                retry-gate-closed-for = 200ms
                dot-netty.tcp { hostname = "127.0.0.1", port = {{port}} }
                watch-failure-detector { heartbeat-interval = 100ms, acceptable-heartbeat-pause = 500ms, expected-response-after = 300ms }
              }
            }
            """));
        var system = ActorSystem.Create(name, config);
        _systems.Add(system);
        Addresses.Add(system, ActorPath.Parse(Serialization.SerializedActorPath(Collect(system, "address").Actor)).Address);
        return system;
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(_systems.Select(s => s.Terminate())).WaitAsync(TimeSpan.FromSeconds(20));

    /// <summary>An actor that keeps what it gets.</summary>
    public static (IActorRef Actor, ConcurrentQueue<object> Messages) Collect(ActorSystem system, string? name = null)
    {
        var messages = new ConcurrentQueue<object>();
        return (system.ActorOf(Props.Create(() => new Collector(messages)), name), messages);
    }

    /// <summary>Keeps what is published on the event stream.</summary>
    public static ConcurrentQueue<object> Listen<T>(ActorSystem system)
    {
        var (actor, messages) = Collect(system);
        system.EventStream.Subscribe(actor, typeof(T));
        return messages;
    }

    public static Address AddressOf(ActorSystem system) => Addresses.TryGetValue(system, out var address) ? address : throw new ArgumentException("not started here");

    public static async Task Eventually(Func<bool> condition, string what, int withinMs = 15_000)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.ElapsedMilliseconds < withinMs, $"{what} not within {withinMs} ms");
            await Task.Delay(5);
        }
    }

    private sealed class Collector : UntypedActor
    {
        private readonly ConcurrentQueue<object> _messages;

        public Collector(ConcurrentQueue<object> messages) => _messages = messages;

        protected override void OnReceive(object message)
        {
            _messages.Enqueue(message);
            if (message is string text && text.StartsWith("echo ", StringComparison.Ordinal))
                Sender.Tell(text[5..], Self);
            if (message is IActorRef toWatch)
                Context.Watch(toWatch);
        }
    }
}
