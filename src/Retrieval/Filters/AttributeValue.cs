namespace GenAI.Retrieval.Filters;

/// <summary>One value of a document attribute: text, a number or a truth value.</summary>
/// <remarks>The three kinds are those of the vector store API; a number is a double there too.</remarks>
public readonly record struct AttributeValue
{
    private AttributeValue(AttributeKind kind, string? text, double number)
    {
        Kind = kind;
        Text = text;
        Number = number;
    }

    public AttributeKind Kind { get; }

    /// <summary>The text of a <see cref="AttributeKind.Text"/> value, otherwise null.</summary>
    public string? Text { get; }

    /// <summary>The number of a <see cref="AttributeKind.Number"/> value; 1 or 0 for a truth value.</summary>
    public double Number { get; }

    public static AttributeValue Of(string text) => new(AttributeKind.Text, text, 0);

    public static AttributeValue Of(double number) => new(AttributeKind.Number, null, number);

    public static AttributeValue Of(bool truth) => new(AttributeKind.Truth, null, truth ? 1 : 0);
}
