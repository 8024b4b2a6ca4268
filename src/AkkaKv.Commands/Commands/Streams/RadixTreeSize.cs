using System.Numerics;
using AkkaKv.Keyspace.Values.Streams;

namespace AkkaKv.Commands.Commands.Streams;

/// <summary>
/// How many nodes the radix tree would have in which Redis keeps a stream's nodes: XINFO tells it, and it is calculated because there is no such tree here. Keys are
/// ids of 16 bytes; runs of bytes without a branch are one node (rax.c).
/// </summary>
internal static class RadixTreeSize
{
    private const int KeySize = 16;

    /// <summary>The number of nodes; of an empty tree 1.</summary>
    public static long NodesFor(StreamNodes keys)
    {
        // Each branch is known by the depth at which it stands; those on the way to the last key lie on the stack.
        Span<int> branches = stackalloc int[KeySize + 1];
        int depth = 0;
        long nodes = 0;
        StreamId previous = default;
        bool isFirst = true;
        while (keys.MoveNext())
        {
            StreamId key = keys.MasterId;
            if (!isFirst)
            {
                // The keys part at this byte: what hangs below deeper branches is complete.
                int common = CommonBytes(previous, key);
                int lower = KeySize;
                while (depth > 0 && branches[depth - 1] > common)
                {
                    int branch = branches[--depth];
                    nodes += NodesBetween(branch, lower);
                    lower = branch;
                }

                nodes += NodesBetween(common, lower);
                if (depth == 0 || branches[depth - 1] != common)
                {
                    branches[depth++] = common;
                }
            }

            previous = key;
            isFirst = false;
        }

        if (isFirst)
        {
            return 1;
        }

        int end = KeySize;
        while (depth > 0)
        {
            int branch = branches[--depth];
            nodes += NodesBetween(branch, end);
            end = branch;
        }

        // The root: a run of bytes in front of the first branch or of the only key.
        return nodes + 1 + (end > 0 ? 1 : 0);
    }

    /// <summary>What hangs at a branch on one of its bytes: a run if there is one, and the branch or leaf at its end.</summary>
    private static int NodesBetween(int branch, int lower) => (lower > branch + 1 ? 1 : 0) + 1;

    private static int CommonBytes(StreamId left, StreamId right)
    {
        ulong difference = left.Ms ^ right.Ms;
        return difference != 0
            ? BitOperations.LeadingZeroCount(difference) / 8
            : 8 + (BitOperations.LeadingZeroCount(left.Sequence ^ right.Sequence) / 8);
    }
}
