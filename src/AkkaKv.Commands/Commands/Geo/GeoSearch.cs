using System.Runtime.InteropServices;
using AkkaKv.Keyspace.Values.SortedSets;

namespace AkkaKv.Commands.Commands.Geo;

/// <summary>A member that was found: its rank, score and position, and how many metres it is from the middle.</summary>
internal readonly record struct GeoMatch(long Rank, double Score, GeoPoint Point, double Distance);

/// <summary>Finds the members of a sorted set that lie in a shape: by the ranges of scores of nine cells.</summary>
internal static class GeoSearch
{
    /// <summary>The matches in the order in which Redis gives them when nothing is said, at most so many; 0: all.</summary>
    public static List<GeoMatch> Find(SortedSetView view, in GeoShape shape, long limit)
    {
        List<GeoMatch> matches = [];
        GeoCell[] cells = shape.Cover();
        int last = 0;
        for (int i = 0; i < cells.Length && !(limit > 0 && matches.Count >= limit); i++)
        {
            // Where cells are large neighbours are the same ones. As in Redis only two of a row are compared, and not with the middle.
            if (cells[i].IsNone || (last > 0 && cells[i] == cells[last]))
            {
                continue;
            }

            last = i;
            RankRange range = view.InRange(new ScoreRange(cells[i].FirstScore, cells[i].EndScore, WithoutMin: false, WithoutMax: true));
            long rank = range.First;
            for (SortedSetWalk walk = view.Walk(range.First, range.Count, downwards: false); walk.MoveNext(); rank++)
            {
                GeoPoint point = GeoCell.OfScore(walk.Score).Center;
                if (shape.Contains(point, out double distance))
                {
                    matches.Add(new GeoMatch(rank, walk.Score, point, distance));
                    if (limit > 0 && matches.Count >= limit)
                    {
                        break;
                    }
                }
            }
        }

        return matches;
    }

    /// <summary>
    /// The first matches in the order that is asked for. Those of equal distance stay in theirs if all are wanted, otherwise as <see cref="PartialSort"/> leaves them.
    /// </summary>
    public static IEnumerable<GeoMatch> Sort(List<GeoMatch> matches, GeoOrder order, int wanted)
    {
        if (order == GeoOrder.None || wanted == 0)
        {
            return matches.Take(wanted);
        }

        if (wanted == matches.Count)
        {
            return order == GeoOrder.NearestFirst ? matches.OrderBy(match => match.Distance) : matches.OrderByDescending(match => match.Distance);
        }

        PartialSort.Sort(
            CollectionsMarshal.AsSpan(matches),
            wanted,
            order == GeoOrder.NearestFirst ? (left, right) => left.Distance.CompareTo(right.Distance) : (left, right) => right.Distance.CompareTo(left.Distance));
        return matches.Take(wanted);
    }
}
