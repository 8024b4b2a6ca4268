using System.Text;
using AkkaKv.Commands.Execution;
using AkkaKv.Commands.Sessions;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Connection;

/// <summary>CLIENT KILL: by address as in old versions, or by filters that must all hold.</summary>
internal static class ClientKillCommand
{
    public static void Run(CommandContext context)
    {
        Arguments args = context.Args;
        if (args.Count == 3)
        {
            string address = Encoding.Latin1.GetString(args[2]);
            if (Close(context, session => session.Address == address) == 0)
            {
                context.Reply.Error("ERR No such client"u8);
            }
            else
            {
                context.Reply.Ok();
            }

            return;
        }

        var filter = new Filter();
        for (int i = 2; i < args.Count; i += 2)
        {
            if (i + 1 >= args.Count)
            {
                context.Reply.Error(ErrorText.Syntax);
                return;
            }

            string? error = filter.Add(args[i], args[i + 1]);
            if (error is not null)
            {
                context.Reply.Error(error);
                return;
            }
        }

        ClientSession own = context.Session;
        context.Reply.Integer(Close(context, session => (session != own || !filter.SkipOwn) && filter.Matches(session, context.NowMs)));
    }

    private static int Close(CommandContext context, Func<ClientSession, bool> chosen)
    {
        int closed = 0;
        foreach (ClientSession session in context.Engine.Sessions.All)
        {
            if (session.IsClosing || !chosen(session))
            {
                continue;
            }

            closed++;
            if (session == context.Session)
            {
                // It still gets the reply.
                session.IsClosing = true;
            }
            else
            {
                context.Engine.Close(session, "CLIENT KILL");
            }
        }

        return closed;
    }

    private sealed class Filter
    {
        private long? _id;
        private ClientType? _type;
        private string? _address;
        private string? _localAddress;
        private string? _user;
        private long? _ageSecondsMin;

        public bool SkipOwn { get; private set; } = true;

        public string? Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
        {
            string text = Encoding.Latin1.GetString(value);
            switch (Encoding.Latin1.GetString(name).ToUpperInvariant())
            {
                case "ID":
                    if (!DecimalNumber.TryParse(value, out long id) || id < 1)
                    {
                        return "ERR client-id should be greater than 0";
                    }

                    _id = id;
                    return null;
                case "TYPE":
                    if (!ClientTypes.TryParse(value, out ClientType type))
                    {
                        return $"ERR Unknown client type '{text}'";
                    }

                    _type = type;
                    return null;
                case "ADDR":
                    _address = text;
                    return null;
                case "LADDR":
                    _localAddress = text;
                    return null;
                case "USER" when text == "default":
                    _user = text;
                    return null;
                case "USER":
                    return $"ERR No such user '{text}'";
                case "MAXAGE":
                    if (!DecimalNumber.TryParse(value, out long age) || age < 1)
                    {
                        return "ERR maxage is not an integer or out of range";
                    }

                    _ageSecondsMin = age;
                    return null;
                case "SKIPME" when text.Equals("yes", StringComparison.OrdinalIgnoreCase):
                    SkipOwn = true;
                    return null;
                case "SKIPME" when text.Equals("no", StringComparison.OrdinalIgnoreCase):
                    SkipOwn = false;
                    return null;
                default:
                    return "ERR syntax error";
            }
        }

        public bool Matches(ClientSession session, long nowMs) =>
            (_id is null || session.Id == _id)
            && (_type is null || ClientTypes.Of(session) == _type)
            && (_address is null || session.Address == _address)
            && (_localAddress is null || session.LocalAddress == _localAddress)
            && (_user is null || session.User == _user)
            && (_ageSecondsMin is null || (nowMs - session.CreatedAtMs) / 1000 >= _ageSecondsMin);
    }
}
