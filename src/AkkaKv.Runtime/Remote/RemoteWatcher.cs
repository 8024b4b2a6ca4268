using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.Remote;

/// <summary>
/// Death watch across systems: who here watches whom there, and who there watches whom here. A lost message must not lose a death, so
/// the watches are told again from time to time (watching twice is watching once, and watching the dead is answered at once). A
/// system that falls silent, or was removed from the cluster, counts as terminated: all watchers here are told.
/// </summary>
internal sealed class RemoteWatcher(RemotingSettings settings, Action<Address> sendHeartbeat, Action<IInternalActorRef, SystemMessage> send, Func<Address, int?> uidOf)
{
    private const int TellAgainEveryTicks = 5;

    private readonly Lock _lock = new();
    private readonly Dictionary<Address, WatchedSystem> _systems = [];
    private readonly Dictionary<Address, HashSet<(IInternalActorRef Watchee, IInternalActorRef Watcher)>> _watchedFrom = [];
    private long _ticks;

    /// <summary>Systems whose life somebody else knows about, the members of the cluster; they get no heartbeats.</summary>
    public Func<Address, bool> IsKnownOtherwise { get; set; } = _ => false;

    /// <summary>An actor here watches one there.</summary>
    public void Watch(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        var address = watchee.Path.Address;
        lock (_lock)
        {
            if (!_systems.TryGetValue(address, out var system))
                _systems[address] = system = new WatchedSystem(new PhiAccrual(settings.WatchDetector));
            system.Watches[(watchee, watcher)] = uidOf(address);
        }
    }

    /// <summary>It does not any more, or has been told.</summary>
    public void Unwatch(IActorRef watchee, IActorRef watcher)
    {
        lock (_lock)
        {
            if (!_systems.TryGetValue(watchee.Path.Address, out var system))
                return;
            system.Watches.Remove(((IInternalActorRef)watchee, (IInternalActorRef)watcher));
            if (system.Watches.Count == 0)
                _systems.Remove(watchee.Path.Address);
        }
    }

    /// <summary>An actor there watches one here; remembered to take it back when that system is gone.</summary>
    public void WatchedFrom(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        lock (_lock)
        {
            if (!_watchedFrom.TryGetValue(watcher.Path.Address, out var watches))
                _watchedFrom[watcher.Path.Address] = watches = [];
            watches.Add((watchee, watcher));
        }
    }

    /// <summary>It does not any more.</summary>
    public void UnwatchedFrom(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        lock (_lock)
        {
            if (_watchedFrom.TryGetValue(watcher.Path.Address, out var watches) && watches.Remove((watchee, watcher)) && watches.Count == 0)
                _watchedFrom.Remove(watcher.Path.Address);
        }
    }

    /// <summary>A heartbeat was answered.</summary>
    public void Answered(Address address, long now)
    {
        lock (_lock)
        {
            if (_systems.TryGetValue(address, out var system))
                system.Detector.Heartbeat(now);
        }
    }

    /// <summary>The incarnation at the address is known now; watches from before that were meant for it.</summary>
    public void Associated(Address address, int uid)
    {
        List<(IInternalActorRef Watchee, IInternalActorRef Watcher)> watches;
        lock (_lock)
        {
            if (!_systems.TryGetValue(address, out var system))
                return;
            foreach (var key in system.Watches.Where(w => w.Value is null).Select(w => w.Key).ToList())
                system.Watches[key] = uid;
            watches = [.. system.Watches.Keys];
        }
        TellAgain(watches);
    }

    /// <summary>Sends heartbeats, looks who has fallen silent, and now and then tells the watches again.</summary>
    public void Tick(long now)
    {
        var silent = new List<Address>();
        var asked = new List<Address>();
        var again = new List<(IInternalActorRef, IInternalActorRef)>();
        lock (_lock)
        {
            _ticks++;
            foreach (var (address, system) in _systems)
            {
                if (_ticks % TellAgainEveryTicks == 0)
                    again.AddRange(system.Watches.Keys);
                if (IsKnownOtherwise(address))
                    continue;
                asked.Add(address);
                system.FirstAskedAt ??= now;
                if (!system.Detector.IsMonitoring && now - system.FirstAskedAt >= settings.WatchExpectedResponseAfterMs)
                    system.Detector.Heartbeat(now);
                if (!system.Detector.IsAvailable(now))
                    silent.Add(address);
            }
        }
        asked.ForEach(sendHeartbeat);
        TellAgain(again);
        foreach (var address in silent)
            AddressTerminated(address, uid: null);
    }

    /// <summary>
    /// The system is gone, or one incarnation of it: its actors have stopped for all who watch them here, and nobody there watches
    /// actors here any more.
    /// </summary>
    public void AddressTerminated(Address address, int? uid)
    {
        List<(IInternalActorRef Watchee, IInternalActorRef Watcher)> dead = [];
        List<(IInternalActorRef Watchee, IInternalActorRef Watcher)> unwatched = [];
        lock (_lock)
        {
            if (_systems.TryGetValue(address, out var system))
            {
                dead.AddRange(system.Watches.Where(w => uid is null || w.Value is null || w.Value == uid).Select(w => w.Key));
                dead.ForEach(w => system.Watches.Remove(w));
                if (system.Watches.Count == 0)
                    _systems.Remove(address);
            }
            if (_watchedFrom.Remove(address, out var watches))
                unwatched.AddRange(watches);
        }
        foreach (var (watchee, watcher) in dead)
            watcher.SendSystemMessage(new DeathWatchNotification(watchee, existenceConfirmed: false, addressTerminated: true));
        foreach (var (watchee, watcher) in unwatched)
            watchee.SendSystemMessage(new Unwatch(watchee, watcher));
    }

    private void TellAgain(IEnumerable<(IInternalActorRef Watchee, IInternalActorRef Watcher)> watches)
    {
        foreach (var (watchee, watcher) in watches)
            send(watchee, new Watch(watchee, watcher));
    }

    private sealed class WatchedSystem(PhiAccrual detector)
    {
        public PhiAccrual Detector { get; } = detector;

        /// <summary>The watches, and the incarnation that they are for, if it was known.</summary>
        public Dictionary<(IInternalActorRef Watchee, IInternalActorRef Watcher), int?> Watches { get; } = [];

        public long? FirstAskedAt { get; set; }
    }
}
