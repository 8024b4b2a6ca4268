using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>Ask: a message whose answer is a task.</summary>
public static class Futures
{
    /// <summary>Asks; a missing timeout is <c>akka.actor.ask-timeout</c>.</summary>
    /// <exception cref="AskTimeoutException">No answer in time.</exception>
    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout = null) => self.Ask<object>(message, timeout, CancellationToken.None);

    /// <summary>Asks; ends with the token.</summary>
    public static Task<object> Ask(this ICanTell self, object message, CancellationToken cancellationToken) => self.Ask<object>(message, null, cancellationToken);

    /// <summary>Asks; ends with the timeout or the token.</summary>
    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken) =>
        self.Ask<object>(message, timeout, cancellationToken);

    /// <summary>Asks for an answer of a type; <see cref="Status.Failure"/> is thrown, another type is an error.</summary>
    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout = null) => self.Ask<T>(message, timeout, CancellationToken.None);

    /// <summary>Asks for an answer of a type; ends with the token.</summary>
    public static Task<T> Ask<T>(this ICanTell self, object message, CancellationToken cancellationToken) => self.Ask<T>(message, null, cancellationToken);

    /// <summary>Asks for an answer of a type; ends with the timeout or the token.</summary>
    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken) =>
        self.Ask<T>(_ => message, timeout, cancellationToken);

    /// <summary>Asks with a message that contains the reference to answer to.</summary>
    public static async Task<T> Ask<T>(this ICanTell self, Func<IActorRef, object> messageFactory, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var provider = ProviderOf(self) ?? throw new ArgumentException("Unable to resolve the target of the Ask: outside of actors it must be a live reference or selection.", nameof(self));
        var promise = new PromiseActorRef(provider);
        var wait = timeout ?? provider.Settings.AskTimeout;
        using var timer = wait == Timeout.InfiniteTimeSpan || wait <= TimeSpan.Zero
            ? null
            : new Timer(_ => promise.TryFail(new AskTimeoutException($"Timeout after {wait} seconds")), null, wait, Timeout.InfiniteTimeSpan);
        await using var registration = cancellationToken.Register(() => promise.TryCancel(cancellationToken)).ConfigureAwait(false);
        self.Tell(messageFactory(promise), promise);
        var answer = await promise.Result.ConfigureAwait(false);
        return answer switch
        {
            T typed => typed,
            Status.Failure failure => throw Rethrow(failure.Cause),
            _ => throw new ArgumentException($"Received message of type [{answer.GetType()}] - Ask expected message of type [{typeof(T)}]"),
        };
    }

    private static Exception Rethrow(Exception? cause)
    {
        if (cause is null) return new InvalidOperationException("The answer was a failure without a cause.");
        System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(cause);
        return cause;
    }

    private static IActorRefProvider? ProviderOf(ICanTell target) => target switch
    {
        Nobody => ActorCell.Current?.SystemImpl.Provider,
        IInternalActorRef actor => actor.Provider,
        ActorSelection selection => ProviderOf(selection.Anchor),
        _ => ActorCell.Current?.SystemImpl.Provider,
    };
}

/// <summary>Stopping and waiting for the end.</summary>
public static class GracefulStopSupport
{
    /// <summary>Sends <see cref="PoisonPill"/> and waits for the actor's end.</summary>
    public static Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout) => target.GracefulStop(timeout, PoisonPill.Instance);

    /// <summary>Sends a message that makes the actor stop and waits for its end.</summary>
    /// <exception cref="TaskCanceledException">It has not ended in time.</exception>
    public static async Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout, object stopMessage)
    {
        var watchee = (IInternalActorRef)target;
        var promise = new PromiseActorRef(watchee.Provider);
        watchee.SendSystemMessage(new Watch(watchee, promise));
        target.Tell(stopMessage, ActorRefs.NoSender);
        using var timer = new Timer(_ => promise.TryFail(new TaskCanceledException($"{target} has not stopped within {timeout}.")), null, timeout, Timeout.InfiniteTimeSpan);
        return await promise.Result.ConfigureAwait(false) is Terminated terminated && terminated.ActorRef.Equals(target);
    }
}

/// <summary>Sending the result of a task to an actor.</summary>
public static class PipeToSupport
{
    /// <summary>Sends the result, or <see cref="Status.Failure"/>; <paramref name="success"/> and <paramref name="failure"/> make other messages of them.</summary>
    public static async Task PipeTo<T>(this Task<T> taskToPipe, ICanTell recipient, IActorRef? sender = null, Func<T, object>? success = null, Func<Exception, object>? failure = null)
    {
        try
        {
            var result = await taskToPipe.ConfigureAwait(false);
            recipient.Tell(success is null ? result! : success(result), sender);
        }
        catch (Exception e)
        {
            recipient.Tell(failure is null ? new Status.Failure(e) : failure(e), sender);
        }
    }

    /// <summary>Sends a message when the task has ended: what <paramref name="success"/> makes, if given; <see cref="Status.Failure"/> or what <paramref name="failure"/> makes.</summary>
    public static async Task PipeTo(this Task taskToPipe, ICanTell recipient, IActorRef? sender = null, Func<object>? success = null, Func<Exception, object>? failure = null)
    {
        try
        {
            await taskToPipe.ConfigureAwait(false);
            if (success is not null) recipient.Tell(success(), sender);
        }
        catch (Exception e)
        {
            recipient.Tell(failure is null ? new Status.Failure(e) : failure(e), sender);
        }
    }
}
