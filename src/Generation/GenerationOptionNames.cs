namespace GenAI.Generation;

/// <summary>Keys for <c>ChatOptions.AdditionalProperties</c> that the chat clients of this project read, and for those they write on updates.</summary>
public static class GenerationOptionNames
{
    /// <summary>GBNF grammar (string) that the output must follow.</summary>
    public const string Grammar = "grammar";

    /// <summary>Least share of the best token's probability a token needs (double, 0 to 1).</summary>
    public const string MinP = "min_p";

    /// <summary>Penalty of tokens seen lately (double, 1 is off).</summary>
    public const string RepeatPenalty = "repeat_penalty";

    /// <summary>Tokens of one block over and over at which the answer ends (int, 0 is never); without it only an answer without a length ends so.</summary>
    public const string RepetitionLimit = "repetition_limit";

    /// <summary>Bias per token id (IReadOnlyDictionary&lt;int, double&gt;, -100 to 100).</summary>
    public const string LogitBias = "logit_bias";

    /// <summary>Number of alternatives to report per token (int, 0 to 20); present means that log-probabilities are wanted.</summary>
    public const string TopLogProbs = "top_logprobs";

    /// <summary>On an update: IReadOnlyList&lt;TokenLogProb&gt; for exactly the text of that update.</summary>
    public const string LogProbs = "logprobs";

    /// <summary>Further variables for the model's chat template (JSON object or dictionary), such as <c>enable_thinking</c>.</summary>
    public const string TemplateArguments = "chat_template_kwargs";

    /// <summary>The caller's tenant (string): cached prefixes are shared only within it.</summary>
    public const string Tenant = "tenant";

    /// <summary>On an update: milliseconds (double) the request waited for a slot.</summary>
    public const string QueueMilliseconds = "queue_ms";
}
