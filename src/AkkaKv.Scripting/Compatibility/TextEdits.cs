using System.Text;

namespace AkkaKv.Scripting.Compatibility;

/// <summary>Changes to a text, collected in any order and applied at once.</summary>
internal sealed class TextEdits
{
    private readonly List<Edit> _edits = [];

    /// <summary>Puts <paramref name="text"/> before the byte at <paramref name="position"/>.</summary>
    public void Insert(int position, string text) => _edits.Add(new Edit(position, position, text, _edits.Count));

    /// <summary>Replaces [<paramref name="start"/>, <paramref name="end"/>).</summary>
    public void Replace(int start, int end, string text) => _edits.Add(new Edit(start, end, text, _edits.Count));

    /// <summary>The changed text.</summary>
    public byte[] Apply(ReadOnlySpan<byte> source, string before, string after)
    {
        // Of two changes at one place the insertion comes first.
        _edits.Sort((left, right) => left.Start != right.Start ? left.Start.CompareTo(right.Start)
            : left.End != right.End ? left.End.CompareTo(right.End) : left.Order.CompareTo(right.Order));
        var result = new MemoryStream(source.Length + source.Length / 4 + before.Length + after.Length);
        result.Write(Encoding.Latin1.GetBytes(before));
        int position = 0;
        foreach (Edit edit in _edits)
        {
            result.Write(source[position..edit.Start]);
            result.Write(Encoding.Latin1.GetBytes(edit.Text));
            position = edit.End;
        }

        result.Write(source[position..]);
        result.Write(Encoding.Latin1.GetBytes(after));
        return result.ToArray();
    }

    private readonly record struct Edit(int Start, int End, string Text, int Order);
}
