using System.Text.RegularExpressions;

namespace Akka.Actor;

/// <summary>
/// The actors at a path, looked up anew for each message: an absolute path, one relative to an actor (<c>../sibling</c>), with
/// wildcards in names (<c>*</c>, <c>?</c>), on this node or another.
/// </summary>
public class ActorSelection : ICanTell
{
    private readonly string[] _elements;

    internal ActorSelection(IActorRef anchor, IEnumerable<string> elements)
    {
        Anchor = anchor;
        _elements = elements.Where(e => e.Length > 0).ToArray();
    }

    /// <summary>Where the path starts.</summary>
    public IActorRef Anchor { get; }

    /// <summary>The path from there.</summary>
    public string PathString => "/" + string.Join('/', _elements);

    /// <summary>Sends a message to all that are selected.</summary>
    public void Tell(object message, IActorRef? sender = null)
    {
        if (message is null) throw new InvalidMessageException();
        Deliver((IInternalActorRef)Anchor, sender ?? ActorCell.Current?.Self, new ActorSelectionMessage(message, _elements));
    }

    /// <summary>The one actor selected.</summary>
    /// <exception cref="ActorNotFoundException">None answered in time.</exception>
    public Task<IActorRef> ResolveOne(TimeSpan timeout) => ResolveOne(timeout, CancellationToken.None);

    /// <summary>The one actor selected.</summary>
    /// <exception cref="ActorNotFoundException">None answered in time.</exception>
    public async Task<IActorRef> ResolveOne(TimeSpan timeout, CancellationToken ct)
    {
        try
        {
            var identity = await this.Ask<ActorIdentity>(new Identify(null), timeout, ct).ConfigureAwait(false);
            return identity.Subject ?? throw new ActorNotFoundException($"No actor at {this}.");
        }
        catch (AskTimeoutException e)
        {
            throw new ActorNotFoundException($"No answer from {this} within {timeout}.", e);
        }
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ActorSelection other && Equals(other);

    /// <summary>Compares start and path.</summary>
    protected bool Equals(ActorSelection other) => Anchor.Equals(other.Anchor) && PathString == other.PathString;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Anchor, PathString);

    /// <inheritdoc/>
    public override string ToString() => $"ActorSelection[Anchor({Anchor.Path}), Path({PathString})]";

    /// <summary>Walks from <paramref name="anchor"/> as far as actors are local; the rest of the path goes on in a message.</summary>
    internal static void Deliver(IInternalActorRef anchor, IActorRef? sender, ActorSelectionMessage selection)
    {
        var current = anchor;
        for (var i = 0; i < selection.Elements.Length; i++)
        {
            var element = selection.Elements[i];
            if (current is not LocalActorRef local)
            {
                if (current is not (VirtualPathContainer or EmptyLocalActorRef))
                {
                    // On another node, or an actor of a special kind: it goes on by itself.
                    current.Tell(new ActorSelectionMessage(selection.Message, selection.Elements[i..]), sender);
                    return;
                }
                if (current.GetChild(selection.Elements[i..]) is IInternalActorRef found and not Nobody) found.Tell(selection.Message, sender);
                else Missing(current, i);
                return;
            }
            if (element == "..")
            {
                current = local.Parent is Nobody ? local : local.Parent;
            }
            else if (element.Contains('*') || element.Contains('?'))
            {
                var pattern = "^" + Regex.Escape(element).Replace("\\*", ".*").Replace("\\?", ".") + "$";
                var rest = new ActorSelectionMessage(selection.Message, selection.Elements[(i + 1)..]);
                foreach (var match in local.Cell.Children.All().Where(child => Regex.IsMatch(child.Path.Name, pattern))) Deliver(match, sender, rest);
                return;
            }
            else if (local.GetChild([element]) is IInternalActorRef child and not Nobody)
            {
                current = child;
            }
            else
            {
                Missing(local, i);
                return;
            }
        }
        current.Tell(selection.Message, sender);

        void Missing(IInternalActorRef last, int from)
        {
            var path = selection.Elements[from..].Aggregate(last.Path, (parent, name) => name == ".." ? parent.Parent : parent / name);
            var system = ((LocalActorRef)last.Provider.RootGuardian).Cell.SystemImpl;
            EmptyLocalActorRef.PublishDead(selection.Message, sender, new EmptyLocalActorRef(last.Provider, path, system.EventStream), system.EventStream);
        }
    }
}

/// <summary>A message on its way along a path; <paramref name="elements"/> is what is left of the path.</summary>
internal sealed class ActorSelectionMessage(object message, string[] elements) : IAutoReceivedMessage, IPossiblyHarmful
{
    public object Message { get; } = message;

    public string[] Elements { get; } = elements;
}

/// <summary>Makes selections.</summary>
public static class ActorRefFactoryShared
{
    /// <summary>A selection by a path with its address.</summary>
    public static ActorSelection ActorSelection(ActorPath actorPath, ActorSystem system) =>
        new(((ActorSystemImpl)system).Provider.RootGuardianAt(actorPath.Address), actorPath.Elements);

    /// <summary>A selection by an absolute path, a path with address, or a path relative to <paramref name="lookupRoot"/>.</summary>
    public static ActorSelection ActorSelection(string path, ActorSystem system, IActorRef lookupRoot)
    {
        var provider = ((ActorSystemImpl)system).Provider;
        if (path.StartsWith('/')) return new ActorSelection(provider.RootGuardian, path.Split('/'));
        return ActorPath.TryParse(path, out var absolute)
            ? new ActorSelection(provider.RootGuardianAt(absolute.Address), absolute.Elements)
            : new ActorSelection(lookupRoot, path.Split('/'));
    }

    /// <summary>A selection relative to an actor.</summary>
    public static ActorSelection ActorSelection(IActorRef anchorActorRef, string path) => new(anchorActorRef, path.Split('/'));
}
