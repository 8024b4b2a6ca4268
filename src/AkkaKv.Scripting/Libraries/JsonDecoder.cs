using System.Globalization;
using AkkaKv.Scripting.Native;
using static AkkaKv.Scripting.Native.LuaNative;

namespace AkkaKv.Scripting.Libraries;

/// <summary>cjson.decode: pushes the value of a JSON text, with lua-cjson 2.1's tolerance and messages.</summary>
internal ref struct JsonDecoder(nint state, JsonSettings settings, ReadOnlySpan<byte> text, ByteBuilder scratch)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private int _position;
    private int _depth;
    private Kind _kind;
    private int _index;
    private string _error = "";
    private double _number;
    private bool _isTrue;

    private enum Kind
    {
        ObjectBegin,
        ObjectEnd,
        ArrayBegin,
        ArrayEnd,
        String,
        Number,
        Boolean,
        Null,
        Colon,
        Comma,
        End,
        Error,
    }

    private readonly byte Current => _position < _text.Length ? _text[_position] : (byte)0;

    /// <summary>Pushes the value.</summary>
    public void Push()
    {
        if (_text.Length >= 2 && (_text[0] == 0 || _text[1] == 0))
        {
            throw new LuaErrorException("JSON parser does not support UTF-16 or UTF-32");
        }

        Next();
        PushValue();
        Next();
        Require(Kind.End, "the end");
    }

    private readonly LuaErrorException Unexpected(string expected)
    {
        string found = _kind switch
        {
            Kind.Error => _error,
            Kind.ObjectBegin => "T_OBJ_BEGIN",
            Kind.ObjectEnd => "T_OBJ_END",
            Kind.ArrayBegin => "T_ARR_BEGIN",
            Kind.ArrayEnd => "T_ARR_END",
            _ => "T_" + _kind.ToString().ToUpperInvariant(),
        };
        return new LuaErrorException($"Expected {expected} but found {found} at character {_index + 1}");
    }

    private readonly void Require(Kind kind, string shown)
    {
        if (_kind != kind)
        {
            throw Unexpected(shown);
        }
    }

    private void PushValue()
    {
        switch (_kind)
        {
            case Kind.String:
                PushBytes(state, scratch.Written);
                break;
            case Kind.Number:
                PushNumber(state, _number);
                break;
            case Kind.Boolean:
                PushBoolean(state, _isTrue ? 1 : 0);
                break;
            case Kind.Null:
                PushLightUserData(state, 0);
                break;
            case Kind.ObjectBegin:
                Descend();
                PushObject();
                _depth--;
                break;
            case Kind.ArrayBegin:
                Descend();
                PushArray();
                _depth--;
                break;
            default:
                throw Unexpected("value");
        }
    }

    private void Descend()
    {
        _depth++;
        if (_depth > settings.DecodeDepthMax || CheckStack(state, 6) == 0)
        {
            throw new LuaErrorException($"Found too many nested data structures ({_depth}) at character {_position}");
        }
    }

    private void PushObject()
    {
        CreateTable(state, 0, 0);
        Next();
        if (_kind == Kind.ObjectEnd)
        {
            return;
        }

        while (true)
        {
            Require(Kind.String, "object key string");
            PushBytes(state, scratch.Written);
            Next();
            Require(Kind.Colon, "colon");
            Next();
            PushValue();
            RawSet(state, -3);
            Next();
            if (_kind == Kind.ObjectEnd)
            {
                return;
            }

            Require(Kind.Comma, "comma or object end");
            Next();
        }
    }

    private void PushArray()
    {
        CreateTable(state, 0, 0);
        Next();
        if (_kind == Kind.ArrayEnd)
        {
            return;
        }

        for (long i = 1; ; i++)
        {
            PushValue();
            RawSetIndex(state, -2, i);
            Next();
            if (_kind == Kind.ArrayEnd)
            {
                return;
            }

            Require(Kind.Comma, "comma or array end");
            Next();
        }
    }

    private void Next()
    {
        while (Current is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')
        {
            _position++;
        }

        _index = _position;
        byte current = Current;
        Kind single = current switch
        {
            (byte)'{' => Kind.ObjectBegin,
            (byte)'}' => Kind.ObjectEnd,
            (byte)'[' => Kind.ArrayBegin,
            (byte)']' => Kind.ArrayEnd,
            (byte)':' => Kind.Colon,
            (byte)',' => Kind.Comma,
            _ => Kind.Error,
        };
        if (single != Kind.Error)
        {
            _kind = single;
            _position++;
        }
        else if (current == 0)
        {
            _kind = _position >= _text.Length ? Kind.End : Kind.Error;
            _error = "invalid token";
        }
        else if (current == '"')
        {
            ReadString();
        }
        else if (current == '-' || char.IsAsciiDigit((char)current))
        {
            if (!settings.DecodeInvalidNumbers && IsInvalidNumber())
            {
                Fail("invalid number");
                return;
            }

            ReadNumber();
        }
        else if (!TryReadWord())
        {
            if (settings.DecodeInvalidNumbers && IsInvalidNumber())
            {
                ReadNumber();
                return;
            }

            Fail("invalid token");
        }
    }

    private void Fail(string error)
    {
        _kind = Kind.Error;
        _error = error;
        _index = _position;
    }

    private bool TryReadWord()
    {
        ReadOnlySpan<byte> rest = _text[_position..];
        if (rest.StartsWith("true"u8) || rest.StartsWith("false"u8))
        {
            _kind = Kind.Boolean;
            _isTrue = rest[0] == 't';
            _position += _isTrue ? 4 : 5;
            return true;
        }

        if (rest.StartsWith("null"u8))
        {
            _kind = Kind.Null;
            _position += 4;
            return true;
        }

        return false;
    }

    /// <summary>Whether a number begins that C reads and JSON does not have: hexadecimal, infinite, not a number, with a leading zero.</summary>
    private readonly bool IsInvalidNumber()
    {
        ReadOnlySpan<byte> rest = _text[_position..];
        rest = rest.StartsWith("-"u8) ? rest[1..] : rest;
        if (rest.IsEmpty)
        {
            return false;
        }

        if (rest[0] == '0')
        {
            return rest.Length > 1 && ((rest[1] | 0x20) == 'x' || char.IsAsciiDigit((char)rest[1]));
        }

        return rest[0] > '9' && rest.Length >= 3
            && (System.Text.Ascii.EqualsIgnoreCase(rest[..3], "inf"u8) || System.Text.Ascii.EqualsIgnoreCase(rest[..3], "nan"u8));
    }

    private void ReadNumber()
    {
        int start = _position;
        int next = start + (Current == '-' ? 1 : 0);
        bool isNegative = next > start;
        ReadOnlySpan<byte> rest = _text[next..];
        if (rest.Length >= 3 && (System.Text.Ascii.EqualsIgnoreCase(rest[..3], "inf"u8) || System.Text.Ascii.EqualsIgnoreCase(rest[..3], "nan"u8)))
        {
            bool isInfinity = (rest[0] | 0x20) == 'i';
            bool isLong = isInfinity && rest.Length >= 8 && System.Text.Ascii.EqualsIgnoreCase(rest[..8], "infinity"u8);
            _position = next + (isLong ? 8 : 3);
            SetNumber(isInfinity ? double.PositiveInfinity : double.NaN, isNegative);
            return;
        }

        if (rest.Length >= 3 && rest[0] == '0' && (rest[1] | 0x20) == 'x' && char.IsAsciiHexDigit((char)rest[2]))
        {
            double value = 0;
            for (next += 2; next < _text.Length && char.IsAsciiHexDigit((char)_text[next]); next++)
            {
                value = value * 16 + Convert.ToInt32(((char)_text[next]).ToString(), 16);
            }

            _position = next;
            SetNumber(value, isNegative);
            return;
        }

        int digits = SkipDigits(ref next);
        if (next < _text.Length && _text[next] == '.')
        {
            next++;
            digits += SkipDigits(ref next);
        }

        if (digits == 0)
        {
            Fail("invalid number");
            return;
        }

        int end = next;
        if (next < _text.Length && (_text[next] | 0x20) == 'e')
        {
            next++;
            next += next < _text.Length && _text[next] is (byte)'+' or (byte)'-' ? 1 : 0;
            end = SkipDigits(ref next) > 0 ? next : end;
        }

        _position = end;
        _kind = Kind.Number;
        _number = double.Parse(_text[start..end], NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private void SetNumber(double value, bool isNegative)
    {
        _kind = Kind.Number;
        _number = isNegative ? -value : value;
    }

    private readonly int SkipDigits(ref int position)
    {
        int start = position;
        while (position < _text.Length && char.IsAsciiDigit((char)_text[position]))
        {
            position++;
        }

        return position - start;
    }

    private void ReadString()
    {
        scratch.Clear();
        _position++;
        while (Current != '"')
        {
            byte current = Current;
            if (current == 0)
            {
                Fail("unexpected end of string");
                return;
            }

            if (current != '\\')
            {
                scratch.Add(current);
                _position++;
                continue;
            }

            byte escaped = _position + 1 < _text.Length ? _text[_position + 1] : (byte)0;
            if (escaped == 'u')
            {
                if (!TryReadUnicode())
                {
                    Fail("invalid unicode escape code");
                    return;
                }

                continue;
            }

            byte value = escaped switch
            {
                (byte)'"' or (byte)'\\' or (byte)'/' => escaped,
                (byte)'b' => 8,
                (byte)'f' => 12,
                (byte)'n' => 10,
                (byte)'r' => 13,
                (byte)'t' => 9,
                _ => 0,
            };
            if (value == 0)
            {
                Fail("invalid escape code");
                return;
            }

            scratch.Add(value);
            _position += 2;
        }

        _position++;
        _kind = Kind.String;
    }

    private bool TryReadUnicode()
    {
        int code = ReadHex(_position + 2);
        if (code < 0)
        {
            return false;
        }

        int length = 6;
        if ((code & 0xF800) == 0xD800)
        {
            bool isPair = (code & 0x400) == 0 && _position + 7 < _text.Length && _text[_position + 6] == '\\' && _text[_position + 7] == 'u';
            int low = isPair ? ReadHex(_position + 8) : -1;
            if (low < 0 || (low & 0xFC00) != 0xDC00)
            {
                return false;
            }

            code = (((code & 0x3FF) << 10) | (low & 0x3FF)) + 0x10000;
            length = 12;
        }

        Span<byte> utf8 = scratch.Reserve(4);
        scratch.Advance(new System.Text.Rune(code).EncodeToUtf8(utf8));
        _position += length;
        return true;
    }

    private readonly int ReadHex(int at)
    {
        if (at + 4 > _text.Length)
        {
            return -1;
        }

        int value = 0;
        foreach (byte digit in _text.Slice(at, 4))
        {
            if (!char.IsAsciiHexDigit((char)digit))
            {
                return -1;
            }

            value = value * 16 + Convert.ToInt32(((char)digit).ToString(), 16);
        }

        return value;
    }
}
