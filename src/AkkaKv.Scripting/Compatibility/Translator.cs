namespace AkkaKv.Scripting.Compatibility;

/// <summary>
/// Turns Lua 5.1 into Lua 5.4 that does the same. Scripts for Redis are written for 5.1, which knows no integers: so every number becomes floating-point, and operands of
/// <c>..</c> pass a function that writes numbers as 5.1 does. What is no 5.1 is refused in 5.1's words. Lines stay where they are, so positions in messages are right.
/// </summary>
internal sealed class Translator
{
    /// <summary>The name under which the text finds the function that prepares an operand of <c>..</c>.</summary>
    private const string Operand = "__operand";

    /// <summary>The name under which the text finds the function that makes the table <c>arg</c>.</summary>
    private const string ArgumentTable = "__arguments";

    /// <summary>The name under which the text finds <c>select</c>.</summary>
    private const string Select = "__select";

    /// <summary>How deep expressions and blocks may nest, as in Lua 5.1.</summary>
    private const int LevelsMax = 200;

    private readonly TextEdits _edits = new();
    private readonly Lexer _lexer;
    private Scope _scope = new(outer: null, isVariadic: true);
    private Token _token;
    private Token _ahead;
    private bool _hasAhead;
    private int _lastLine = 1;
    private int _lastEnd;
    private int _levels;

    private Translator(ReadOnlyMemory<byte> source)
    {
        _lexer = new Lexer(source, _edits);
        _token = _lexer.Next();
    }

    /// <summary>
    /// Translates a chunk. The result is a chunk that is called with the two functions that it needs and returns the translated chunk as a function.
    /// </summary>
    /// <exception cref="SyntaxException">It is no Lua 5.1.</exception>
    public static byte[] Translate(ReadOnlyMemory<byte> source)
    {
        var translator = new Translator(source);
        translator.Chunk();
        if (translator._token.Kind != TokenKind.EndOfText)
        {
            throw translator.Expected("<eof>");
        }

        return translator._edits.Apply(source.Span, $"local {Operand},{ArgumentTable},{Select}=... return function(...) ", "\nend");
    }

    private void Advance()
    {
        _lastLine = _token.Line;
        _lastEnd = _token.End;
        _token = _hasAhead ? _ahead : _lexer.Next();
        _hasAhead = false;
    }

    private Token Ahead()
    {
        _ahead = _lexer.Next();
        _hasAhead = true;
        return _ahead;
    }

    private SyntaxException Error(string message) => new(message + " near '" + _lexer.Shown(_token) + "'", _token.Line);

    private SyntaxException Expected(string what) => Error("'" + what + "' expected");

    private bool Skip(TokenKind kind)
    {
        if (_token.Kind != kind)
        {
            return false;
        }

        Advance();
        return true;
    }

    private bool Skip(char character) => Skip((TokenKind)character);

    private void Require(TokenKind kind, string shown)
    {
        if (!Skip(kind))
        {
            throw Expected(shown);
        }
    }

    private void Require(char character) => Require((TokenKind)character, character.ToString());

    private void RequireMatch(TokenKind kind, string shown, string opener, int openedAtLine)
    {
        if (Skip(kind))
        {
            return;
        }

        throw openedAtLine == _token.Line ? Expected(shown) : Error($"'{shown}' expected (to close '{opener}' at line {openedAtLine})");
    }

    private string Name()
    {
        if (_token.Kind != TokenKind.Name)
        {
            throw Error("'<name>' expected");
        }

        string name = _lexer.TextOf(_token);
        Advance();
        return name;
    }

    /// <summary>A name where a variable is declared or used: one that means something in Lua 5.4 gets another name.</summary>
    private string Variable()
    {
        Token token = _token;
        string name = Name();
        if (name is "goto" or "_ENV")
        {
            _edits.Replace(token.Start, token.End, "__" + name);
        }

        return name;
    }

    private void EnterLevel()
    {
        if (++_levels > LevelsMax)
        {
            throw new SyntaxException("chunk has too many syntax levels", _token.Line);
        }
    }

    private bool IsBlockEnd => _token.Kind is TokenKind.Else or TokenKind.ElseIf or TokenKind.End or TokenKind.EndOfText or TokenKind.Until;

    private void Chunk()
    {
        EnterLevel();
        bool isLast = false;
        while (!isLast && !IsBlockEnd)
        {
            isLast = Statement();
            Skip(';');
        }

        _levels--;
    }

    private void Block()
    {
        int mark = _scope.Mark;
        Chunk();
        _scope.Restore(mark);
    }

    private bool Statement()
    {
        int line = _token.Line;
        switch (_token.Kind)
        {
            case TokenKind.If:
                If(line);
                return false;
            case TokenKind.While:
                Advance();
                Expression();
                Require(TokenKind.Do, "do");
                LoopBlock();
                RequireMatch(TokenKind.End, "end", "while", line);
                return false;
            case TokenKind.Do:
                Advance();
                Block();
                RequireMatch(TokenKind.End, "end", "do", line);
                return false;
            case TokenKind.For:
                For(line);
                return false;
            case TokenKind.Repeat:
                Repeat(line);
                return false;
            case TokenKind.Function:
                FunctionStatement(line);
                return false;
            case TokenKind.Local:
                Advance();
                if (Skip(TokenKind.Function))
                {
                    _scope.Declare(Variable());
                    _scope.Activate();
                    Body(isMethod: false, line);
                }
                else
                {
                    Local();
                }

                return false;
            case TokenKind.Return:
                Advance();
                if (!IsBlockEnd && !_token.Is(';'))
                {
                    ReturnValues();
                }

                return true;
            case TokenKind.Break:
                Advance();
                if (_scope.Loops == 0)
                {
                    throw Error("no loop to break");
                }

                return true;
            default:
                ExpressionStatement();
                return false;
        }
    }

    private void LoopBlock()
    {
        _scope.Loops++;
        Block();
        _scope.Loops--;
    }

    private void If(int line)
    {
        do
        {
            Advance();
            Expression();
            Require(TokenKind.Then, "then");
            Block();
        }
        while (_token.Kind == TokenKind.ElseIf);

        if (Skip(TokenKind.Else))
        {
            Block();
        }

        RequireMatch(TokenKind.End, "end", "if", line);
    }

    private void For(int line)
    {
        Advance();
        int mark = _scope.Mark;
        _scope.Declare(Variable());
        if (Skip('='))
        {
            Expression();
            Require(',');
            Expression();
            if (Skip(','))
            {
                Expression();
            }
        }
        else if (_token.Is(',') || _token.Kind == TokenKind.In)
        {
            while (Skip(','))
            {
                _scope.Declare(Variable());
            }

            Require(TokenKind.In, "in");
            Expressions();
        }
        else
        {
            throw Error("'=' or 'in' expected");
        }

        Require(TokenKind.Do, "do");
        _scope.Activate();
        LoopBlock();
        _scope.Restore(mark);
        RequireMatch(TokenKind.End, "end", "for", line);
    }

    private void Repeat(int line)
    {
        Advance();
        int mark = _scope.Mark;
        _scope.Loops++;
        Chunk();
        _scope.Loops--;
        RequireMatch(TokenKind.Until, "until", "repeat", line);
        Expression();
        _scope.Restore(mark);
    }

    private void FunctionStatement(int line)
    {
        Advance();
        _scope.Describe(Variable());
        bool isMethod = false;
        while (_token.Is('.') || _token.Is(':'))
        {
            isMethod = _token.Is(':');
            if (isMethod)
            {
                Advance();
                Name();
                break;
            }

            Field();
        }

        Body(isMethod, line);
    }

    private void Local()
    {
        do
        {
            _scope.Declare(Variable());
        }
        while (Skip(','));

        // The names are visible behind the values.
        if (Skip('='))
        {
            var names = _scope;
            Expressions();
            names.Activate();
            return;
        }

        _scope.Activate();
    }

    private void ExpressionStatement()
    {
        Primary primary = PrimaryExpression();
        if (primary.IsCall)
        {
            return;
        }

        EnterLevel();
        while (true)
        {
            if (!primary.IsAssignable)
            {
                throw Error("syntax error");
            }

            if (!Skip(','))
            {
                break;
            }

            primary = PrimaryExpression();
        }

        _levels--;
        Require('=');
        Expressions();
    }

    private void Expressions()
    {
        do
        {
            Expression();
        }
        while (Skip(','));
    }

    /// <summary>
    /// What is returned. A call as the only value would be a tail call, behind which the caller's frame is gone; in 5.1 it stays where a C function is called, and ours that
    /// are written in Lua need it to say where an error happened.
    /// </summary>
    private void ReturnValues()
    {
        int start = _token.Start;
        Operand51 first = Subexpression(0);
        if (Skip(','))
        {
            Expressions();
        }
        else if (first.IsCall)
        {
            _edits.Insert(start, Select + "(1,");
            _edits.Insert(_lastEnd, ")");
        }
    }

    private void Expression() => Subexpression(0);

    /// <summary>
    /// Reads an expression whose operators bind more strongly than <paramref name="limit"/>; 5.1's precedences. Operands of a chain of <c>..</c> are wrapped.
    /// </summary>
    private Operand51 Subexpression(int limit)
    {
        EnterLevel();
        int start = _token.Start;
        Operand51 left = default;
        if (_token.Kind == TokenKind.Not || _token.Is('-') || _token.Is('#'))
        {
            Advance();
            Subexpression(UnaryPriority);
        }
        else
        {
            left = SimpleExpression();
        }

        while (Priorities(_token.Kind) is ( > 0, _) priorities && priorities.Left > limit)
        {
            bool isConcatenation = _token.Kind == TokenKind.Concatenation;
            if (isConcatenation)
            {
                Wrap(start, _lastEnd, left);
            }

            Advance();
            int rightStart = _token.Start;
            Operand51 right = Subexpression(priorities.Right);

            // What follows ".." to the right has wrapped its own operands when it is a chain itself.
            if (isConcatenation && !right.IsConcatenation)
            {
                Wrap(rightStart, _lastEnd, right);
            }

            left = new Operand51 { IsConcatenation = isConcatenation };
        }

        _levels--;
        return left;
    }

    private void Wrap(int start, int end, Operand51 operand)
    {
        if (operand.IsString)
        {
            return;
        }

        _edits.Insert(start, Operand + "(");
        _edits.Insert(end, operand.Description is { } description ? $",\"{description}\")" : ")");
    }

    private const int UnaryPriority = 8;

    private static (int Left, int Right) Priorities(TokenKind kind) => kind switch
    {
        (TokenKind)'+' or (TokenKind)'-' => (6, 6),
        (TokenKind)'*' or (TokenKind)'/' or (TokenKind)'%' => (7, 7),
        (TokenKind)'^' => (10, 9),
        TokenKind.Concatenation => (5, 4),
        TokenKind.Equal or TokenKind.NotEqual or TokenKind.LessOrEqual or TokenKind.GreaterOrEqual or (TokenKind)'<' or (TokenKind)'>' => (3, 3),
        TokenKind.And => (2, 2),
        TokenKind.Or => (1, 1),
        _ => (0, 0),
    };

    private Operand51 SimpleExpression()
    {
        switch (_token.Kind)
        {
            case TokenKind.String:
                Advance();
                return new Operand51 { IsString = true };
            case TokenKind.Number or TokenKind.Nil or TokenKind.True or TokenKind.False:
                Advance();
                return default;
            case TokenKind.Dots:
                if (!_scope.IsVariadic)
                {
                    throw Error("cannot use '...' outside a vararg function");
                }

                _scope.UsesDots = true;
                Advance();
                return default;
            case (TokenKind)'{':
                Constructor();
                return default;
            case TokenKind.Function:
                int line = _token.Line;
                Advance();
                Body(isMethod: false, line);
                return default;
            default:
                Primary primary = PrimaryExpression();
                return new Operand51 { Description = primary.Description, IsCall = primary.IsCall };
        }
    }

    private Primary PrimaryExpression()
    {
        Primary primary;
        switch (_token.Kind)
        {
            case (TokenKind)'(':
                int line = _token.Line;
                Advance();
                Expression();
                RequireMatch((TokenKind)')', ")", "(", line);
                primary = default;
                break;
            case TokenKind.Name:
                primary = new Primary(IsCall: false, IsAssignable: true, _scope.Describe(Variable()));
                break;
            default:
                throw Error("unexpected symbol");
        }

        while (true)
        {
            switch (_token.Kind)
            {
                case (TokenKind)'.':
                    primary = new Primary(IsCall: false, IsAssignable: true, $"field '{Field()}'");
                    break;
                case (TokenKind)'[':
                    Advance();
                    Token key = _token;
                    Expression();
                    string? constant = key.Kind == TokenKind.String && key.End == _lastEnd ? PlainText(key) : null;
                    Require(']');
                    primary = new Primary(IsCall: false, IsAssignable: true, constant is null ? null : $"field '{constant}'");
                    break;
                case (TokenKind)':':
                    Advance();
                    Name();
                    CallArguments();
                    primary = new Primary(IsCall: true, IsAssignable: false, null);
                    break;
                case (TokenKind)'(' or TokenKind.String or (TokenKind)'{':
                    CallArguments();
                    primary = new Primary(IsCall: true, IsAssignable: false, null);
                    break;
                default:
                    return primary;
            }
        }
    }

    /// <summary>The content of a quoted string without escapes, of which a message can be made.</summary>
    private string? PlainText(Token token)
    {
        string text = _lexer.TextOf(token);
        return text[0] is '"' or '\'' && text.AsSpan(1, text.Length - 2).IndexOfAny('\\', '"', '\n') < 0 ? text[1..^1] : null;
    }

    private string Field()
    {
        int start = _token.Start;
        Advance();
        int end = _token.End;
        string name = Name();
        if (name == "goto")
        {
            _edits.Replace(start, end, "[\"goto\"]");
        }

        return name;
    }

    private void CallArguments()
    {
        switch (_token.Kind)
        {
            case (TokenKind)'(':
                int line = _token.Line;
                if (line != _lastLine)
                {
                    throw Error("ambiguous syntax (function call x new statement)");
                }

                Advance();
                if (!_token.Is(')'))
                {
                    Expressions();
                }

                RequireMatch((TokenKind)')', ")", "(", line);
                break;
            case (TokenKind)'{':
                Constructor();
                break;
            case TokenKind.String:
                Advance();
                break;
            default:
                throw Error("function arguments expected");
        }
    }

    private void Constructor()
    {
        int line = _token.Line;
        Advance();
        while (!_token.Is('}'))
        {
            if (_token.Kind == TokenKind.Name && Ahead().Is('='))
            {
                Token name = _token;
                if (Name() == "goto")
                {
                    _edits.Replace(name.Start, name.End, "[\"goto\"]");
                }

                Advance();
                Expression();
            }
            else if (_token.Is('['))
            {
                Advance();
                Expression();
                Require(']');
                Require('=');
                Expression();
            }
            else
            {
                Expression();
            }

            if (!Skip(',') && !Skip(';'))
            {
                break;
            }
        }

        RequireMatch((TokenKind)'}', "}", "{", line);
    }

    private void Body(bool isMethod, int line)
    {
        Require('(');
        var names = new List<string>();
        bool isVariadic = false;
        if (!_token.Is(')'))
        {
            do
            {
                if (Skip(TokenKind.Dots))
                {
                    isVariadic = true;
                }
                else if (_token.Kind == TokenKind.Name)
                {
                    names.Add(Variable());
                }
                else
                {
                    throw Error("<name> or '...' expected");
                }
            }
            while (!isVariadic && Skip(','));
        }

        var scope = new Scope(_scope, isVariadic);
        if (isMethod)
        {
            scope.Declare("self");
        }

        names.ForEach(scope.Declare);
        Require(')');
        if (isVariadic)
        {
            scope.Declare("arg");
            scope.ArgumentTableAt = _lastEnd;
        }

        scope.Activate();
        _scope = scope;
        Chunk();
        RequireMatch(TokenKind.End, "end", "function", line);
        _scope = scope.Outer!;
        if (scope.UsesArgumentTable)
        {
            _edits.Insert(scope.ArgumentTableAt, scope.UsesDots ? " local arg " : $" local arg={ArgumentTable}(...) ");
        }
    }

    /// <summary>What an expression that may be called or assigned to turned out to be.</summary>
    private readonly record struct Primary(bool IsCall, bool IsAssignable, string? Description);

    /// <summary>What is known of an operand.</summary>
    private readonly record struct Operand51
    {
        /// <summary>It is one quoted string.</summary>
        public bool IsString { get; init; }

        /// <summary>It is a call.</summary>
        public bool IsCall { get; init; }

        /// <summary>It is a chain of <c>..</c>, whose operands are wrapped already.</summary>
        public bool IsConcatenation { get; init; }

        /// <summary>What messages call it.</summary>
        public string? Description { get; init; }
    }
}
