namespace GenAI.Retrieval.Analysis;

/// <summary>One suffix of a stemming step; the first that fits ends the step, so longer ones stand first.</summary>
/// <param name="After">Letters of which one must stand before the suffix; empty asks for none.</param>
internal sealed record StemRule(string Suffix, string Replacement, string After = "", bool NeedsSecondRegion = false);
