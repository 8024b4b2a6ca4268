using AkkaKv.Commands.Execution;
using AkkaKv.Keyspace;

namespace AkkaKv.Commands.Commands.Lists;

/// <summary>BLMOVE and BRPOPLPUSH: LMOVE and RPOPLPUSH that wait if there is nothing, and are propagated as those.</summary>
internal static class BlockingMoveCommands
{
    /// <summary>BLMOVE source destination LEFT|RIGHT LEFT|RIGHT timeout.</summary>
    public static void Move(CommandContext context)
    {
        if (!context.TryReadListEnd(3, out ListEnd from) || !context.TryReadListEnd(4, out ListEnd to) || !context.TryReadTimeoutSeconds(5, out long deadlineMs)
            || !MoveOrWait(context, from, to, deadlineMs))
        {
            return;
        }

        BeginPropagation(context, "LMOVE"u8, 5);
        context.PropagateArgument(context.Args[3]);
        context.PropagateArgument(context.Args[4]);
    }

    /// <summary>BRPOPLPUSH source destination timeout.</summary>
    public static void PopLastPushFirst(CommandContext context)
    {
        if (context.TryReadTimeoutSeconds(3, out long deadlineMs) && MoveOrWait(context, ListEnd.Last, ListEnd.First, deadlineMs))
        {
            BeginPropagation(context, "RPOPLPUSH"u8, 3);
        }
    }

    /// <summary>Whether something moved at once.</summary>
    private static bool MoveOrWait(CommandContext context, ListEnd from, ListEnd to, long deadlineMs)
    {
        if (!context.TryWrite(context.Args[1], DataType.List, out Entry source))
        {
            return false;
        }

        if (source.Exists)
        {
            return MoveCommands.TryMove(context, from, to);
        }

        // Where nothing may wait the answer is LMOVE's null; when the time is over it is that of the other waiting commands.
        if (!context.TryWaitForKeys(new MoveWait(from, to), 1, 1, deadlineMs))
        {
            context.Reply.NullBulk();
        }

        return false;
    }

    private static void BeginPropagation(CommandContext context, ReadOnlySpan<byte> command, int argumentCount)
    {
        context.PropagateInstead(argumentCount);
        context.PropagateArgument(command);
        context.PropagateArgument(context.Args[1]);
        context.PropagateArgument(context.Args[2]);
    }

    private sealed class MoveWait(ListEnd from, ListEnd to) : KeyWait
    {
        public override DataType Type => DataType.List;

        public override bool Serve(CommandContext context, ReadOnlySpan<byte> key)
        {
            if (!MoveCommands.TryMove(context, from, to))
            {
                return true;
            }

            if (context.Args.Count == 4)
            {
                BeginPropagation(context, "RPOPLPUSH"u8, 3);
                return true;
            }

            BeginPropagation(context, "LMOVE"u8, 5);
            context.PropagateArgument(from.Word());
            context.PropagateArgument(to.Word());
            return true;
        }
    }
}
