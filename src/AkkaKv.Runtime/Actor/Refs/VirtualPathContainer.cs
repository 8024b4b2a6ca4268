using System.Collections.Concurrent;

namespace Akka.Actor;

/// <summary>A path under which short-lived references without actors are registered, such as <c>/temp</c> for Ask.</summary>
internal sealed class VirtualPathContainer(IActorRefProvider provider, ActorPath path, IInternalActorRef parent) : MinimalActorRef
{
    private readonly ConcurrentDictionary<string, IInternalActorRef> _children = new();

    public override ActorPath Path { get; } = path;

    public override IActorRefProvider Provider { get; } = provider;

    public override IInternalActorRef Parent { get; } = parent;

    public void AddChild(string name, IInternalActorRef child) => _children[name] = child;

    public void RemoveChild(string name) => _children.TryRemove(name, out _);

    public override IActorRef GetChild(IReadOnlyList<string> name)
    {
        var rest = name.SkipWhile(string.IsNullOrEmpty).ToList();
        if (rest.Count == 0) return this;
        return _children.TryGetValue(rest[0], out var child) ? child.GetChild(rest[1..]) : Nobody.Instance;
    }
}
