namespace Akka.Actor;

/// <summary>Something that can be called off.</summary>
public interface ICancelable
{
    /// <summary>True once it has been called off.</summary>
    bool IsCancellationRequested { get; }

    /// <summary>Signals that it has been called off.</summary>
    CancellationToken Token { get; }

    /// <summary>Calls it off.</summary>
    void Cancel();

    /// <summary>Calls it off after a time.</summary>
    void CancelAfter(TimeSpan delay);

    /// <summary>Calls it off after some milliseconds.</summary>
    void CancelAfter(int millisecondsDelay);

    /// <summary>Calls it off; says whether an exception of a callback ends the calling of the others.</summary>
    void Cancel(bool throwOnFirstException);
}

/// <summary>The usual <see cref="ICancelable"/>.</summary>
public class Cancelable : ICancelable, IDisposable
{
    private readonly IActionScheduler _scheduler;
    private CancellationTokenSource? _source;
    private int _canceled;

    /// <summary>Creates it.</summary>
    public Cancelable(IScheduler scheduler) : this(scheduler.Advanced)
    {
    }

    /// <summary>Creates one that calls itself off after a time.</summary>
    public Cancelable(IScheduler scheduler, TimeSpan delay) : this(scheduler.Advanced) => CancelAfter(delay);

    /// <summary>Creates it.</summary>
    public Cancelable(IActionScheduler scheduler) => _scheduler = scheduler;

    /// <inheritdoc/>
    public bool IsCancellationRequested => Volatile.Read(ref _canceled) != 0;

    /// <inheritdoc/>
    public CancellationToken Token
    {
        get
        {
            // Most are never asked for their token: the source is made on demand.
            var source = Volatile.Read(ref _source);
            if (source is null)
            {
                var made = new CancellationTokenSource();
                source = Interlocked.CompareExchange(ref _source, made, null) ?? made;
                if (IsCancellationRequested) source.Cancel();
            }
            return source.Token;
        }
    }

    /// <inheritdoc/>
    public void Cancel() => Cancel(false);

    /// <inheritdoc/>
    public void Cancel(bool throwOnFirstException)
    {
        if (Interlocked.Exchange(ref _canceled, 1) == 0) Volatile.Read(ref _source)?.Cancel(throwOnFirstException);
    }

    /// <inheritdoc/>
    public void CancelAfter(TimeSpan delay) => _scheduler.ScheduleOnce(delay, Cancel);

    /// <inheritdoc/>
    public void CancelAfter(int millisecondsDelay) => CancelAfter(TimeSpan.FromMilliseconds(millisecondsDelay));

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives the token's source back.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing) _source?.Dispose();
    }
}

/// <summary>Helpers.</summary>
public static class CancelableExtensions
{
    /// <summary>Calls off what may be null.</summary>
    public static void CancelIfNotNull(this ICancelable? cancelable) => cancelable?.Cancel();
}
