using AkkaKv.Commands.Configuration;
using AkkaKv.Commands.Execution;
using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values.Streams;

namespace AkkaKv.Commands.Commands.Streams;

/// <summary>XADD, XTRIM, XDEL and XSETID: what changes the entries of a stream.</summary>
internal static class StreamWriteCommands
{
    private static ReadOnlySpan<byte> IdTooSmall => "ERR The ID specified in XADD is equal or smaller than the target stream top item"u8;

    /// <summary>XADD key [NOMKSTREAM] [MAXLEN | MINID [= | ~] threshold [LIMIT count]] * | id field value…: the entry's id.</summary>
    public static void Add(CommandContext context)
    {
        if (!TrimOptions.TryReadForAdd(context, out TrimOptions options))
        {
            return;
        }

        int firstField = (options.IdArgument == 0 ? context.Args.Count : options.IdArgument) + 1;
        if (context.Args.Count - firstField < 2 || (context.Args.Count - firstField) % 2 != 0)
        {
            context.WrongArgumentCount();
            return;
        }

        if (!options.IsAutomatic && options.HasSequence && options.Id == StreamId.Min)
        {
            context.Reply.Error("ERR The ID specified in XADD must be greater than 0-0"u8);
            return;
        }

        ReadOnlySpan<byte> key = context.Args[1];
        if (!context.TryWrite(key, DataType.Stream, out Entry entry))
        {
            return;
        }

        if (!entry.Exists && options.IsForExistingOnly)
        {
            context.Reply.NullBulk();
            return;
        }

        StreamEditor stream = Open(context, key, entry);
        ArgumentFields fields = new(context.Args, firstField);
        if (!TryChooseId(context, stream.View.LastId, options, out StreamId id))
        {
            return;
        }

        if (!StreamEditor.Fits(fields))
        {
            context.Reply.Error("ERR Elements are too large to be stored"u8);
            return;
        }

        stream.Add(id, fields);
        context.Reply.Id(id);
        context.SignalModified(key);
        context.NotifyKeyspaceEvent(KeyspaceEvents.Stream, "xadd"u8, key);
        if (options.Trims && stream.Trim(options.Trim) > 0)
        {
            context.NotifyKeyspaceEvent(KeyspaceEvents.Stream, "xtrim"u8, key);
        }

        if (options.Trim.IsApproximate || options.IsAutomatic || !options.HasSequence)
        {
            Propagate(context, options, stream.View, id);
        }
    }

    /// <summary>XTRIM key MAXLEN | MINID [= | ~] threshold [LIMIT count]: how many entries went.</summary>
    public static void Trim(CommandContext context)
    {
        ReadOnlySpan<byte> key = context.Args[1];
        if (!TrimOptions.TryReadForTrim(context, out TrimOptions options) || !context.TryWrite(key, DataType.Stream, out Entry entry))
        {
            return;
        }

        long deleted = 0;
        if (entry.Exists)
        {
            StreamEditor stream = context.Database.EditStream(entry);
            deleted = stream.Trim(options.Trim);
            if (deleted > 0)
            {
                context.NotifyKeyspaceEvent(KeyspaceEvents.Stream, "xtrim"u8, key);
                if (options.Trim.IsApproximate)
                {
                    Propagate(context, options, stream.View, default);
                }

                context.SignalModified(key);
                context.SignalChanged(deleted - 1);
            }
        }

        context.Reply.Integer(deleted);
    }

    /// <summary>XDEL key id…: how many entries there were.</summary>
    public static void Delete(CommandContext context)
    {
        ReadOnlySpan<byte> key = context.Args[1];
        if (!context.TryWrite(key, DataType.Stream, out Entry entry))
        {
            return;
        }

        if (!entry.Exists)
        {
            context.Reply.Integer(0);
            return;
        }

        // All ids are checked before the first entry is deleted.
        for (int i = 2; i < context.Args.Count; i++)
        {
            if (!context.TryReadId(i, out _))
            {
                return;
            }
        }

        StreamEditor stream = context.Database.EditStream(entry);
        int deleted = 0;
        for (int i = 2; i < context.Args.Count; i++)
        {
            StreamIdText.TryParse(context.Args[i], isStrict: true, 0, out StreamId id, out _);
            deleted += stream.Delete(id) ? 1 : 0;
        }

        if (deleted > 0)
        {
            context.SignalModified(key);
            context.SignalChanged(deleted - 1);
            context.NotifyKeyspaceEvent(KeyspaceEvents.Stream, "xdel"u8, key);
        }

        context.Reply.Integer(deleted);
    }

    /// <summary>XSETID key id [ENTRIESADDED n] [MAXDELETEDID id].</summary>
    public static void SetId(CommandContext context)
    {
        ReadOnlySpan<byte> key = context.Args[1];
        if (!context.TryReadId(2, out StreamId id) || !TryReadSetIdOptions(context, id, out long? entriesAdded, out StreamId maxDeletedId)
            || !context.TryWrite(key, DataType.Stream, out Entry entry))
        {
            return;
        }

        if (!entry.Exists)
        {
            context.Reply.Error(ErrorText.NoSuchKey);
            return;
        }

        StreamEditor stream = context.Database.EditStream(entry);
        StreamView view = stream.View;
        if (view.Length > 0 && id < view.LastPresentId)
        {
            context.Reply.Error("ERR The ID specified in XSETID is smaller than the target stream top item"u8);
            return;
        }

        if (view.Length > 0 && entriesAdded < view.Length)
        {
            context.Reply.Error("ERR The entries_added specified in XSETID is smaller than the target stream length"u8);
            return;
        }

        stream.SetState(id, entriesAdded, maxDeletedId == StreamId.Min ? null : maxDeletedId);
        context.SignalChanged();
        context.NotifyKeyspaceEvent(KeyspaceEvents.Stream, "xsetid"u8, key);
        context.Reply.Ok();
    }

    internal static StreamEditor Open(CommandContext context, ReadOnlySpan<byte> key, Entry entry)
    {
        if (entry.Exists)
        {
            return context.Database.EditStream(entry);
        }

        StreamEditor stream = context.Database.CreateStream(key);
        context.Touch(stream.Entry);
        return stream;
    }

    private static bool TryChooseId(CommandContext context, StreamId lastId, in TrimOptions options, out StreamId id)
    {
        id = options.Id;
        if (lastId == StreamId.Max)
        {
            context.Reply.Error("ERR The stream has exhausted the last possible ID, unable to add more items"u8);
            return false;
        }

        if (options.IsAutomatic)
        {
            id = new StreamId((ulong)context.NowMs, 0);
            if (id.Ms <= lastId.Ms)
            {
                lastId.TryNext(out id);
            }
        }
        else if (!options.HasSequence && id.Ms == lastId.Ms)
        {
            // Not into the next millisecond, which is not the one that was asked for.
            id = lastId.Sequence < ulong.MaxValue ? new StreamId(id.Ms, lastId.Sequence + 1) : lastId;
        }

        if (id > lastId)
        {
            return true;
        }

        context.Reply.Error(IdTooSmall);
        return false;
    }

    /// <summary>The command as it came, with the id that was chosen, and what ~ came to.</summary>
    private static void Propagate(CommandContext context, in TrimOptions options, StreamView stream, StreamId id)
    {
        context.PropagateInstead(context.Args.Count);
        for (int i = 0; i < context.Args.Count; i++)
        {
            if (i == options.IdArgument && !options.HasSequence && i > 0)
            {
                context.PropagateId(id);
            }
            else if (options.Trim.IsApproximate && i == options.ThresholdArgument - 1)
            {
                context.PropagateArgument("="u8);
            }
            else if (options.Trim.IsApproximate && i == options.ThresholdArgument)
            {
                PropagateThreshold(context, options, stream);
            }
            else
            {
                context.PropagateArgument(context.Args[i]);
            }
        }
    }

    private static void PropagateThreshold(CommandContext context, in TrimOptions options, StreamView stream)
    {
        if (options.Trim.MaxLength is null)
        {
            context.PropagateId(stream.FirstStoredId);
        }
        else
        {
            context.PropagateArgument(stream.Length);
        }
    }

    private static bool TryReadSetIdOptions(CommandContext context, StreamId id, out long? entriesAdded, out StreamId maxDeletedId)
    {
        entriesAdded = null;
        maxDeletedId = StreamId.Min;
        for (int i = 3; i < context.Args.Count; i += 2)
        {
            bool hasMore = i + 1 < context.Args.Count;
            if (hasMore && context.IsWord(i, "ENTRIESADDED"u8))
            {
                if (!context.TryReadInteger(i + 1, out long added))
                {
                    return false;
                }

                if (added < 0)
                {
                    context.Reply.Error("ERR entries_added must be positive"u8);
                    return false;
                }

                entriesAdded = added;
            }
            else if (hasMore && context.IsWord(i, "MAXDELETEDID"u8))
            {
                if (!context.TryReadId(i + 1, out maxDeletedId))
                {
                    return false;
                }

                if (id < maxDeletedId)
                {
                    context.Reply.Error("ERR The ID specified in XSETID is smaller than the provided max_deleted_entry_id"u8);
                    return false;
                }
            }
            else
            {
                context.Reply.Error(ErrorText.Syntax);
                return false;
            }
        }

        return true;
    }
}
