using System.Text;

namespace AkkaKv.Commands.Configuration;

/// <summary>Which keyspace events are published (<c>notify-keyspace-events</c>); each has its letter.</summary>
[Flags]
public enum KeyspaceEvents
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>K: on <c>__keyspace@db__:key</c>.</summary>
    Keyspace = 1 << 0,

    /// <summary>E: on <c>__keyevent@db__:event</c>.</summary>
    Keyevent = 1 << 1,

    /// <summary>g: commands on keys of any type.</summary>
    Generic = 1 << 2,

    /// <summary>$: strings.</summary>
    String = 1 << 3,

    /// <summary>l: lists.</summary>
    List = 1 << 4,

    /// <summary>s: sets.</summary>
    Set = 1 << 5,

    /// <summary>h: hashes.</summary>
    Hash = 1 << 6,

    /// <summary>z: sorted sets.</summary>
    SortedSet = 1 << 7,

    /// <summary>x: expired keys.</summary>
    Expired = 1 << 8,

    /// <summary>e: evicted keys.</summary>
    Evicted = 1 << 9,

    /// <summary>t: streams.</summary>
    Stream = 1 << 10,

    /// <summary>d: module types.</summary>
    Module = 1 << 11,

    /// <summary>m: reads of missing keys; not part of A.</summary>
    KeyMiss = 1 << 12,

    /// <summary>n: new keys; not part of A.</summary>
    NewKey = 1 << 13,

    /// <summary>A: all of g$lshzxetd.</summary>
    All = Generic | String | List | Set | Hash | SortedSet | Expired | Evicted | Stream | Module,
}

/// <summary>The letters of <see cref="KeyspaceEvents"/>.</summary>
public static class KeyspaceEventLetters
{
    private static readonly (char Letter, KeyspaceEvents Event)[] Letters =
    [
        ('g', KeyspaceEvents.Generic), ('$', KeyspaceEvents.String), ('l', KeyspaceEvents.List), ('s', KeyspaceEvents.Set),
        ('h', KeyspaceEvents.Hash), ('z', KeyspaceEvents.SortedSet), ('x', KeyspaceEvents.Expired), ('e', KeyspaceEvents.Evicted),
        ('t', KeyspaceEvents.Stream), ('d', KeyspaceEvents.Module),
    ];

    private static readonly (char Letter, KeyspaceEvents Event)[] LettersBesideAll =
    [
        ('K', KeyspaceEvents.Keyspace), ('E', KeyspaceEvents.Keyevent), ('m', KeyspaceEvents.KeyMiss), ('n', KeyspaceEvents.NewKey),
    ];

    /// <summary>Reads letters; false when one has no meaning.</summary>
    public static bool TryParse(string letters, out KeyspaceEvents events)
    {
        events = KeyspaceEvents.None;
        foreach (char letter in letters)
        {
            if (letter == 'A')
            {
                events |= KeyspaceEvents.All;
                continue;
            }

            KeyspaceEvents found = Letters.Concat(LettersBesideAll).FirstOrDefault(pair => pair.Letter == letter).Event;
            if (found == KeyspaceEvents.None)
            {
                return false;
            }

            events |= found;
        }

        return true;
    }

    /// <summary>The letters as CONFIG GET shows them.</summary>
    public static string Format(KeyspaceEvents events)
    {
        var text = new StringBuilder();
        if ((events & KeyspaceEvents.All) == KeyspaceEvents.All)
        {
            text.Append('A');
        }
        else
        {
            Append(text, Letters, events);
        }

        Append(text, LettersBesideAll, events);
        return text.ToString();
    }

    private static void Append(StringBuilder text, (char Letter, KeyspaceEvents Event)[] letters, KeyspaceEvents events)
    {
        foreach ((char letter, KeyspaceEvents single) in letters)
        {
            if ((events & single) != 0)
            {
                text.Append(letter);
            }
        }
    }
}
