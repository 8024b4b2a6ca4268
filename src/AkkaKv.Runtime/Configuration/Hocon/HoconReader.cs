using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>A cursor over a HOCON text that knows line and column, and the lexical forms: blanks, comments, quoted and bare texts.</summary>
internal sealed class HoconReader(string text)
{
    private static readonly string NotInBareText = "$\"{}[]:=,#`^?!@*&\\";
    private int _position;

    public bool AtEnd => _position >= text.Length;

    public char Current => AtEnd ? '\0' : text[_position];

    public bool AtNewLine => Current is '\n' or '\r' && !AtEnd;

    public bool AtComment => Current == '#' || Matches("//");

    public int Position => _position;

    /// <summary>Line and column of the cursor, 1-based.</summary>
    public (int Line, int Column) Location => LocationOf(_position);

    public bool Matches(string expected) => string.CompareOrdinal(text, _position, expected, 0, expected.Length) == 0;

    public void Advance(int count = 1) => _position += count;

    public bool TryTake(string expected)
    {
        if (!Matches(expected)) return false;
        _position += expected.Length;
        return true;
    }

    /// <summary>Skips blanks on this line and returns them.</summary>
    public string TakeBlanks()
    {
        var start = _position;
        while (!AtEnd && !AtNewLine && (char.IsWhiteSpace(Current) || Current == '\uFEFF')) _position++;
        return text[start.._position];
    }

    /// <summary>Skips blanks, line ends and comments.</summary>
    public void SkipToContent()
    {
        while (!AtEnd)
        {
            TakeBlanks();
            if (AtComment)
                while (!AtEnd && !AtNewLine) _position++;
            if (!AtNewLine) return;
            _position++;
        }
    }

    /// <summary>A bare text up to the next blank, special character or comment.</summary>
    public string TakeBareText(bool inKey)
    {
        var start = _position;
        while (!AtEnd && !char.IsWhiteSpace(Current) && !AtComment && !NotInBareText.Contains(Current)
            && !(inKey && (Current == '.' || Matches("+=")))) _position++;
        if (_position == start) Fail($"unexpected {Name(Current)}; a text that contains it must be in double quotes");
        return text[start.._position];
    }

    /// <summary>A text in double or triple double quotes.</summary>
    public string TakeQuotedText()
    {
        if (TryTake("\"\"\""))
        {
            var end = text.IndexOf("\"\"\"", _position, StringComparison.Ordinal);
            if (end < 0) Fail("the text that starts with \"\"\" has no end", _position - 3);
            // More than three quotes at the end: the surplus belongs to the text.
            while (end + 3 < text.Length && text[end + 3] == '"') end++;
            var raw = text[_position..end];
            _position = end + 3;
            return raw;
        }
        var start = _position++;
        var value = new StringBuilder();
        while (!AtEnd && Current != '"')
        {
            if (AtNewLine) Fail("a text in double quotes must end on its line", start);
            if (Current == '\\')
            {
                _position++;
                value.Append(TakeEscape());
            }
            else
            {
                value.Append(text[_position++]);
            }
        }
        if (AtEnd) Fail("the text in double quotes has no end", start);
        _position++;
        return value.ToString();
    }

    /// <summary>Throws the error of a text that is not HOCON.</summary>
    [DoesNotReturn]
    public void Fail(string problem, int? at = null)
    {
        var (line, column) = LocationOf(at ?? _position);
        throw new ConfigurationException($"Line {line}, column {column}: {problem}.");
    }

    public static string Name(char c) => c switch
    {
        '\0' => "end of the text",
        '\n' or '\r' => "end of the line",
        _ => $"'{c}'",
    };

    private char TakeEscape()
    {
        var c = Current;
        _position++;
        switch (c)
        {
            case '"' or '\\' or '/': return c;
            case 'b': return '\b';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'u' when _position + 4 <= text.Length
                && ushort.TryParse(text.AsSpan(_position, 4), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var code):
                _position += 4;
                return (char)code;
            default:
                Fail($"'\\{c}' is not an escape", _position - 2);
                return c;
        }
    }

    private (int Line, int Column) LocationOf(int position)
    {
        var before = text.AsSpan(0, Math.Min(position, text.Length));
        return (before.Count('\n') + 1, position - (before.LastIndexOf('\n') + 1) + 1);
    }
}
