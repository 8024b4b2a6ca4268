namespace Akka.Configuration.Hocon;

/// <summary>
/// Reads HOCON: JSON with comments, optional quotes, commas and outer braces, dotted keys, merging objects, concatenation,
/// substitutions, <c>+=</c> and includes. Rules from the HOCON specification (lightbend/config, HOCON.md).
/// </summary>
public class Parser
{
    private readonly HoconReader _in;
    private readonly Func<string, HoconRoot?>? _include;
    private readonly List<HoconSubstitution> _substitutions = [];

    private Parser(string text, Func<string, HoconRoot?>? include)
    {
        _in = new HoconReader(text);
        _include = include;
    }

    /// <summary>Parses a document and resolves its substitutions.</summary>
    /// <param name="text">The HOCON text.</param>
    /// <param name="includeCallback">Supplies the document for <c>include "name"</c>; null if includes are not allowed, and it
    /// may return null for a document that is absent.</param>
    /// <exception cref="ConfigurationException">The text is not HOCON; the message names line and column.</exception>
    public static HoconRoot Parse(string text, Func<string, HoconRoot?>? includeCallback)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parser = new Parser(text, includeCallback);
        var root = HoconValue.OfObject(parser.ParseDocument());
        new HoconResolver(root, parser._substitutions).Resolve();
        return new HoconRoot(root, parser._substitutions);
    }

    private HoconObject ParseDocument()
    {
        var document = new HoconObject();
        _in.SkipToContent();
        var braces = _in.Current == '{';
        var opened = _in.Position;
        if (braces) _in.Advance();
        ParseFields(document, [], braces ? opened : null);
        _in.SkipToContent();
        if (!_in.AtEnd) _in.Fail($"unexpected {HoconReader.Name(_in.Current)} after the end of the document");
        return document;
    }

    /// <summary>Fields up to the closing brace, or up to the end of the text if no brace was opened.</summary>
    private void ParseFields(HoconObject owner, IReadOnlyList<string>? path, int? opened)
    {
        var comma = true; // before the first field no comma may stand
        while (true)
        {
            _in.SkipToContent();
            if (_in.AtEnd)
            {
                if (opened is { } at) _in.Fail("this '{' is never closed", at);
                return;
            }
            if (_in.Current == '}')
            {
                if (opened is null) _in.Fail("unexpected '}'");
                _in.Advance();
                return;
            }
            if (_in.Current == ',')
            {
                if (comma) _in.Fail("unexpected ','");
                comma = true;
                _in.Advance();
                continue;
            }
            comma = false;
            if (AtInclude()) ParseInclude(owner, path);
            else ParseField(owner, path);
        }
    }

    private void ParseField(HoconObject owner, IReadOnlyList<string>? path)
    {
        var keys = ParseKey();
        var holder = owner;
        foreach (var key in keys.SkipLast(1))
            holder = holder.GetOrCreateKey(key).OwnObject();
        var fieldPath = path is null ? null : (IReadOnlyList<string>)[.. path, .. keys];
        var value = new HoconValue();
        if (_in.TryTake("+="))
        {
            // a += v means a = ${?a} [v].
            if (fieldPath is null) _in.Fail("'+=' is not possible in an object that is an element of an array");
            var earlier = new HoconSubstitution("?" + string.Join('.', fieldPath.Select(HoconPath.Quote)))
            { Position = _in.Location, Field = value, FieldPath = fieldPath };
            _substitutions.Add(earlier);
            value.AppendValue(earlier);
            var element = new HoconValue();
            ParseValue(element, value, fieldPath);
            value.AppendValue(new HoconArray { element });
        }
        else
        {
            if (_in.Current is '=' or ':') _in.Advance();
            else if (_in.Current != '{') _in.Fail($"expected '=', ':' or '{{' after the key '{string.Join('.', keys)}', found {HoconReader.Name(_in.Current)}");
            ParseValue(value, value, fieldPath);
        }
        holder.Assign(keys[^1], value);
    }

    private List<string> ParseKey()
    {
        var keys = new List<string>();
        while (true)
        {
            var key = _in.Current == '"' ? _in.TakeQuotedText() : _in.TakeBareText(inKey: true);
            var blanks = _in.TakeBlanks();
            // A bare key may contain blanks inside.
            while (!_in.AtEnd && !_in.AtNewLine && !_in.AtComment && _in.Current is not ('.' or '=' or ':' or '{') && !_in.Matches("+="))
            {
                key += blanks + (_in.Current == '"' ? _in.TakeQuotedText() : _in.TakeBareText(inKey: true));
                blanks = _in.TakeBlanks();
            }
            keys.Add(key);
            if (_in.Current != '.') return keys;
            _in.Advance();
        }
    }

    /// <summary>Reads the parts of a value up to the end of the line, a comma, a closing bracket or a comment.</summary>
    private void ParseValue(HoconValue value, HoconValue field, IReadOnlyList<string>? fieldPath)
    {
        _in.SkipToContent();
        if (_in.AtEnd || _in.Current is ',' or '}' or ']') _in.Fail($"expected a value, found {HoconReader.Name(_in.Current)}");
        while (true)
        {
            var blanks = _in.TakeBlanks();
            if (_in.AtEnd || _in.AtNewLine || _in.AtComment || _in.Current is ',' or '}' or ']') return;
            var at = _in.Position;
            IHoconElement part = _in.Current switch
            {
                '{' => ParseObject(fieldPath),
                '[' => ParseArray(field, fieldPath),
                '"' => new HoconLiteral { Value = _in.TakeQuotedText() },
                '$' => ParseSubstitution(field, fieldPath),
                _ => new HoconLiteral { Value = _in.TakeBareText(inKey: false) },
            };
            Append(value, blanks, part, at);
        }
    }

    private void Append(HoconValue value, string blanks, IHoconElement part, int at)
    {
        if (value.Values.Count > 0)
        {
            var before = value.Values[^1];
            if (part is not HoconSubstitution && before is not HoconSubstitution && part.GetType() != before.GetType())
                _in.Fail("texts, arrays and objects cannot be joined with each other", at);
            if (blanks.Length > 0 && part is HoconLiteral or HoconSubstitution && before is HoconLiteral or HoconSubstitution)
                value.AppendValue(new HoconLiteral { Value = blanks, IsSeparator = true });
        }
        // "null" on its own is the null value; as one of several words it is a word.
        if (value.Values is [HoconLiteral { Value: null } word]) word.Value = "null";
        if (part is HoconLiteral { Value: "null" } bare && value.Values.Count == 0 && _in.Position - at == 4) bare.Value = null;
        value.AppendValue(part);
    }

    private HoconObject ParseObject(IReadOnlyList<string>? path)
    {
        var opened = _in.Position;
        _in.Advance();
        var value = new HoconObject();
        ParseFields(value, path, opened);
        return value;
    }

    private HoconArray ParseArray(HoconValue field, IReadOnlyList<string>? fieldPath)
    {
        var opened = _in.Position;
        _in.Advance();
        var array = new HoconArray();
        var comma = true;
        while (true)
        {
            _in.SkipToContent();
            if (_in.AtEnd) _in.Fail("this '[' is never closed", opened);
            if (_in.Current == ']')
            {
                _in.Advance();
                return array;
            }
            if (_in.Current == ',')
            {
                if (comma) _in.Fail("unexpected ','");
                comma = true;
                _in.Advance();
                continue;
            }
            comma = false;
            var element = new HoconValue();
            // An object in an array has no path of its own, but a substitution right in the array may mean the field itself.
            if (_in.Current == '{') ParseValue(element, field, null);
            else ParseValue(element, field, fieldPath);
            if (_in.Current == '}') _in.Fail("expected ']' or ','");
            array.Add(element);
        }
    }

    private HoconSubstitution ParseSubstitution(HoconValue field, IReadOnlyList<string>? fieldPath)
    {
        var at = _in.Position;
        var location = _in.Location;
        if (!_in.TryTake("${")) _in.Fail("'$' must be followed by '{'; a text that contains it must be in double quotes");
        var optional = _in.TryTake("?");
        _in.TakeBlanks();
        if (_in.Current == '}') _in.Fail("a substitution needs a path", at);
        var keys = new List<string>();
        while (true)
        {
            keys.Add(_in.Current == '"' ? _in.TakeQuotedText() : _in.TakeBareText(inKey: true));
            _in.TakeBlanks();
            if (_in.TryTake("}")) break;
            if (!_in.TryTake(".")) _in.Fail($"expected '}}' at the end of the substitution, found {HoconReader.Name(_in.Current)}");
        }
        var path = string.Join('.', keys.Select(HoconPath.Quote));
        var substitution = new HoconSubstitution((optional ? "?" : "") + path) { Position = location, Field = field, FieldPath = fieldPath };
        _substitutions.Add(substitution);
        return substitution;
    }

    private bool AtInclude()
    {
        if (!_in.Matches("include")) return false;
        var ahead = _in.Position;
        _in.Advance("include".Length);
        var blanks = _in.TakeBlanks();
        var found = _in.Current == '"' || (blanks.Length > 0 && (_in.Matches("file(") || _in.Matches("required(") || _in.Matches("classpath(") || _in.Matches("url(")));
        _in.Advance(ahead - _in.Position);
        return found;
    }

    private void ParseInclude(HoconObject owner, IReadOnlyList<string>? path)
    {
        var at = _in.Position;
        _in.Advance("include".Length);
        _in.TakeBlanks();
        var brackets = 0;
        while (_in.Current != '"')
        {
            _in.TakeBlanks();
            if (!_in.TryTake("required(") && !_in.TryTake("file(") && !_in.TryTake("classpath(") && !_in.TryTake("url(")) _in.Fail("expected the name to include in double quotes");
            brackets++;
        }
        var name = _in.TakeQuotedText();
        for (; brackets > 0; brackets--)
        {
            _in.TakeBlanks();
            if (!_in.TryTake(")")) _in.Fail("expected ')'");
        }
        if (_include is null) _in.Fail($"nothing can be included here (include \"{name}\")", at);
        HoconRoot? included;
        try
        {
            included = _include(name);
        }
        catch (ConfigurationException e)
        {
            throw new ConfigurationException($"Line {_in.Location.Line}: include \"{name}\": {e.Message}", e);
        }
        if (included?.Value is null) return;
        foreach (var substitution in included.Substitutions)
        {
            substitution.IncludedAt = [.. path ?? [], .. substitution.IncludedAt];
            _substitutions.Add(substitution);
        }
        owner.Merge(included.Value.GetObject() ?? throw new ConfigurationException($"include \"{name}\": an object can be included, found {included.Value.Describe()}."));
    }
}
