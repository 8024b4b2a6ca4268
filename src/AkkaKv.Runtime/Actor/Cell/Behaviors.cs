namespace Akka.Actor;

/// <summary>The stack of behaviours of one actor instance. The lowest one, the actor's own Receive, cannot be popped.</summary>
internal sealed class Behaviors
{
    private readonly Stack<Receive> _below = new();

    public Receive Current { get; private set; } = static _ => false;

    /// <summary>Starts anew for a new instance.</summary>
    public void Reset(Receive own)
    {
        _below.Clear();
        Current = own;
        Own = own;
    }

    private Receive Own { get; set; } = static _ => false;

    public void Replace(Receive receive)
    {
        ArgumentNullException.ThrowIfNull(receive);
        Current = receive;
    }

    public void Push(Receive receive)
    {
        ArgumentNullException.ThrowIfNull(receive);
        _below.Push(Current);
        Current = receive;
    }

    public void Pop() => Current = _below.TryPop(out var below) ? below : Own;
}
