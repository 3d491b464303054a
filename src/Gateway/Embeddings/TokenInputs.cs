using System.Text;
using GenAI.Gateway.Errors;
using GenAI.Generation.Llama;
using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Embeddings;

/// <summary>Turns token ids back into text by the model's own vocabulary.</summary>
internal static class TokenInputs
{
    /// <exception cref="ApiException">The ids are not this model's: some clients count with another model's tokenizer.</exception>
    public static IReadOnlyList<string> ToTexts(
        IReadOnlyList<IReadOnlyList<int>> inputs, IEmbeddingGenerator<string, Embedding<float>> generator, string model)
    {
        if (generator.GetService(typeof(LlamaModel)) is not LlamaModel local)
        {
            throw new ApiException(ApiErrors.Invalid($"The model '{model}' takes text, not token ids.", "input", "unsupported_input"));
        }

        return [.. inputs.Select((tokens, index) => Decode(tokens, local, inputs.Count == 1 ? "input" : $"input[{index}]"))];
    }

    private static string Decode(IReadOnlyList<int> tokens, LlamaModel model, string path)
    {
        var bytes = new List<byte>(tokens.Count * 4);
        foreach (var token in tokens)
        {
            if (token >= model.VocabularySize)
            {
                throw new ApiException(ApiErrors.Invalid(
                    $"'{path}' holds the token id {token}, but '{model.Name}' has {model.VocabularySize} tokens: the ids come from another model's tokenizer. " +
                    "Send text instead (in LangChain: check_embedding_ctx_length=False).",
                    path,
                    "invalid_token_id"));
            }

            bytes.AddRange(model.Tokenizer.Bytes(token).Span);
        }

        var text = Encoding.UTF8.GetString([.. bytes]).Trim();
        return text.Length > 0 ? text : throw new ApiException(ApiErrors.Invalid($"'{path}' holds no text.", path));
    }
}
