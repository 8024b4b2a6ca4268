namespace Akka.Actor;

/// <summary>
/// An actor with a handler for each type of message, set in the constructor and in methods given to Become. Handlers are tried in
/// the order in which they were set; the first that fits takes the message.
/// </summary>
public abstract class ReceiveActor : UntypedActor, Internal.IInitializableActor
{
    private MessageHandlers? _setting = new();
    private MessageHandlers _initial = null!;

    void Internal.IInitializableActor.Init()
    {
        _initial = _setting!;
        _setting = null;
    }

    /// <inheritdoc/>
    protected sealed override void OnReceive(object message)
    {
        if (!_initial.Handle(message)) Unhandled(message);
    }

    /// <summary>Replaces the current behaviour by the handlers that <paramref name="configure"/> sets.</summary>
    protected void Become(Action configure) => base.Become(Read(configure));

    /// <summary>Puts the handlers that <paramref name="configure"/> sets on top of the current behaviour.</summary>
    protected void BecomeStacked(Action configure) => base.BecomeStacked(Read(configure));

    /// <summary>Sets a handler for messages of a type.</summary>
    protected void Receive<T>(Action<T> handler, Predicate<T>? shouldHandle = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Setting.Add(typeof(T), message =>
        {
            if (message is not T typed || (shouldHandle is not null && !shouldHandle(typed))) return false;
            handler(typed);
            return true;
        });
    }

    /// <summary>Sets a handler for messages of a type that pass a test.</summary>
    protected void Receive<T>(Predicate<T> shouldHandle, Action<T> handler) => Receive(handler, shouldHandle);

    /// <summary>Sets a handler that says itself whether it took the message.</summary>
    protected void Receive<T>(Func<T, bool> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Setting.Add(typeof(T), message => message is T typed && handler(typed));
    }

    /// <summary>Sets a handler for messages of a type.</summary>
    protected void Receive(Type messageType, Action<object> handler, Predicate<object>? shouldHandle = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Setting.Add(messageType, message =>
        {
            if (!messageType.IsInstanceOfType(message) || (shouldHandle is not null && !shouldHandle(message))) return false;
            handler(message);
            return true;
        });
    }

    /// <summary>Sets an asynchronous handler: ordinary messages wait until it has ended, and its continuations run in the actor's turn.</summary>
    protected void ReceiveAsync<T>(Func<T, Task> handler, Predicate<T>? shouldHandle = null) =>
        Receive(message => RunTask(() => handler(message)), shouldHandle);

    /// <summary>Sets an asynchronous handler for messages that pass a test.</summary>
    protected void ReceiveAsync<T>(Predicate<T> shouldHandle, Func<T, Task> handler) => ReceiveAsync(handler, shouldHandle);

    /// <summary>Sets the handler for everything that no earlier handler took; none can follow it.</summary>
    protected void ReceiveAny(Action<object> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Setting.AddLast(message =>
        {
            handler(message);
            return true;
        });
    }

    /// <summary>Sets an asynchronous handler for everything that no earlier handler took.</summary>
    protected void ReceiveAnyAsync(Func<object, Task> handler) => ReceiveAny(message => RunTask(() => handler(message)));

    private MessageHandlers Setting => _setting
        ?? throw new InvalidOperationException("Handlers can be set only in the constructor and in methods given to Become.");

    private UntypedReceive Read(Action configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var outer = _setting;
        var handlers = new MessageHandlers();
        _setting = handlers;
        try
        {
            configure();
        }
        finally
        {
            _setting = outer;
        }
        return message =>
        {
            if (!handlers.Handle(message)) Unhandled(message);
        };
    }
}
