namespace AkkaKv.Scripting.Compatibility;

/// <summary>The kinds of tokens of Lua 5.1. A single character stands for itself.</summary>
internal enum TokenKind
{
    /// <summary>The end of the text.</summary>
    EndOfText = 256,

    Name,
    Number,
    String,
    Concatenation,
    Dots,
    Equal,
    GreaterOrEqual,
    LessOrEqual,
    NotEqual,
    And,
    Break,
    Do,
    Else,
    ElseIf,
    End,
    False,
    For,
    Function,
    If,
    In,
    Local,
    Nil,
    Not,
    Or,
    Repeat,
    Return,
    Then,
    True,
    Until,
    While,
}

/// <summary>A token and where it stands.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Its first byte.</param>
/// <param name="End">The byte behind it.</param>
/// <param name="Line">The line of its last byte, from 1 on.</param>
internal readonly record struct Token(TokenKind Kind, int Start, int End, int Line)
{
    public bool Is(char character) => Kind == (TokenKind)character;
}
