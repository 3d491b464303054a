namespace GenAI.Pipelines.Parsing.Pdf;

/// <summary>What both engines say in the same words.</summary>
internal static class PdfFailures
{
    public static ParseException Encrypted() => new(
        ParseFailure.Encrypted,
        "The PDF is protected by a password; save a copy without one and add that.");

    public static ParseException Malformed() => new(
        ParseFailure.Malformed,
        "The PDF is damaged or cut short; download it again, or open it and print it to a new PDF.");
}
