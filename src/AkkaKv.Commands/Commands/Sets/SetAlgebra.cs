using AkkaKv.Keyspace.Values;
using AkkaKv.Keyspace.Values.Sets;

namespace AkkaKv.Commands.Commands.Sets;

/// <summary>Union, intersection and difference, computed as Redis 7.0 does, because its way decides how a stored result is encoded.</summary>
internal static class SetAlgebra
{
    /// <summary>Adds all members of all sets to the result.</summary>
    public static void Unite(in SetOperands sets, SetBuilder result)
    {
        for (int i = 0; i < sets.Count; i++)
        {
            if (sets.IsMissing(i))
            {
                continue;
            }

            foreach (Element member in sets.Set(i))
            {
                result.Editor.Add(member);
            }
        }
    }

    /// <summary>Whether a member of the first set is in all the others.</summary>
    public static bool IsCommon(in SetOperands sets, Element member)
    {
        for (int i = 1; i < sets.Count; i++)
        {
            if (!sets.AreSame(i, 0) && !sets.Set(i).Contains(member))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Adds to the result what is in the first set and in none of the others.</summary>
    public static void Subtract(in SetOperands sets, SetBuilder result)
    {
        if (sets.IsMissing(0))
        {
            return;
        }

        for (int i = 1; i < sets.Count; i++)
        {
            if (sets.AreSame(i, 0))
            {
                return;
            }
        }

        // Looking each member of the first set up in the others is faster per step, so it counts for half.
        long byLookup = 0;
        long byRemoval = 0;
        for (int i = 0; i < sets.Count; i++)
        {
            byLookup += sets.IsMissing(i) ? 0 : sets.SizeOf(0);
            byRemoval += sets.SizeOf(i);
        }

        if (byLookup / 2 <= byRemoval)
        {
            sets.SortBySize(from: 1, descending: true);
            SubtractByLookup(sets, result);
        }
        else
        {
            SubtractByRemoval(sets, result);
        }
    }

    private static void SubtractByLookup(in SetOperands sets, SetBuilder result)
    {
        foreach (Element member in sets.Set(0))
        {
            bool isElsewhere = false;
            for (int i = 1; i < sets.Count && !isElsewhere; i++)
            {
                isElsewhere = !sets.IsMissing(i) && sets.Set(i).Contains(member);
            }

            if (!isElsewhere)
            {
                result.Editor.Add(member);
            }
        }
    }

    private static void SubtractByRemoval(in SetOperands sets, SetBuilder result)
    {
        foreach (Element member in sets.Set(0))
        {
            result.Editor.Add(member);
        }

        for (int i = 1; i < sets.Count && result.View.Count > 0; i++)
        {
            if (sets.IsMissing(i))
            {
                continue;
            }

            foreach (Element member in sets.Set(i))
            {
                result.Editor.Remove(member);
            }
        }
    }
}
