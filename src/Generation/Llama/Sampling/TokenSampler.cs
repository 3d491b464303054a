using System.Numerics.Tensors;
using GenAI.Generation.Llama.Native;

namespace GenAI.Generation.Llama.Sampling;

/// <summary>
/// Chooses tokens for one sequence. Order of the filters as in llama.cpp: bias and penalties, top-k, top-p and min-p on
/// the model's own probabilities, then temperature. The same logits, configuration and seed give the same token.
/// Used by the owner thread alone.
/// </summary>
internal sealed class TokenSampler
{
    private readonly SamplingConfig _config;
    private readonly NativeGrammar? _grammar;
    private readonly TokenHistory? _history;
    private readonly float[]? _changed;
    private readonly CandidateSet _candidates;
    private SplitMix64 _random;

    public TokenSampler(SamplingConfig config, NativeGrammar? grammar, ReadOnlySpan<int> prompt, int vocabularySize)
    {
        _config = config;
        _grammar = grammar;
        _history = config.ChangesLogits ? new TokenHistory(prompt, config.RepeatWindow) : null;
        _changed = config.ChangesLogits || grammar is not null ? new float[vocabularySize] : null;
        _candidates = new CandidateSet();
        _random = new SplitMix64(config.Seed);
    }

    /// <summary>The next token, or -1 when the grammar lets none follow.</summary>
    public int Sample(ReadOnlySpan<float> logits)
    {
        var scores = Change(logits);
        var draw = _random.NextDouble();
        var token = Choose(scores, draw);
        if (_grammar is not null)
        {
            if (token < 0 || !_grammar.Allows(token))
            {
                token = ChooseMasked(scores, draw);
            }

            if (token >= 0)
            {
                _grammar.Accept(token);
            }
        }

        if (token >= 0)
        {
            _history?.Add(token);
        }

        return token;
    }

    private ReadOnlySpan<float> Change(ReadOnlySpan<float> logits)
    {
        if (_history is null)
        {
            return logits;
        }

        logits.CopyTo(_changed);
        foreach (var (token, bias) in _config.LogitBias ?? new Dictionary<int, double>())
        {
            // OpenAI's ends mean never and only.
            _changed![token] = bias <= -100 ? float.NegativeInfinity : _changed[token] + (float)bias;
        }

        _history.Penalise(_changed, _config);
        return _changed;
    }

    private int ChooseMasked(ReadOnlySpan<float> scores, double draw)
    {
        if (_history is null)
        {
            scores.CopyTo(_changed);
        }

        _grammar!.Mask(_changed);
        return Choose(_changed, draw);
    }

    private int Choose(ReadOnlySpan<float> scores, double draw)
    {
        var best = TensorPrimitives.IndexOfMax(scores);
        if (best < 0 || float.IsNegativeInfinity(scores[best]) || float.IsNaN(scores[best]))
        {
            return -1;
        }

        return _config.Temperature <= 0 || _config.TopK == 1
            ? best
            : _candidates.Draw(scores, scores[best], _config, draw);
    }
}
