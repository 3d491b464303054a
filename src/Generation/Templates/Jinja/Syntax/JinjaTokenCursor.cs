using System.Runtime.CompilerServices;

namespace GenAI.Generation.Templates.Jinja.Syntax;

/// <summary>A position in the tokens, with the questions a parser asks there, and the bound on nesting.</summary>
internal sealed class JinjaTokenCursor(IReadOnlyList<JinjaToken> tokens, int maxDepth)
{
    private int _depth;

    public int Position { get; private set; }

    public bool AtEnd => Position >= tokens.Count;

    public JinjaToken? Current => Peek(0);

    public JinjaToken Take() => AtEnd ? throw Unexpected("more was expected") : tokens[Position++];

    public JinjaToken Expect(JinjaTokenKind kind, string what) => Is(kind) ? Take() : throw Unexpected($"expected {what}");

    public void Skip(int count = 1) => Position += count;

    public bool Is(JinjaTokenKind kind) => !AtEnd && tokens[Position].Kind == kind;

    public bool Is(JinjaTokenKind kind, string value) => Is(kind) && tokens[Position].Value == value;

    public bool TrySkip(JinjaTokenKind kind)
    {
        if (!Is(kind))
        {
            return false;
        }

        Position++;
        return true;
    }

    public bool IsWord(string word) => Is(JinjaTokenKind.Identifier, word);

    public bool IsWords(string first, string second) =>
        IsWord(first) && Peek(1) is { Kind: JinjaTokenKind.Identifier } next && next.Value == second;

    public bool TrySkipWord(string word)
    {
        if (!IsWord(word))
        {
            return false;
        }

        Position++;
        return true;
    }

    /// <summary>Whether a statement of one of these names opens here.</summary>
    public bool IsStatement(params ReadOnlySpan<string> names) =>
        Is(JinjaTokenKind.OpenStatement) && Peek(1) is { Kind: JinjaTokenKind.Identifier } word && names.Contains(word.Value);

    public ChatTemplateException Unexpected(string what) => JinjaSyntaxErrors.Near(Current, what);

    public void Enter()
    {
        if (++_depth > maxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw JinjaSyntaxErrors.Near(Current, $"it is nested deeper than {maxDepth} levels");
        }
    }

    public void Leave() => _depth--;

    private JinjaToken? Peek(int ahead) => Position + ahead < tokens.Count ? tokens[Position + ahead] : null;
}
