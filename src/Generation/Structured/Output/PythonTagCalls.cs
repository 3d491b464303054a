namespace GenAI.Generation.Structured.Output;

/// <summary>JSON calls after Llama's <c>&lt;|python_tag|&gt;</c>, separated by semicolons. What is not JSON there is code, and becomes text without the marker.</summary>
internal sealed class PythonTagCalls : CallSyntax
{
    public override string Opening => "<|python_tag|>";

    public override string Separators => ";";

    public override CallReading? Read(string body)
    {
        var start = body.Length - body.AsSpan().TrimStart().Length;
        if (start == body.Length)
        {
            return null;
        }

        if (body[start] != '{')
        {
            return new CallReading(0, []);
        }

        return JsonScanner.EndOf(body, start) is { } end ? new CallReading(end, CallJson.Read(body[..end])) : null;
    }
}
