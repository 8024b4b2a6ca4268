using Akka.Dispatch;
using Akka.Util;

namespace Akka.Actor;

/// <summary>
/// A cell's children by name. A name is reserved while its actor lives, also while it stops. Locked: the guardians' children are
/// created from any thread, and selections look children up from the sender's thread.
/// </summary>
internal sealed class Children(ActorCell owner)
{
    private static long _uids = Random.Shared.NextInt64(1, 1L << 40);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ChildStats?> _byName = [];
    private bool _closed;
    private long _names;

    public int Count
    {
        get { lock (_lock) return _byName.Count; }
    }

    public LocalActorRef? Find(string name)
    {
        var hash = name.IndexOf('#');
        lock (_lock)
        {
            if (!_byName.TryGetValue(hash < 0 ? name : name[..hash], out var stats) || stats is null) return null;
            return hash < 0 || stats.Child.Path.Uid.ToString() == name[(hash + 1)..] ? stats.Child : null;
        }
    }

    public ChildStats? StatsOf(IActorRef child)
    {
        lock (_lock) return _byName.TryGetValue(child.Path.Name, out var stats) && stats is not null && stats.Child.Equals(child) ? stats : null;
    }

    public List<LocalActorRef> All() => AllStats().ConvertAll(stats => stats.Child);

    public List<ChildStats> AllStats()
    {
        lock (_lock) return _byName.Values.OfType<ChildStats>().ToList();
    }

    /// <summary>Creates and starts a child.</summary>
    public LocalActorRef Make(Props props, string? name, bool systemService)
    {
        ArgumentNullException.ThrowIfNull(props);
        if (name is not null) CheckName(name);
        var reserved = Reserve(name);
        LocalActorRef child;
        try
        {
            var path = new ChildActorPath(owner.Self.Path, reserved, Interlocked.Increment(ref _uids));
            child = owner.SystemImpl.Provider.ActorOf(owner.SystemImpl, props, owner.SelfRef, path, systemService);
        }
        catch
        {
            lock (_lock) _byName.Remove(reserved);
            throw;
        }
        lock (_lock) _byName[reserved] = new ChildStats(child);
        child.Start();
        return child;
    }

    /// <summary>Forgets a child that has stopped; false if it was none.</summary>
    public bool Remove(IActorRef child)
    {
        lock (_lock)
        {
            if (!_byName.TryGetValue(child.Path.Name, out var stats) || stats is null || !stats.Child.Equals(child)) return false;
            return _byName.Remove(child.Path.Name);
        }
    }

    /// <summary>From now on no child can be created: the actor is stopping.</summary>
    public void Close()
    {
        lock (_lock) _closed = true;
    }

    public void StopAll()
    {
        foreach (var child in All()) child.Stop();
    }

    public void SuspendAll(IActorRef? except = null)
    {
        foreach (var child in All())
            if (!child.Equals(except)) child.Suspend();
    }

    public void ResumeAll(Exception? causedByFailure, IActorRef? perpetrator)
    {
        foreach (var child in All()) child.Resume(child.Equals(perpetrator) ? causedByFailure : null);
    }

    private static void CheckName(string name)
    {
        if (name.Length == 0) throw new InvalidActorNameException("Actor name must not be empty.");
        if (name[0] == '$') throw new InvalidActorNameException($"Actor name [{name}] must not start with '$'.");
        if (!ActorPath.IsValidPathElement(name))
            throw new InvalidActorNameException($"Illegal actor name [{name}]. Actor names may contain letters, digits and the symbols {ActorPath.ValidSymbols}");
    }

    private string Reserve(string? name)
    {
        lock (_lock)
        {
            name ??= "$" + Base64Name(_names++);
            if (_closed) throw new InvalidOperationException($"Cannot create child [{name}] of [{owner.Self.Path}]: it is terminating.");
            if (!_byName.TryAdd(name, null)) throw new InvalidActorNameException($"Actor name [{name}] is not unique!");
            return name;
        }
    }

    /// <summary>a, b, … z, A, … Z, 0, … 9, +, ~, ab, … as all implementations name children without a name.</summary>
    internal static string Base64Name(long number)
    {
        const string Digits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+~";
        var name = "";
        do
        {
            name += Digits[(int)(number & 63)];
            number >>= 6;
        }
        while (number != 0);
        return name;
    }
}

/// <summary>A child and how often it has been restarted.</summary>
internal sealed class ChildStats(LocalActorRef child)
{
    private int _restarts;
    private long _windowStartMs;

    public LocalActorRef Child { get; } = child;

    /// <summary>
    /// True if the child may be restarted once more: <paramref name="maxRetries"/> below 0 is no limit, 0 is never; without a
    /// window (<paramref name="windowMs"/> not positive) restarts are counted for ever.
    /// </summary>
    public bool MayRestart(int maxRetries, int windowMs)
    {
        if (maxRetries == 0) return false;
        if (windowMs <= 0) return maxRetries < 0 || ++_restarts <= maxRetries;
        // With only a window given, one restart a window is allowed.
        var limit = maxRetries < 0 ? 1 : maxRetries;
        var now = Environment.TickCount64;
        if (_restarts == 0 || now - _windowStartMs > windowMs)
        {
            _windowStartMs = now;
            _restarts = 1;
            return true;
        }
        return ++_restarts <= limit;
    }
}
