namespace AkkaKv.Server.Configuration;

/// <summary>
/// Finds the line on which each setting of a HOCON text is given, which the parser's result no longer tells. The text must be one that the
/// parser accepts; here only keys and nesting are followed, values are skipped.
/// </summary>
internal sealed class HoconLocator
{
    private readonly string _text;
    private readonly Action<string, int> _found;
    private readonly Action<string, string> _include;
    private int _position;
    private int _line = 1;

    private HoconLocator(string text, Action<string, int> found, Action<string, string> include)
    {
        _text = text;
        _found = found;
        _include = include;
    }

    private char Current => _position < _text.Length ? _text[_position] : '\0';

    private bool AtEnd => _position >= _text.Length;

    private bool AtComment => Current == '#' || (Current == '/' && Ahead("//"));

    /// <summary>Calls <paramref name="found"/> with path and line of every key, in the text's order.</summary>
    /// <param name="text">The HOCON text.</param>
    /// <param name="found">Path and line, counted from 1. A path given twice is reported twice.</param>
    /// <param name="include">Path of the object that includes, and the name of the included file.</param>
    public static void Locate(string text, Action<string, int> found, Action<string, string> include)
    {
        var locator = new HoconLocator(text, found, include);
        locator.SkipToContent();
        bool braces = locator.Current == '{';
        if (braces)
            locator.Advance();
        locator.Fields("");
    }

    private void Fields(string prefix)
    {
        while (true)
        {
            SkipToContent();
            if (AtEnd)
                return;
            if (Current == '}')
            {
                Advance();
                return;
            }
            if (TryInclude(prefix))
                continue;

            int line = _line;
            string path = Key(prefix);
            _found(path, line);
            SkipBlanks();
            if (Ahead("+="))
                Advance();
            if (Current is '=' or ':')
                Advance();
            SkipToContent();
            Value(path);
        }
    }

    private string Key(string prefix)
    {
        var path = new System.Text.StringBuilder(prefix);
        while (true)
        {
            SkipBlanks();
            if (path.Length > 0)
                path.Append('.');
            path.Append(Current == '"' ? Quoted() : Bare());
            SkipBlanks();
            if (Current != '.')
                return path.ToString();
            Advance();
        }
    }

    private string Bare()
    {
        int start = _position;
        while (!AtEnd && Current is not ('.' or '=' or ':' or '{' or '"' or '\n' or ',' or '}') && !Ahead("+=") && !char.IsWhiteSpace(Current))
            Advance();
        if (_position == start)
            Advance(); // cannot be in a text that was parsed; go on all the same
        return _text[start.._position];
    }

    private string Quoted()
    {
        if (Ahead("\"\"\""))
        {
            int end = _text.IndexOf("\"\"\"", _position + 3, StringComparison.Ordinal);
            end = end < 0 ? _text.Length : end + 3;
            string raw = _text[_position..end];
            while (_position < end || Current == '"')
                Advance();
            return raw.Trim('"');
        }
        Advance();
        int start = _position;
        while (!AtEnd && Current != '"')
        {
            if (Current == '\\')
                Advance();
            Advance();
        }
        string text = _text[start..Math.Min(_position, _text.Length)];
        Advance();
        return text;
    }

    /// <summary>Skips one value, which may be several joined ones; keys inside objects are reported.</summary>
    private void Value(string path)
    {
        while (!AtEnd && Current is not ('\n' or ',' or '}' or ']') && !AtComment)
        {
            if (Current == '{')
            {
                Advance();
                Fields(path);
            }
            else if (Current == '[')
            {
                Items(path);
            }
            else if (Current == '"')
            {
                Quoted();
            }
            else if (Ahead("${"))
            {
                while (!AtEnd && Current != '}')
                    Advance();
                Advance();
            }
            else
            {
                Advance();
            }
        }
    }

    private void Items(string path)
    {
        Advance();
        while (true)
        {
            SkipToContent();
            if (AtEnd)
                return;
            if (Current == ']')
            {
                Advance();
                return;
            }
            int before = _position;
            Value(path + "[]");
            if (_position == before)
                Advance();
        }
    }

    private bool TryInclude(string prefix)
    {
        if (!Ahead("include") || _position + 7 >= _text.Length || !(char.IsWhiteSpace(_text[_position + 7]) || _text[_position + 7] == '"'))
            return false;
        int at = _position + 7;
        while (at < _text.Length && _text[at] is not ('"' or '=' or ':' or '{' or '\n'))
            at++;
        if (at >= _text.Length || _text[at] != '"')
            return false; // a setting whose name is "include"
        while (_position < at)
            Advance();
        _include(prefix, Quoted());
        while (!AtEnd && Current is not ('\n' or ',' or '}'))
            Advance();
        return true;
    }

    private void SkipBlanks()
    {
        while (!AtEnd && Current != '\n' && char.IsWhiteSpace(Current))
            Advance();
    }

    private void SkipToContent()
    {
        while (!AtEnd)
        {
            if (AtComment)
            {
                while (!AtEnd && Current != '\n')
                    Advance();
            }
            else if (char.IsWhiteSpace(Current) || Current is ',' or '\uFEFF')
            {
                Advance();
            }
            else
            {
                return;
            }
        }
    }

    private bool Ahead(string text) => string.CompareOrdinal(_text, _position, text, 0, text.Length) == 0;

    private void Advance()
    {
        if (Current == '\n')
            _line++;
        _position++;
    }
}
