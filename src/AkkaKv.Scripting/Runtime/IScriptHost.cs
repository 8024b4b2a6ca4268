using AkkaKv.Protocol;

namespace AkkaKv.Scripting.Runtime;

/// <summary>What a running script asks of its surroundings. Called on the thread that runs the script, while it runs.</summary>
public interface IScriptHost
{
    /// <summary>
    /// Runs a command. Returns its reply as it would go over the wire, a refusal as an error reply; valid until the next call. <paramref name="request"/> is not kept.
    /// </summary>
    ReadOnlySpan<byte> Call(in Arguments request);

    /// <summary>Writes to the server's log; level 0 is debug, 3 a warning.</summary>
    void Log(int level, ReadOnlySpan<byte> message);

    /// <summary>Replies come in this version of the protocol from now on: 2 or 3.</summary>
    void SetRespVersion(int version);

    /// <summary>Whether the effects of commands are propagated from now on: bit 0 to the append-only file, bit 1 to replicas.</summary>
    void SetReplication(int flags);

    /// <summary>Whether the user who runs the script may run that command; null: there is no such command.</summary>
    bool? MayRun(in Arguments request);

    /// <summary>Called regularly while a script runs. Returns why it is ended, or null to let it run.</summary>
    string? Tick();
}
