namespace GenAI.Generation.Templates.Jinja.Syntax;

[Flags]
internal enum MacroExtras
{
    None = 0,
    KeywordArguments = 1,
    PositionalArguments = 2,
}
