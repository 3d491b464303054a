using GenAI.Gateway.Models;
using GenAI.Retrieval.Answers;
using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Chat;

/// <summary>Decides which documents an answer is made from, and hands that down the chain.</summary>
internal static class DocumentOptions
{
    /// <summary>The request's own wishes first, then what the alias carries; the extractive answerer always asks documents.</summary>
    public static DocumentRequest? Combine(DocumentRequest? asked, ModelInfo named, ModelInfo target)
    {
        var stores = asked is { VectorStoreIds.Count: > 0 } ? asked.VectorStoreIds : named.VectorStoreIds;
        if (stores.Count == 0 && target.Kind != ModelKind.Extractive)
        {
            return null;
        }

        var policy = asked?.AnswerPolicy ?? named.AnswerPolicy ?? target.AnswerPolicy;
        return new DocumentRequest(stores, asked?.Filter, asked?.Top, policy);
    }

    public static void Attach(ChatOptions options, DocumentRequest documents)
    {
        var retrieval = new RetrievalOptions { VectorStoreIds = documents.VectorStoreIds, Filter = documents.Filter, Policy = documents.AnswerPolicy };
        options.AdditionalProperties ??= [];
        options.AdditionalProperties[RetrievalOptions.PropertyName] = documents.Top is { } top ? retrieval with { Top = top } : retrieval;
    }
}
