namespace GenAI.Gateway.Models;

/// <summary>Section <c>Models</c>.</summary>
internal sealed class ModelsOptions
{
    public const string Section = "Models";

    public IList<RemoteModelSettings> Remote { get; set; } = [];

    public IDictionary<string, AliasSettings> Aliases { get; set; } = new Dictionary<string, AliasSettings>(StringComparer.Ordinal);

    /// <summary>Way of answering over documents, by model; without an entry the measured default of the model stands.</summary>
    public IDictionary<string, string> AnswerPolicies { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Threads that compute; two at most by default, since other work shares the machine.</summary>
    public int? Threads { get; set; }

    /// <summary>Tokens of context of a local model; what it was trained for by default.</summary>
    public int? ContextTokens { get; set; }

    /// <summary>Requests that are decoded together.</summary>
    public int ParallelRequests { get; set; } = 8;

    /// <summary>Requests that may wait; one more gets a 429.</summary>
    public int MaxQueued { get; set; } = 64;

    /// <summary>Tokens of idle conversations that each local model keeps in main memory, as many as its context by default; 0 leaves them in the engine's cache, where they slow those that run.</summary>
    public int? PrefixCacheTokens { get; set; }

    /// <summary>Answer length when a request names none.</summary>
    public int? MaxOutputTokens { get; set; }
}
