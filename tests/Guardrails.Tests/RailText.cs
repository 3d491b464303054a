namespace GenAI.Guardrails.Tests;

/// <summary>Runs a rail over a text.</summary>
internal static class RailText
{
    public static IReadOnlyList<RailFinding> Check(IRail rail, string text, RailStage stage = RailStage.Output) =>
        Check(rail, [text], stage);

    public static IReadOnlyList<RailFinding> Check(IRail rail, IEnumerable<string> pieces, RailStage stage = RailStage.Output)
    {
        var scan = rail.Open(stage, TextProvenance.User);
        var settled = 0;
        var length = 0;
        foreach (var piece in pieces)
        {
            scan.Push(piece);
            length += piece.Length;
            scan.Settled.ShouldBeInRange(settled, length);
            settled = scan.Settled;
        }

        scan.Complete();
        scan.Settled.ShouldBe(length);
        return scan.Findings;
    }

    public static string[] Values(IRail rail, string text) =>
        [.. Check(rail, text).Select(finding => $"{finding.Reason}:{text[finding.Span.Start..finding.Span.End]}")];
}
