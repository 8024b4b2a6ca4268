using System.Diagnostics;
using Akka;
using Akka.Actor;
using Akka.Event;
using AkkaKv.Actors.Hosting;
using AkkaKv.Actors.Keyspace;
using AkkaKv.Actors.Replication;
using AkkaKv.Commands;
using AkkaKv.Commands.Hosting;

namespace AkkaKv.Actors.Persistence;

/// <summary>
/// What a node does with its file before it serves: loads it beside the empty keyspace, takes the data and their replication history over, and only then
/// follows its master. A file that cannot be loaded ends the start; it is left as it is. Everything runs on the keyspace's turn, except the loading.
/// </summary>
internal sealed class StartupLoad(NodePersistence persistence, CommandEngine engine, ReplicationController replication)
{
    private readonly List<IActorRef> _awaiting = [];
    private RdbFileLoad? _load;
    private object? _outcome;
    private Action _ended = null!;
    private ILoggingAdapter _log = null!;

    /// <summary>The state of loading; null when nothing is being loaded.</summary>
    public LoadingFacts? Facts => _load?.Facts;

    /// <summary>Begins, or ends at once if there is no file.</summary>
    /// <param name="keyspace">The keyspace actor.</param>
    /// <param name="log">Where to say what happens.</param>
    /// <param name="dropExpired">Whether keys that have expired are left out.</param>
    /// <param name="ended">Called on the keyspace's turn when the data are there, or cannot be.</param>
    public void Begin(IActorRef keyspace, ILoggingAdapter log, bool dropExpired, Action ended)
    {
        (_log, _ended) = (log, ended);
        if (!File.Exists(persistence.File.FilePath))
        {
            End(Done.Instance);
            return;
        }

        var load = new RdbFileLoad(persistence.File, persistence.NewStore(), persistence.VerifiesChecksum, dropExpired);
        var start = Stopwatch.GetTimestamp();
        _load = load;
        load.Start(error => keyspace.Tell(new Loaded(this, error, Stopwatch.GetElapsedTime(start)), ActorRefs.NoSender));
    }

    /// <summary>The actor is answered <see cref="Done"/> when the data are there, or <see cref="Status.Failure"/>.</summary>
    public void Await(IActorRef asker)
    {
        if (_outcome is null)
            _awaiting.Add(asker);
        else
            asker.Tell(_outcome);
    }

    private void Complete(string? error, TimeSpan elapsed)
    {
        using var load = _load!;
        _load = null;
        error ??= engine.ReplaceFunctionLibraries(load.FunctionLibraries);
        if (error is not null)
        {
            _log.Error("Cannot load the data: {0}", error);
            End(new Status.Failure(new NodeStartException($"cannot load the data: {error}")));
            return;
        }

        engine.Store.AdoptDetached(load.Store).Dispose();
        persistence.Loaded = (load.KeyCount, load.ExpiredCount);
        foreach (var module in load.SkippedModules)
            _log.Warning("The file holds data of the module {0}, which are passed over", module);
        if (load.History is { } history)
            replication.Restore(history.Id, history.Offset, history.StreamDatabase);
        _log.Info("Done loading RDB, keys loaded: {0}, keys expired: {1}.", load.KeyCount, load.ExpiredCount);
        _log.Info("DB loaded from disk: {0:0.000} seconds", elapsed.TotalSeconds);
        End(Done.Instance);
    }

    private void End(object outcome)
    {
        _outcome = outcome;
        if (outcome is Done)
        {
            persistence.IsReady = true;
            replication.Release();
        }

        _ended();
        foreach (var asker in _awaiting)
            asker.Tell(outcome);
        _awaiting.Clear();
    }

    private sealed class Loaded(StartupLoad startup, string? error, TimeSpan elapsed) : IKeyspaceWork
    {
        public void Execute(KeyspaceTurn turn) => startup.Complete(error, elapsed);
    }
}
