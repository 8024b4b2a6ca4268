using System.Buffers;
using AkkaKv.Commands.Configuration;
using AkkaKv.Keyspace;
using AkkaKv.Keyspace.Values;
using AkkaKv.Keyspace.Values.Lists;

namespace AkkaKv.Commands.Commands.Lists;

/// <summary>LMOVE and RPOPLPUSH: the element that was moved.</summary>
internal static class MoveCommands
{
    private const int ScratchSize = 256;

    /// <summary>LMOVE source destination LEFT|RIGHT LEFT|RIGHT.</summary>
    public static void Move(CommandContext context)
    {
        if (context.TryReadListEnd(3, out ListEnd from) && context.TryReadListEnd(4, out ListEnd to))
        {
            TryMove(context, from, to);
        }
    }

    /// <summary>RPOPLPUSH source destination.</summary>
    public static void PopLastPushFirst(CommandContext context) => TryMove(context, ListEnd.Last, ListEnd.First);

    /// <summary>Moves an element from the list at the first key to that at the second and answers it; null if there is no such list. Returns whether something moved.</summary>
    public static bool TryMove(CommandContext context, ListEnd from, ListEnd to)
    {
        ReadOnlySpan<byte> source = context.Args[1];
        ReadOnlySpan<byte> target = context.Args[2];
        if (!context.TryWrite(source, DataType.List, out Entry entry))
        {
            return false;
        }

        if (!entry.Exists)
        {
            context.Reply.NullBulk();
            return false;
        }

        if (!context.TryWrite(target, DataType.List, out _))
        {
            return false;
        }

        // Found again: the target may just have been removed because it had expired.
        ListEditor list = context.Database.EditList(context.Database.Find(source));
        Element element = list.View.At(from);
        byte[]? rented = element.Length > ScratchSize ? ArrayPool<byte>.Shared.Rent(element.Length) : null;
        Span<byte> scratch = stackalloc byte[ScratchSize];
        Span<byte> copy = rented ?? scratch;
        ReadOnlySpan<byte> moved = copy[..element.CopyTo(copy)];
        list.Remove(from, 1);
        long left = list.View.Count;
        if (source.SequenceEqual(target))
        {
            list.Push(to, moved);
            left++;
        }
        else
        {
            context.OpenList(target, context.Database.Find(target)).Push(to, moved);
        }

        context.SignalModified(target);
        context.NotifyKeyspaceEvent(KeyspaceEvents.List, to.PushEvent(), target);
        context.Reply.Bulk(moved);
        ListEnds.CompletePop(context, source, left, from, 1);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return true;
    }
}
