using System.Text;
using AkkaKv.Keyspace.Values.Streams;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Streams;

/// <summary>How ids, entries and the errors about groups are written.</summary>
internal static class StreamReplies
{
    /// <summary>An id.</summary>
    public static void Id(this ReplyWriter reply, StreamId id)
    {
        Span<byte> text = stackalloc byte[StreamId.MaxTextLength];
        reply.Bulk(text[..id.Write(text)]);
    }

    /// <summary>An entry: its id, and its fields and values in one array.</summary>
    public static void StreamEntry(this ReplyWriter reply, StreamEntry entry)
    {
        reply.Array(2);
        reply.Id(entry.Id);
        reply.Array(entry.FieldCount * 2);
        foreach (StreamField field in entry)
        {
            reply.Bulk(field.Name);
            reply.Bulk(field.Value);
        }
    }

    /// <summary>An array of the entries of a range, at most <paramref name="count"/>; 0: all.</summary>
    public static void StreamRange(this ReplyWriter reply, StreamRange range, long count)
    {
        OpenAggregate array = reply.BeginArray();
        long written = 0;
        while ((count == 0 || written < count) && range.MoveNext())
        {
            reply.StreamEntry(range.Current);
            written++;
        }

        reply.EndArray(array, written);
    }

    /// <summary>The next argument of what is propagated, an id.</summary>
    public static void PropagateId(this CommandContext context, StreamId id)
    {
        Span<byte> text = stackalloc byte[StreamId.MaxTextLength];
        context.PropagateArgument(text[..id.Write(text)]);
    }

    /// <summary>A name as Redis repeats it in an error: a zero byte ends it.</summary>
    public static string Shown(ReadOnlySpan<byte> name)
    {
        int end = name.IndexOf((byte)0);
        return Encoding.Latin1.GetString(end < 0 ? name : name[..end]);
    }
}
