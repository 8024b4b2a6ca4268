using System.Text;
using AkkaKv.Commands.Commands.Sorting;
using AkkaKv.Protocol;

namespace AkkaKv.Commands.Table;

/// <summary>Finds the keys of a request by its command's key specifications.</summary>
public static class KeyExtraction
{
    /// <summary>
    /// Adds the positions of the keys in <paramref name="request"/>, with the specification that found each. False when a specification does not fit the request, so
    /// that it is not a valid command.
    /// </summary>
    public static bool TryFind(CommandRow row, in Arguments request, List<(int Position, KeySpec Spec)> keys)
    {
        foreach (KeySpec spec in row.Keys)
        {
            if (spec.Flags.Contains("not_key", StringComparison.Ordinal))
            {
                continue;
            }

            if (spec.Begin is SearchUnknown)
            {
                // No search finds what SORT's STORE names, because its patterns may be called so too; and keys that patterns make are no arguments.
                int target = row.Name == "sort" && spec.Flags.StartsWith("OW", StringComparison.Ordinal) ? SortRequest.FindTarget(request) : 0;
                if (target > 0)
                {
                    keys.Add((target, spec));
                }

                continue;
            }

            int begin = Begin(spec.Begin, request);
            if (begin < 0)
            {
                continue;
            }

            if (!TryAdd(spec, begin, request, keys))
            {
                return false;
            }
        }

        return true;
    }

    private static int Begin(KeySearch search, in Arguments request)
    {
        switch (search)
        {
            case SearchIndex index:
                return index.Position < request.Count ? index.Position : -1;
            case SearchKeyword keyword:
                byte[] word = Encoding.ASCII.GetBytes(keyword.Keyword);
                int step = keyword.StartFrom > 0 ? 1 : -1;
                int start = keyword.StartFrom > 0 ? keyword.StartFrom : request.Count + keyword.StartFrom;
                for (int i = start; i > 0 && i < request.Count; i += step)
                {
                    if (Ascii.EqualsIgnoreCase(request[i], word))
                    {
                        return i + 1 < request.Count ? i + 1 : -1;
                    }
                }

                return -1;
            default:
                return -1;
        }
    }

    private static bool TryAdd(KeySpec spec, int begin, in Arguments request, List<(int Position, KeySpec Spec)> keys)
    {
        int last;
        int step;
        switch (spec.Find)
        {
            case KeyRange range:
                step = range.Step;
                last = range.Last >= 0
                    ? begin + range.Last
                    : range.Limit <= 1 || range.Last < -1
                        ? request.Count + range.Last
                        : begin + ((request.Count - begin) / range.Limit) - 1;
                break;
            case KeyCount count:
                step = count.Step;
                if (begin + count.NumberIndex >= request.Count
                    || !DecimalNumber.TryParse(request[begin + count.NumberIndex], out long number) || number < 0 || number > request.Count)
                {
                    return false;
                }

                begin += count.FirstKey;
                last = begin + ((int)number - 1) * step;
                break;
            default:
                return true;
        }

        if (last >= request.Count)
        {
            return false;
        }

        for (int i = begin; i <= last; i += step)
        {
            keys.Add((i, spec));
        }

        return true;
    }
}
