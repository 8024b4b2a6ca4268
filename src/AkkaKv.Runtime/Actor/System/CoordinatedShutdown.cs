using System.Collections.Concurrent;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// Ends a system in an orderly way: tasks belong to phases, phases run in the order of <c>depends-on</c>, the tasks of a phase
/// run side by side and have the phase's timeout. Phases and settings stand in <c>akka.coordinated-shutdown</c>.
/// </summary>
public sealed class CoordinatedShutdown : IExtension
{
    /// <summary>The first phase: for the application, before it refuses new work.</summary>
    public const string PhaseBeforeServiceUnbind = "before-service-unbind";

    /// <summary>Stop accepting connections.</summary>
    public const string PhaseServiceUnbind = "service-unbind";

    /// <summary>Wait for requests under way.</summary>
    public const string PhaseServiceRequestsDone = "service-requests-done";

    /// <summary>Close what is left.</summary>
    public const string PhaseServiceStop = "service-stop";

    /// <summary>For the application, before the node leaves the cluster.</summary>
    public const string PhaseBeforeClusterShutdown = "before-cluster-shutdown";

    /// <summary>Hand shards over.</summary>
    public const string PhaseClusterShardingShutdownRegion = "cluster-sharding-shutdown-region";

    /// <summary>Leave the cluster.</summary>
    public const string PhaseClusterLeave = "cluster-leave";

    /// <summary>Wait until the node is exiting.</summary>
    public const string PhaseClusterExiting = "cluster-exiting";

    /// <summary>Tell the others that the exit is complete.</summary>
    public const string PhaseClusterExitingDone = "cluster-exiting-done";

    /// <summary>Stop the cluster's own actors.</summary>
    public const string PhaseClusterShutdown = "cluster-shutdown";

    /// <summary>For the application, before the actors are stopped.</summary>
    public const string PhaseBeforeActorSystemTerminate = "before-actor-system-terminate";

    /// <summary>The last phase: stop the actors.</summary>
    public const string PhaseActorSystemTerminate = "actor-system-terminate";

    private readonly ActorSystemImpl _system;
    private readonly ILoggingAdapter _log;
    private readonly Config _settings;
    private readonly List<ShutdownPhase> _phases;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<(string Name, Func<Task<Done>> Task)>> _tasks = new();
    private readonly TaskCompletionSource<Done> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Reason? _reason;

    internal CoordinatedShutdown(ActorSystemImpl system)
    {
        _system = system;
        _log = Logging.GetLogger(system, this);
        _settings = system.Settings.Config.GetConfig("akka.coordinated-shutdown") ?? Config.Empty;
        _phases = ShutdownPhase.InOrder(_settings);
        if (system.Settings.CoordinatedShutdownTerminateActorSystem) AddTask(PhaseActorSystemTerminate, "terminate-system", TerminateSystem);
        if (_settings.GetBoolean("run-by-clr-shutdown-hook"))
        {
            EventHandler hook = (_, _) => Run(ClrExitReason.Instance).Wait(TotalTimeout);
            AppDomain.CurrentDomain.ProcessExit += hook;
            system.WhenTerminated.ContinueWith(_ => AppDomain.CurrentDomain.ProcessExit -= hook, TaskScheduler.Default);
        }
    }

    /// <summary>The system.</summary>
    public ExtendedActorSystem System => _system;

    /// <summary>Why the system ends; null while it runs.</summary>
    public Reason? ShutdownReason => Volatile.Read(ref _reason);

    /// <summary>The sum of all phases' timeouts.</summary>
    public TimeSpan TotalTimeout => _phases.Aggregate(TimeSpan.Zero, (sum, phase) => sum + phase.Timeout);

    /// <summary>The system's shutdown.</summary>
    public static CoordinatedShutdown Get(ActorSystem sys) => (CoordinatedShutdown)sys.RegisterExtension(new CoordinatedShutdownExtension());

    /// <summary>Adds a task to a phase. It may be added while an earlier phase runs.</summary>
    /// <exception cref="ConfigurationException">There is no such phase.</exception>
    public void AddTask(string phase, string taskName, Func<Task<Done>> task)
    {
        if (_phases.All(p => p.Name != phase))
            throw new ConfigurationException($"Unknown phase [{phase}], known phases [{string.Join(", ", _phases.Select(p => p.Name))}]. All phases must be in akka.coordinated-shutdown.phases.");
        _tasks.GetOrAdd(phase, _ => new()).Enqueue((taskName, task));
    }

    /// <summary>Runs the phases, from <paramref name="fromPhase"/> on if given. Further calls answer the same task.</summary>
    public Task<Done> Run(Reason reason, string? fromPhase = null)
    {
        if (Interlocked.CompareExchange(ref _reason, reason, null) is null) Task.Run(() => RunPhases(fromPhase));
        return _done.Task;
    }

    /// <summary>The timeout of a phase.</summary>
    public TimeSpan Timeout(string phase) => _phases.FirstOrDefault(p => p.Name == phase)?.Timeout ?? throw new ArgumentException($"Unknown phase [{phase}].", nameof(phase));

    private async Task RunPhases(string? fromPhase)
    {
        _log.Debug("Performing phases of coordinated shutdown, reason: {0}", _reason!);
        try
        {
            foreach (var phase in _phases.SkipWhile(p => fromPhase is not null && p.Name != fromPhase))
                await RunPhase(phase).ConfigureAwait(false);
            _done.TrySetResult(Done.Instance);
        }
        catch (Exception e)
        {
            _done.TrySetException(e);
        }
    }

    private async Task RunPhase(ShutdownPhase phase)
    {
        if (!_tasks.TryGetValue(phase.Name, out var tasks)) return;
        if (!phase.IsEnabled)
        {
            _log.Info("Phase [{0}] is disabled; its tasks are skipped.", phase.Name);
            return;
        }
        var all = Task.WhenAll(tasks.Select(task => RunTask(phase, task.Name, task.Task)));
        try
        {
            await all.WaitAsync(phase.Timeout).ConfigureAwait(false);
        }
        catch (TimeoutException) when (phase.Recovers)
        {
            _log.Warning("Coordinated shutdown phase [{0}] timed out after {1}", phase.Name, phase.Timeout);
        }
    }

    private async Task RunTask(ShutdownPhase phase, string name, Func<Task<Done>> task)
    {
        try
        {
            await task().ConfigureAwait(false);
        }
        catch (Exception e) when (phase.Recovers)
        {
            _log.Warning("Task [{0}] failed in phase [{1}]: {2}", name, phase.Name, e.Message);
        }
    }

    private async Task<Done> TerminateSystem()
    {
        _system.FinalTerminate();
        await _system.WhenTerminated.ConfigureAwait(false);
        if (_settings.GetBoolean("exit-clr") && ShutdownReason is not ClrExitReason) _ = Task.Run(() => Environment.Exit(0));
        return Done.Instance;
    }

    /// <summary>Why a system ends.</summary>
    public class Reason
    {
        /// <summary>Creates a reason.</summary>
        protected Reason()
        {
        }
    }

    /// <summary>No reason was given.</summary>
    public sealed class UnknownReason : Reason
    {
        /// <summary>The only one.</summary>
        public static readonly Reason Instance = new UnknownReason();

        private UnknownReason()
        {
        }
    }

    /// <summary><see cref="ActorSystem.Terminate"/> was called.</summary>
    public sealed class ActorSystemTerminateReason : Reason
    {
        /// <summary>The only one.</summary>
        public static readonly Reason Instance = new ActorSystemTerminateReason();

        private ActorSystemTerminateReason()
        {
        }
    }

    /// <summary>The process ends.</summary>
    public sealed class ClrExitReason : Reason
    {
        /// <summary>The only one.</summary>
        public static readonly Reason Instance = new ClrExitReason();

        private ClrExitReason()
        {
        }
    }

    /// <summary>The node was downed.</summary>
    public sealed class ClusterDowningReason : Reason
    {
        /// <summary>The only one.</summary>
        public static readonly Reason Instance = new ClusterDowningReason();

        private ClusterDowningReason()
        {
        }
    }

    /// <summary>The node leaves the cluster.</summary>
    public sealed class ClusterLeavingReason : Reason
    {
        /// <summary>The only one.</summary>
        public static readonly Reason Instance = new ClusterLeavingReason();

        private ClusterLeavingReason()
        {
        }
    }

    /// <summary>The node could not join its cluster.</summary>
    public sealed class ClusterJoinUnsuccessfulReason : Reason
    {
        /// <summary>The only one.</summary>
        public static readonly Reason Instance = new ClusterJoinUnsuccessfulReason();

        private ClusterJoinUnsuccessfulReason()
        {
        }
    }
}

/// <summary>The id of <see cref="CoordinatedShutdown"/>.</summary>
public sealed class CoordinatedShutdownExtension : ExtensionIdProvider<CoordinatedShutdown>
{
    /// <inheritdoc/>
    public override CoordinatedShutdown CreateExtension(ExtendedActorSystem system) => new((ActorSystemImpl)system);
}

/// <summary>One phase of the shutdown.</summary>
internal sealed record ShutdownPhase(string Name, IReadOnlyList<string> DependsOn, TimeSpan Timeout, bool Recovers, bool IsEnabled)
{
    /// <summary>The phases of the configuration, each after those it depends on.</summary>
    public static List<ShutdownPhase> InOrder(Config settings)
    {
        var defaultTimeout = settings.GetTimeSpan("default-phase-timeout", TimeSpan.FromSeconds(5));
        var phases = new Dictionary<string, ShutdownPhase>();
        foreach (var (name, value) in settings.GetConfig("phases")?.AsEnumerable() ?? [])
        {
            var phase = value.ToConfig();
            phases[name] = new ShutdownPhase(name, [.. phase.GetStringList("depends-on")], phase.GetTimeSpan("timeout", defaultTimeout),
                phase.GetBoolean("recover", true), phase.GetBoolean("enabled", true));
        }
        var sorted = new List<ShutdownPhase>();
        var visiting = new HashSet<string>();
        foreach (var name in phases.Keys) Visit(name);
        return sorted;

        void Visit(string name)
        {
            if (sorted.Exists(p => p.Name == name)) return;
            if (!visiting.Add(name)) throw new ArgumentException($"Cycle detected in graph of phases. It must be a DAG. phase [{name}] depends transitively on itself.");
            if (!phases.TryGetValue(name, out var phase)) throw new ConfigurationException($"akka.coordinated-shutdown.phases: a phase depends on [{name}], which is not there.");
            foreach (var before in phase.DependsOn) Visit(before);
            sorted.Add(phase);
        }
    }
}
