namespace GenAI.Generation.Templates.Jinja.Syntax;

internal static class JinjaSyntaxErrors
{
    public static ChatTemplateException At(string source, int offset, string what)
    {
        offset = Math.Min(offset, source.Length);
        var line = source.AsSpan(0, offset).Count('\n') + 1;
        var lineStart = offset == 0 ? 0 : source.LastIndexOf('\n', offset - 1) + 1;
        return new ChatTemplateException($"The chat template cannot be read: {what} (line {line}, column {offset - lineStart + 1}).");
    }

    public static ChatTemplateException Near(JinjaToken? token, string what) =>
        new($"The chat template cannot be read: {what}" + (token is { } t ? $", found '{Shorten(t.Value)}'." : ", found the end."));

    private static string Shorten(string value) => value.Length <= 40 ? value : value[..40] + "…";
}
