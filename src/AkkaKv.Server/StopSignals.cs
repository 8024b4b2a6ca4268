using System.Runtime.InteropServices;

namespace AkkaKv.Server;

/// <summary>Turns SIGTERM, SIGINT (Ctrl-C), SIGQUIT and SIGHUP into a cancelled token. After the second one the process ends as the system has it.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<PosixSignalRegistration> _registrations = [];

    /// <summary>Starts to listen.</summary>
    /// <param name="ignoreInterrupt">
    /// For a child of <c>akkakv local</c>: Ctrl-C reaches every process of the terminal, but it is the parent that ends its children, in order.
    /// </param>
    public StopSignals(bool ignoreInterrupt = false)
    {
        foreach (PosixSignal signal in (PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT, PosixSignal.SIGHUP])
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                bool ignored = ignoreInterrupt && context.Signal is PosixSignal.SIGINT;
                context.Cancel = ignored || !_stop.IsCancellationRequested;
                if (!ignored)
                    _stop.Cancel();
            }));
        }
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Stops as if a signal had come.</summary>
    public void Stop() => _stop.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _stop.Dispose();
    }
}
