using System.Globalization;
using System.Text;

namespace AkkaKv.Scripting.Compatibility;

/// <summary>
/// Reads the tokens of Lua 5.1, with its error messages, and notes in <see cref="TextEdits"/> what Lua 5.4 writes otherwise: all numbers are floating-point,
/// and a backslash before a character without meaning is dropped.
/// </summary>
internal sealed class Lexer(ReadOnlyMemory<byte> source, TextEdits edits)
{
    private const int EndMark = -1;

    private static readonly Dictionary<string, TokenKind> Keywords = new()
    {
        ["and"] = TokenKind.And,
        ["break"] = TokenKind.Break,
        ["do"] = TokenKind.Do,
        ["else"] = TokenKind.Else,
        ["elseif"] = TokenKind.ElseIf,
        ["end"] = TokenKind.End,
        ["false"] = TokenKind.False,
        ["for"] = TokenKind.For,
        ["function"] = TokenKind.Function,
        ["if"] = TokenKind.If,
        ["in"] = TokenKind.In,
        ["local"] = TokenKind.Local,
        ["nil"] = TokenKind.Nil,
        ["not"] = TokenKind.Not,
        ["or"] = TokenKind.Or,
        ["repeat"] = TokenKind.Repeat,
        ["return"] = TokenKind.Return,
        ["then"] = TokenKind.Then,
        ["true"] = TokenKind.True,
        ["until"] = TokenKind.Until,
        ["while"] = TokenKind.While,
    };

    private int _position;

    /// <summary>The line that is being read, from 1 on.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>The text of a token, bytes as Latin-1.</summary>
    public string TextOf(Token token) => Encoding.Latin1.GetString(source.Span[token.Start..token.End]);

    /// <summary>A token as messages show it.</summary>
    public string Shown(Token token) => token.Kind == TokenKind.EndOfText ? "<eof>" : ShownText(token.Start, token.End);

    /// <summary>Reads the next token.</summary>
    public Token Next()
    {
        while (true)
        {
            int start = _position;
            int current = Current;
            switch (current)
            {
                case EndMark:
                    return Of(TokenKind.EndOfText, start);
                case '\n' or '\r':
                    SkipLineEnd();
                    continue;
                case ' ' or '\t' or '\v' or '\f':
                    _position++;
                    continue;
                case '-':
                    _position++;
                    if (Current != '-')
                    {
                        return Of((TokenKind)'-', start);
                    }

                    SkipComment();
                    continue;
                case '[':
                    int level = LongBracketLevel();
                    if (level >= 0)
                    {
                        ReadLong(start, level, isComment: false);
                        return Of(TokenKind.String, start);
                    }

                    if (level < -1)
                    {
                        throw Error("invalid long string delimiter", start);
                    }

                    _position = start + 1;
                    return Of((TokenKind)'[', start);
                case '=':
                    return OneOrTwo(start, TokenKind.Equal);
                case '<':
                    return OneOrTwo(start, TokenKind.LessOrEqual);
                case '>':
                    return OneOrTwo(start, TokenKind.GreaterOrEqual);
                case '~':
                    return OneOrTwo(start, TokenKind.NotEqual);
                case '"' or '\'':
                    ReadString(start);
                    return Of(TokenKind.String, start);
                case '.':
                    return ReadDots(start);
                default:
                    if (IsDigit(current))
                    {
                        return ReadNumber(start);
                    }

                    if (IsLetter(current))
                    {
                        return ReadName(start);
                    }

                    _position++;
                    return Of((TokenKind)current, start);
            }
        }
    }

    private int Current => _position < source.Length ? source.Span[_position] : EndMark;

    private static bool IsDigit(int value) => value is >= '0' and <= '9';

    private static bool IsLetter(int value) => value is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_';

    private Token Of(TokenKind kind, int start) => new(kind, start, _position, Line);

    private SyntaxException Error(string message, int tokenStart) =>
        new(message + " near '" + ShownText(tokenStart, _position) + "'", Line);

    private SyntaxException ErrorAtEnd(string message) => new(message + " near '<eof>'", Line);

    private string ShownText(int start, int end)
    {
        string text = Encoding.Latin1.GetString(source.Span[start..end]);
        return text.Length == 1 && char.IsControl(text[0]) ? $"char({(int)text[0]})" : text;
    }

    private Token OneOrTwo(int start, TokenKind withEqual)
    {
        var single = (TokenKind)Current;
        _position++;
        if (Current != '=')
        {
            return Of(single, start);
        }

        _position++;
        return Of(withEqual, start);
    }

    private Token ReadDots(int start)
    {
        _position++;
        if (Current == '.')
        {
            _position++;
            if (Current == '.')
            {
                _position++;
                return Of(TokenKind.Dots, start);
            }

            return Of(TokenKind.Concatenation, start);
        }

        return IsDigit(Current) ? ReadNumber(start) : Of((TokenKind)'.', start);
    }

    private Token ReadName(int start)
    {
        while (IsLetter(Current) || IsDigit(Current))
        {
            _position++;
        }

        string name = Encoding.Latin1.GetString(source.Span[start.._position]);
        return Of(Keywords.GetValueOrDefault(name, TokenKind.Name), start);
    }

    private Token ReadNumber(int start)
    {
        while (IsDigit(Current) || Current == '.')
        {
            _position++;
        }

        if (Current is 'e' or 'E')
        {
            _position++;
            if (Current is '+' or '-')
            {
                _position++;
            }
        }

        while (IsLetter(Current) || IsDigit(Current))
        {
            _position++;
        }

        string text = Encoding.Latin1.GetString(source.Span[start.._position]);
        if (!LuaNumber.TryRead(text, out double value))
        {
            throw Error("malformed number", start);
        }

        edits.Replace(start, _position, LuaNumber.AsFloatLiteral(value));
        return Of(TokenKind.Number, start);
    }

    private void ReadString(int start)
    {
        int quote = Current;
        _position++;
        while (Current != quote)
        {
            switch (Current)
            {
                case EndMark:
                    throw ErrorAtEnd("unfinished string");
                case '\n' or '\r':
                    throw Error("unfinished string", start);
                case '\\':
                    ReadEscape(start);
                    break;
                default:
                    _position++;
                    break;
            }
        }

        _position++;
    }

    private void ReadEscape(int tokenStart)
    {
        int backslash = _position++;
        switch (Current)
        {
            case EndMark:
                return;
            case 'a' or 'b' or 'f' or 'n' or 'r' or 't' or 'v' or '\\' or '"' or '\'':
                _position++;
                return;
            case '\n' or '\r':
                SkipLineEnd();
                return;
            default:
                if (!IsDigit(Current))
                {
                    edits.Replace(backslash, _position, "");
                    _position++;
                    return;
                }

                int code = 0;
                for (int i = 0; i < 3 && IsDigit(Current); i++)
                {
                    code = code * 10 + Current - '0';
                    _position++;
                }

                if (code > byte.MaxValue)
                {
                    // The message shows what was read before.
                    _position = backslash;
                    throw Error("escape sequence too large", tokenStart);
                }

                return;
        }
    }

    private void SkipComment()
    {
        _position++;
        if (Current == '[')
        {
            int start = _position;
            int level = LongBracketLevel();
            if (level >= 0)
            {
                ReadLong(start, level, isComment: true);
                return;
            }
        }

        while (Current is not (EndMark or '\n' or '\r'))
        {
            _position++;
        }
    }

    /// <summary>Moves over <c>[==</c>; returns the number of equals signs if another bracket follows, -1 after a lone bracket, else less.</summary>
    private int LongBracketLevel()
    {
        int start = _position++;
        while (Current == '=')
        {
            _position++;
        }

        int count = _position - start - 1;
        return Current == '[' ? count : -count - 1;
    }

    private void ReadLong(int start, int level, bool isComment)
    {
        _position++;
        while (true)
        {
            switch (Current)
            {
                case EndMark:
                    throw ErrorAtEnd(isComment ? "unfinished long comment" : "unfinished long string");
                case ']':
                    _position++;
                    int closing = _position;
                    while (Current == '=')
                    {
                        _position++;
                    }

                    if (Current == ']' && _position - closing == level)
                    {
                        _position++;
                        return;
                    }

                    break;
                case '\n' or '\r':
                    SkipLineEnd();
                    break;
                default:
                    _position++;
                    break;
            }
        }
    }

    private void SkipLineEnd()
    {
        int first = Current;
        _position++;
        if (Current is '\n' or '\r' && Current != first)
        {
            _position++;
        }

        Line++;
    }
}

/// <summary>Numbers as Lua 5.1 reads and as Lua 5.4 wants them.</summary>
internal static class LuaNumber
{
    /// <summary>Reads a whole literal: decimal, or hexadecimal digits behind 0x.</summary>
    public static bool TryRead(string text, out double value)
    {
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            value = 0;
            foreach (char digit in text.AsSpan(2))
            {
                if (!char.IsAsciiHexDigit(digit))
                {
                    return false;
                }

                value = value * 16 + Convert.ToInt32(digit.ToString(), 16);
            }

            return text.Length > 2;
        }

        return double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Writes a number so that Lua 5.4 reads it as floating-point.</summary>
    public static string AsFloatLiteral(double value)
    {
        if (double.IsInfinity(value))
        {
            return "1e999";
        }

        string text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAny('.', 'E') < 0 ? text + ".0" : text;
    }
}
