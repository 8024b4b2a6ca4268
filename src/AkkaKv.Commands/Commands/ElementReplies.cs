using AkkaKv.Keyspace.Values;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands;

/// <summary>Writes elements of values into replies.</summary>
internal static class ElementReplies
{
    /// <summary>The element's bytes as a bulk string.</summary>
    public static void Bulk(this ReplyWriter reply, Element element)
    {
        if (element.IsInteger)
        {
            reply.BulkInteger(element.Integer);
        }
        else
        {
            reply.Bulk(element.Text);
        }
    }
}
