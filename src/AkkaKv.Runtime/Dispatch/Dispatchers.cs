using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Dispatch;

/// <summary>The dispatchers of a system, by their path in the configuration.</summary>
public sealed class Dispatchers
{
    /// <summary>The default dispatcher.</summary>
    public static readonly string DefaultDispatcherId = "akka.actor.default-dispatcher";

    /// <summary>The dispatcher of the system's own actors.</summary>
    internal static readonly string InternalDispatcherId = "akka.actor.internal-dispatcher";

    private readonly ActorSystem _system;
    private readonly ConcurrentDictionary<string, MessageDispatcherConfigurator> _configurators = new();
    private readonly ConcurrentBag<MessageDispatcher> _made = [];

    internal Dispatchers(ActorSystem system, IDispatcherPrerequisites prerequisites)
    {
        _system = system;
        Prerequisites = prerequisites;
    }

    /// <summary>The parts of the system that dispatchers get.</summary>
    public IDispatcherPrerequisites Prerequisites { get; }

    /// <summary>The default dispatcher.</summary>
    public MessageDispatcher DefaultGlobalDispatcher => Lookup(DefaultDispatcherId);

    /// <summary>The dispatcher configured at <paramref name="dispatcherName"/>.</summary>
    /// <exception cref="ConfigurationException">There is none, or its <c>type</c> is not known.</exception>
    public MessageDispatcher Lookup(string dispatcherName)
    {
        var dispatcher = _configurators.GetOrAdd(dispatcherName, Make).Dispatcher();
        if (!_made.Contains(dispatcher)) _made.Add(dispatcher);
        return dispatcher;
    }

    /// <summary>True if a dispatcher is configured at <paramref name="id"/>.</summary>
    public bool HasDispatcher(string id) => _configurators.ContainsKey(id) || _system.Settings.Config.HasPath(id);

    /// <summary>Adds a dispatcher that is not in the configuration; false if the id is taken.</summary>
    public bool RegisterConfigurator(string id, MessageDispatcherConfigurator configurator) => _configurators.TryAdd(id, configurator);

    internal void Shutdown()
    {
        foreach (var dispatcher in _made) dispatcher.ShutdownNow();
    }

    private MessageDispatcherConfigurator Make(string id)
    {
        var all = _system.Settings.Config;
        var section = all.GetConfig(id) ?? throw new ConfigurationException($"{id}: there is no such dispatcher.");
        var config = ConfigurationFactory.ParseString($"id = \"{id}\"").WithFallback(section);
        if (id != DefaultDispatcherId && all.GetConfig(DefaultDispatcherId) is { } defaults) config = config.WithFallback(defaults);
        var name = config.GetString("type") ?? "Dispatcher";
        return name switch
        {
            "Dispatcher" => FromExecutor(id, config),
            "ThreadPoolDispatcher" => Shared(config, c => new ThreadPoolDispatcher(c)),
            "TaskDispatcher" => Shared(config, c => new TaskDispatcher(c)),
            "ForkJoinDispatcher" => ForkJoin(config),
            "PinnedDispatcher" => new BuiltInDispatcherConfigurator(config, Prerequisites, c => new DedicatedThreadsDispatcher(c, 1, oneActor: true), oneForEachActor: true),
            _ => FromType(id, name, config),
        };
    }

    private MessageDispatcherConfigurator FromExecutor(string id, Config config) => config.GetString("executor", "default-executor") switch
    {
        "default-executor" or "thread-pool-executor" => Shared(config, c => new ThreadPoolDispatcher(c)),
        "task-executor" => Shared(config, c => new TaskDispatcher(c)),
        "fork-join-executor" => ForkJoin(config),
        var other => throw new ConfigurationException($"{id}.executor: expected default-executor, thread-pool-executor, task-executor or fork-join-executor, found '{other}'."),
    };

    private BuiltInDispatcherConfigurator ForkJoin(Config config)
    {
        var threads = Math.Max(1, config.GetInt("dedicated-thread-pool.thread-count", Environment.ProcessorCount));
        return Shared(config, c => new DedicatedThreadsDispatcher(c, threads, oneActor: false));
    }

    private BuiltInDispatcherConfigurator Shared(Config config, Func<MessageDispatcherConfigurator, MessageDispatcher> make) =>
        new(config, Prerequisites, make, oneForEachActor: false);

    private MessageDispatcherConfigurator FromType(string id, string name, Config config)
    {
        var type = TypeNames.Find(name, typeof(MessageDispatcherConfigurator))
            ?? throw new ConfigurationException($"{id}.type: '{name}' is neither a built-in dispatcher nor a {nameof(MessageDispatcherConfigurator)}.");
        try
        {
            return (MessageDispatcherConfigurator)Activator.CreateInstance(type, config, Prerequisites)!;
        }
        catch (Exception e)
        {
            throw new ConfigurationException($"{id}.type: {name} could not be created: {TypeNames.Unwrap(e).Message}", TypeNames.Unwrap(e));
        }
    }
}
