namespace GenAI.Retrieval.Fusion;

/// <summary>Joins the legs' rankings: each gives weight / (k + rank).</summary>
/// <remarks>
/// Source: Cormack, Clarke, Buettcher, "Reciprocal rank fusion outperforms Condorcet" (SIGIR 2009), k = 60. The sum is
/// divided by what a passage ranked first by every leg would get, so a score lies in (0, 1] and 1 means exactly that.
/// A passage that has no vector yet was not ranked low by meaning, it was not ranked at all: its place by words counts
/// for both legs, so that it stands where its words put it until its vector comes.
/// </remarks>
internal static class ReciprocalRankFusion
{
    public const double K = 60;

    /// <summary>Fuses the rankings; a leg that is null took no part.</summary>
    /// <param name="hasVector">Whether the vector leg could rank a passage.</param>
    /// <param name="names">How far a passage's document is named and what that gains it, or null when names say nothing.</param>
    public static IReadOnlyList<FusedCandidate> Fuse(
        IReadOnlyList<Candidate>? lexical,
        double lexicalWeight,
        IReadOnlyList<Candidate>? vector,
        double vectorWeight,
        int top,
        Func<Candidate, bool> hasVector,
        NameGain? names = null)
    {
        var full = ((lexical is null ? 0 : lexicalWeight) + (vector is null ? 0 : vectorWeight)) / (K + 1);
        var fused = new Dictionary<(int View, int Chunk), FusedCandidate>();
        for (var i = 0; i < lexical?.Count; i++)
        {
            var candidate = lexical[i];
            var weight = vector is null || hasVector(candidate) ? lexicalWeight : lexicalWeight + vectorWeight;
            var share = weight / (K + i + 1) / full;
            fused[(candidate.View, candidate.Chunk)] = new FusedCandidate(candidate, share, i + 1, candidate.Score, null, null);
        }

        for (var i = 0; i < vector?.Count; i++)
        {
            var candidate = vector[i];
            var key = (candidate.View, candidate.Chunk);
            var known = fused.GetValueOrDefault(key) ?? new FusedCandidate(candidate, 0, null, null, null, null);
            var score = known.Score + (vectorWeight / (K + i + 1) / full);
            fused[key] = known with { Score = score, VectorRank = i + 1, VectorScore = candidate.Score };
        }

        var hits = names is null ? fused.Values : names.Apply(fused.Values);
        return [.. hits.OrderBy(hit => hit.Candidate with { Score = hit.Score }).Take(top)];
    }
}
