namespace GenAI.Generation.Templates.Jinja.Syntax;

/// <param name="Offset">Where it starts in the preprocessed source.</param>
internal readonly record struct JinjaToken(JinjaTokenKind Kind, string Value, int Offset);
