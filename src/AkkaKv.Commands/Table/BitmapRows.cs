using AkkaKv.Commands.Commands.Bitmaps;
using static AkkaKv.Commands.Table.CommandFlags;

namespace AkkaKv.Commands.Table;

/// <summary>The commands on bitmaps.</summary>
internal static class BitmapRows
{
    public static readonly CommandRow[] Rows =
    [
        new("bitcount", -2, "2.6.0", ReadOnly, BitRangeCommands.Count)
        {
            Categories = AclCategories.Bitmap,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Counts the bits that are set in a string or a range of it.",
            Complexity = "O(N)",
        },
        new("bitfield", -2, "3.2.0", Write | DenyOom, BitFieldCommands.ReadWrite)
        {
            Categories = AclCategories.Bitmap,
            Keys = [new KeySpec { Flags = "RW access update variable_flags", Begin = new SearchIndex(1), Find = new KeyRange(0, 1, 0) }],
            Summary = "Reads, sets and increments integers of any width at any bit offset.",
            Complexity = "O(1)",
        },
        new("bitfield_ro", -2, "6.0.0", ReadOnly | Fast, BitFieldCommands.ReadOnly)
        {
            Categories = AclCategories.Bitmap,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Reads integers of any width at any bit offset.",
            Complexity = "O(1)",
        },
        new("bitop", -4, "2.6.0", Write | DenyOom, BitOpCommand.Run)
        {
            Categories = AclCategories.Bitmap,
            Keys =
            [
                KeySpec.Range("OW update", 2),
                KeySpec.Range("RO access", 3, last: -1),
            ],
            Summary = "Combines strings bit by bit and stores the result.",
            Complexity = "O(N)",
        },
        new("bitpos", -3, "2.8.7", ReadOnly, BitRangeCommands.Position)
        {
            Categories = AclCategories.Bitmap,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Finds the first bit that is set or clear.",
            Complexity = "O(N)",
        },
        new("getbit", 3, "2.2.0", ReadOnly | Fast, SingleBitCommands.Get)
        {
            Categories = AclCategories.Bitmap,
            Keys = [KeySpec.Range("RO access", 1)],
            Summary = "Returns one bit of a string.",
            Complexity = "O(1)",
        },
        new("setbit", 4, "2.2.0", Write | DenyOom, SingleBitCommands.Set)
        {
            Categories = AclCategories.Bitmap,
            Keys = [KeySpec.Range("RW access update", 1)],
            Summary = "Sets or clears one bit and returns its old value.",
            Complexity = "O(1)",
        },
    ];
}
