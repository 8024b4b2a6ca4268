using System.Text;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Server;

/// <summary>DEBUG PROTOCOL: a reply of every type that RESP3 has, for the tests of client libraries.</summary>
internal static class DebugProtocol
{
    public static void Write(CommandContext context)
    {
        ReplyWriter reply = context.Reply;
        switch (Encoding.Latin1.GetString(context.Args[2]).ToLowerInvariant())
        {
            case "string":
                reply.Bulk("Hello World"u8);
                break;
            case "integer":
                reply.Integer(12345);
                break;
            case "double":
                reply.Double(3.141);
                break;
            case "null":
                reply.NullBulk();
                break;
            case "array":
                reply.Array(3);
                WriteNumbers(reply, 3);
                break;
            case "set":
                reply.Set(3);
                WriteNumbers(reply, 3);
                break;
            case "map":
                reply.Map(3);
                for (int i = 0; i < 3; i++)
                {
                    reply.Integer(i);
                    reply.Boolean(i == 1);
                }

                break;
            case "push":
                reply.Push(2);
                reply.Bulk("server-cpu-usage"u8);
                reply.Integer(42);
                break;
            case "verbatim":
                reply.Verbatim("This is a verbatim\nstring"u8, "txt"u8);
                break;
            case "true":
                reply.Boolean(true);
                break;
            case "false":
                reply.Boolean(false);
                break;
            case "bignum":
                reply.BigNumber("1234567999999999999999999999999999999"u8);
                break;
            default:
                reply.Error("ERR Wrong protocol type name. Please use one of the following: string|integer|double|null|array|set|map|push|verbatim|true|false|bignum"u8);
                break;
        }
    }

    private static void WriteNumbers(ReplyWriter reply, int count)
    {
        for (int i = 0; i < count; i++)
        {
            reply.Integer(i);
        }
    }
}
