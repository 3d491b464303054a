namespace GenAI.Gateway.Chain;

/// <summary>Keys of <c>AdditionalProperties</c> between the chain and the wire that no leaf names.</summary>
internal static class ChainPropertyNames
{
    /// <summary>On an update or a response: name of the policy that made the answer (string).</summary>
    public const string AnswerPolicy = "answer_policy";

    /// <summary>On a citation: page from 1 (int).</summary>
    public const string Page = "page";
}
