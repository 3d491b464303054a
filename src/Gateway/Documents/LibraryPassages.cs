using GenAI.Pipelines.Chunking;
using GenAI.Pipelines.VectorStores;
using GenAI.Retrieval.Answers;
using GenAI.Retrieval.Packing;

namespace GenAI.Gateway.Documents;

/// <summary>Finds an answer's passages in the vector stores. Safe for concurrent use.</summary>
internal sealed class LibraryPassages(VectorStoreService stores) : IPassageSource
{
    private const int PassageTokens = 6000;

    private static readonly WordTokenizer s_words = new();

    private static readonly PassageBudget s_anyReader = new(PassageTokens, passage => s_words.Count(passage.Text));

    public async Task<IReadOnlyList<Evidence>> FindAsync(PassageRequest request, CancellationToken cancellationToken)
    {
        // Nothing named means everything: what asks without naming knows nothing but the documents.
        var ids = request.VectorStoreIds.Count > 0 ? request.VectorStoreIds : [.. stores.Live().Select(store => store.Id)];
        if (ids.Count == 0)
        {
            return [];
        }

        var hits = await stores.SearchAsync(ids, request.Question, request.Filter, request.Labels, request.Top, cancellationToken);
        var budget = request.Budget ?? s_anyReader;
        return new ContextPacker(budget.Cost).Pack(hits, budget.Tokens);
    }
}
