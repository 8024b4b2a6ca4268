using System.CommandLine;
using System.Runtime;
using AkkaKv.Actors.Hosting;
using AkkaKv.Actors.Settings;
using AkkaKv.Server.Configuration;
using AkkaKv.Server.Local;
using AkkaKv.Server.Logging;
using Microsoft.Extensions.Logging;

namespace AkkaKv.Server.CommandLine;

/// <summary><c>akkakv node FILE…</c>: one process with the roles that its configuration gives, until a signal, a client's SHUTDOWN or an error ends it.</summary>
internal static class NodeCommand
{
    /// <summary>Describes the command.</summary>
    public static Command Create()
    {
        var options = new ConfigurationOptions();
        var endWithInput = new Option<bool>(ChildProcess.EndWithInputOption)
        {
            Description = "Stop when standard input ends; akkakv local starts its processes so.",
            Hidden = true,
        };
        var command = new Command("node", "Run one process with the roles that the configuration gives it; without files a standalone server.");
        options.AddTo(command);
        command.Add(endWithInput);
        command.SetAction(async (parsed, _) =>
        {
            LoadedConfiguration loaded = options.Load(parsed);
            if (ConfigurationOptions.Report(loaded, Console.Error))
                return ExitCodes.WrongConfiguration;
            return await RunAsync(loaded, parsed.GetValue(endWithInput)).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<int> RunAsync(LoadedConfiguration loaded, bool endWithInput)
    {
        NodeSettings settings = loaded.Settings!;
        LogRoleLetter.Current = settings.Has(RoleSet.Data) ? 'M' : settings.Has(RoleSet.Sentinel) ? 'X' : 'R';
        using ILoggerFactory loggers = NodeLogging.Create(settings.Log);
        ILogger log = loggers.CreateLogger("AkkaKv");
        using var signals = new StopSignals(ignoreInterrupt: endWithInput);
        if (endWithInput)
            StopWithInput(signals);
        try
        {
            using StateDirectory state = StateDirectory.Open(settings.StateDirectory);
            var host = new NodeHost(settings, loggers, loaded.Akka);
            await host.StartAsync().ConfigureAwait(false);
            GCSettings.LatencyMode = GCLatencyMode.SustainedLowLatency;
            await Task.WhenAny(host.WhenStopped, Task.Delay(Timeout.Infinite, signals.Token)).ConfigureAwait(false);
            if (signals.Token.IsCancellationRequested)
                NodeLog.Stopping(log, settings.Name);
            await host.StopAsync().ConfigureAwait(false);
            await host.WhenStopped.ConfigureAwait(false);
            NodeLog.Stopped(log, settings.Name);
            return ExitCodes.Ok;
        }
        catch (NodeStartException e)
        {
            await Console.Error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return ExitCodes.Failed;
        }
        catch (Exception e)
        {
            NodeLog.Failed(log, settings.Name, e);
            return ExitCodes.Failed;
        }
    }

    /// <summary>The parent holds the other end of standard input; it closes when the parent ends, however that ends.</summary>
    private static void StopWithInput(StopSignals signals) => _ = Task.Factory.StartNew(
        () =>
        {
            using Stream input = Console.OpenStandardInput();
            Span<byte> ignored = stackalloc byte[64];
            while (input.Read(ignored) > 0)
            {
                // Nothing is expected here; only the end counts.
            }
            signals.Stop();
        },
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
