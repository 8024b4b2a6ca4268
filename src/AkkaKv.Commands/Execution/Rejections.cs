using System.Text;
using AkkaKv.Commands.Sessions;
using AkkaKv.Commands.Table;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Execution;

/// <summary>
/// The answers to requests that do not run, in Redis's words. Each breaks an open transaction, which EXEC then discards, and is counted as an error.
/// </summary>
internal sealed class Rejections(CommandEngine engine)
{
    /// <summary>How many bytes of a name or of all arguments an answer repeats.</summary>
    private const int ShownMax = 128;

    /// <summary>There is no such command, or it is not served.</summary>
    public ExecutionResult Unknown(ClientSession session, in Arguments request)
    {
        // The first words of an HTTP request: a web page makes a browser send commands in its body. Redis, too, hangs up without a reply.
        if (Ascii.EqualsIgnoreCase(request[0], "post"u8) || Ascii.EqualsIgnoreCase(request[0], "host:"u8))
        {
            session.IsClosing = true;
            return ExecutionResult.Close;
        }

        var arguments = new StringBuilder();
        for (int i = 1; i < request.Count && arguments.Length < ShownMax; i++)
        {
            string shown = Shown(request[i], ShownMax - arguments.Length);
            arguments.Append('\'').Append(shown).Append("' ");
        }

        return Reject(session, null, $"ERR unknown command '{Shown(request[0])}', with args beginning with: {arguments}");
    }

    /// <summary>The command has no such subcommand.</summary>
    public ExecutionResult UnknownSubcommand(ClientSession session, in Arguments request)
    {
        string container = Encoding.Latin1.GetString(request[0]).ToUpperInvariant();
        return Reject(session, null, $"ERR unknown subcommand '{Shown(request[1])}'. Try {container} HELP.");
    }

    /// <summary>The arity does not allow so many arguments.</summary>
    public ExecutionResult WrongArgumentCount(ClientSession session, CommandRow row) =>
        Reject(session, row, $"ERR wrong number of arguments for '{row.FullName}' command");

    /// <summary>The command may not run now, for the reason that <paramref name="error"/> gives.</summary>
    public ExecutionResult Reject(ClientSession session, CommandRow? row, ReadOnlySpan<byte> error)
    {
        if (row is not null)
        {
            engine.Statistics.RecordRejected(row);
        }

        if (session.Transaction is { } transaction)
        {
            transaction.IsBroken = true;
        }

        if (row == engine.ExecRow)
        {
            // Whatever keeps EXEC from running ends its transaction; it says so even where there was none.
            session.Transaction = null;
            engine.WatchedKeys.Unwatch(session);
            session.Reply.Error("EXECABORT Transaction discarded because of: " + Encoding.Latin1.GetString(error));
        }
        else
        {
            session.Reply.Error(error);
        }

        engine.Statistics.RecordError(session.Reply.LastErrorCode);
        return ExecutionResult.Continue;
    }

    private ExecutionResult Reject(ClientSession session, CommandRow? row, string error) => Reject(session, row, Encoding.Latin1.GetBytes(error));

    /// <summary>The first bytes of an argument, up to a zero byte: there Redis's text ends.</summary>
    private static string Shown(ReadOnlySpan<byte> name, int max = ShownMax)
    {
        int end = name.IndexOf((byte)0);
        return Encoding.Latin1.GetString(name[..Math.Min(end < 0 ? name.Length : end, max)]);
    }
}
