using GenAI.Retrieval.Naming;

namespace GenAI.Retrieval.Fusion;

/// <summary>Raises passages of documents that the query names.</summary>
/// <remarks>Ranks say nothing of how much better one passage is than the next, so the gain is a factor on the fused score.</remarks>
/// <param name="weight">Gain of a document that is named whole: 2 trebles its score.</param>
/// <param name="share">How far a passage's document is named, from 0 to 1.</param>
internal sealed class NameGain(double weight, Func<Candidate, double> share)
{
    public IEnumerable<FusedCandidate> Apply(IReadOnlyCollection<FusedCandidate> hits)
    {
        var named = hits.Select(hit => hit with { NameShare = share(hit.Candidate) }).ToList();
        var most = named.Count == 0 ? 0 : named.Max(hit => hit.NameShare);
        return named.Select(hit => hit with { Score = hit.Score * NameFactor.Of(weight, hit.NameShare, most) });
    }
}
