using AkkaKv.Commands.Access;
using AkkaKv.Commands.Execution;
using AkkaKv.Keyspace;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Commands.Sorting;

/// <summary>
/// The arguments of SORT: key [BY pattern] [LIMIT offset count] [GET pattern]… [ASC|DESC] [ALPHA] [STORE destination]. Patterns are kept as the numbers of their arguments.
/// </summary>
internal sealed class SortRequest
{
    /// <summary>DESC.</summary>
    public bool IsDescending { get; private set; }

    /// <summary>ALPHA: texts are compared, not numbers.</summary>
    public bool IsAlphabetic { get; private set; }

    /// <summary>A BY without an asterisk: the elements stay in the order of the key.</summary>
    public bool IsUnsorted { get; private set; }

    /// <summary>The argument of BY; 0 without one.</summary>
    public int WeightPattern { get; private set; }

    /// <summary>The argument of STORE; 0 without one.</summary>
    public int Target { get; private set; }

    /// <summary>The arguments of GET.</summary>
    public List<int> Gets { get; } = [];

    private long Offset { get; set; }

    private long Count { get; set; } = -1;

    /// <summary>Reads the arguments; on failure the error is written and null returned.</summary>
    public static SortRequest? TryRead(CommandContext context, bool mayStore)
    {
        var request = new SortRequest();
        for (int i = 2; i < context.Args.Count; i++)
        {
            int left = context.Args.Count - 1 - i;
            if (context.IsWord(i, "ASC"u8))
            {
                request.IsDescending = false;
            }
            else if (context.IsWord(i, "DESC"u8))
            {
                request.IsDescending = true;
            }
            else if (context.IsWord(i, "ALPHA"u8))
            {
                request.IsAlphabetic = true;
            }
            else if (left >= 2 && context.IsWord(i, "LIMIT"u8))
            {
                if (!context.TryReadInteger(i + 1, out long offset) || !context.TryReadInteger(i + 2, out long count))
                {
                    return null;
                }

                (request.Offset, request.Count) = (offset, count);
                i += 2;
            }
            else if (mayStore && left >= 1 && context.IsWord(i, "STORE"u8))
            {
                request.Target = ++i;
            }
            else if (left >= 1 && context.IsWord(i, "BY"u8))
            {
                request.WeightPattern = ++i;
                request.IsUnsorted |= !SortPattern.HasPlace(context.Args[i]);
                if (SortPattern.HasPlace(context.Args[i]) && !context.MayReadAllKeys())
                {
                    context.Reply.Error("ERR BY option of SORT denied due to insufficient ACL permissions."u8);
                    return null;
                }
            }
            else if (left >= 1 && context.IsWord(i, "GET"u8))
            {
                if (!context.MayReadAllKeys())
                {
                    context.Reply.Error("ERR GET option of SORT denied due to insufficient ACL permissions."u8);
                    return null;
                }

                request.Gets.Add(++i);
            }
            else
            {
                context.Reply.Error(ErrorText.Syntax);
                return null;
            }
        }

        return request;
    }

    /// <summary>
    /// A set has no order that a replica or a script could rely on: where its own order would go into one of these, it is sorted by its members.
    /// </summary>
    public void SettleOrder(DataType type, bool isInScript)
    {
        if (IsUnsorted && type == DataType.Set && (Target > 0 || isInScript))
        {
            IsUnsorted = false;
            IsAlphabetic = true;
            WeightPattern = 0;
        }
    }

    /// <summary>Which of <paramref name="length"/> elements are wanted: the first one, and how many.</summary>
    public (int First, int Count) Window(long length)
    {
        long first = Math.Clamp(Offset, 0, length);
        long count = Count < 0 ? length : Count;
        return ((int)first, (int)Math.Min(count, length - first));
    }

    /// <summary>The position of STORE's key in a request that need not be valid; 0 if there is none. The last STORE counts.</summary>
    public static int FindTarget(in Arguments request)
    {
        int target = 0;
        for (int i = 2; i < request.Count; i++)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(request[i], "LIMIT"u8))
            {
                i += 2;
            }
            else if (System.Text.Ascii.EqualsIgnoreCase(request[i], "GET"u8) || System.Text.Ascii.EqualsIgnoreCase(request[i], "BY"u8))
            {
                i++;
            }
            else if (i + 1 < request.Count && System.Text.Ascii.EqualsIgnoreCase(request[i], "STORE"u8))
            {
                target = i + 1;
            }
        }

        return target;
    }
}
