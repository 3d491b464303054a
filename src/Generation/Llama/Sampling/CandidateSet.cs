using System.Numerics.Tensors;

namespace GenAI.Generation.Llama.Sampling;

/// <summary>
/// The likely tokens of a distribution and a draw among them. Hot path: it runs once a token over the whole vocabulary,
/// so tokens too unlikely to matter are dropped in one pass before anything is sorted.
/// </summary>
internal sealed class CandidateSet
{
    /// <summary>
    /// Nats below the best token within which candidates are sought, tried in turn. At the last, 50,000 dropped tokens
    /// together hold less than 1e-4 of the best one's probability.
    /// </summary>
    private static readonly float[] Reaches = [4, 9, 20];

    private int[] _ids = new int[256];
    private float[] _keys = new float[256];
    private float[] _scratch = [];
    private int _count;

    /// <param name="best">The highest score.</param>
    /// <param name="draw">A random number from 0 to 1 that decides.</param>
    public int Draw(ReadOnlySpan<float> scores, float best, SamplingConfig config, double draw)
    {
        var nucleus = config.TopK <= 0 && config.TopP < 1 ? config.TopP * TotalWeight(scores, best) : 0;
        foreach (var reach in Reaches)
        {
            var last = reach == Reaches[^1];
            Collect(scores, best, best - (last ? reach * Math.Max(1, config.Temperature) : reach));
            if (last || (config.TopK > 0 ? _count >= config.TopK : nucleus > 0 && Weight() >= nucleus))
            {
                break;
            }
        }

        if (config.TopK > 0 || config.TopP < 1)
        {
            // Sorted by score, then by id: the order decides what a seed draws, so it must not depend on the sort.
            SortDescending();
        }

        if (config.TopK > 0)
        {
            _count = Math.Min(_count, config.TopK);
            nucleus = config.TopP * Weight();
        }

        CutByProbability(config, nucleus);
        return DrawWeighted(config.Temperature, draw);
    }

    private double TotalWeight(ReadOnlySpan<float> scores, float best)
    {
        if (_scratch.Length < scores.Length)
        {
            _scratch = new float[scores.Length];
        }

        var weights = _scratch.AsSpan(0, scores.Length);
        TensorPrimitives.Subtract(scores, best, weights);
        TensorPrimitives.Exp(weights, weights);
        return TensorPrimitives.Sum(weights);
    }

    private double Weight()
    {
        var total = 0.0;
        for (var i = 0; i < _count; i++)
        {
            total += Math.Exp(-_keys[i]);
        }

        return total;
    }

    private void Collect(ReadOnlySpan<float> scores, float best, float floor)
    {
        _count = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            if (scores[i] >= floor)
            {
                if (_count == _ids.Length)
                {
                    Array.Resize(ref _ids, _count * 2);
                    Array.Resize(ref _keys, _count * 2);
                }

                _ids[_count] = i;
                _keys[_count++] = best - scores[i];
            }
        }
    }

    private void SortDescending()
    {
        _keys.AsSpan(0, _count).Sort(_ids.AsSpan(0, _count));
        for (var start = 0; start < _count;)
        {
            var end = start + 1;
            while (end < _count && _keys[end] == _keys[start])
            {
                end++;
            }

            _ids.AsSpan(start, end - start).Sort();
            start = end;
        }
    }

    private void CutByProbability(SamplingConfig config, double nucleus)
    {
        if (config.TopP < 1)
        {
            var sum = 0.0;
            var kept = 0;
            while (kept < _count && (kept == 0 || sum < nucleus))
            {
                sum += Math.Exp(-_keys[kept++]);
            }

            _count = kept;
        }

        if (config.MinP > 0)
        {
            var reach = -MathF.Log(config.MinP);
            var kept = 0;
            for (var i = 0; i < _count; i++)
            {
                if (_keys[i] <= reach)
                {
                    (_keys[kept], _ids[kept]) = (_keys[i], _ids[i]);
                    kept++;
                }
            }

            _count = kept;
        }
    }

    private int DrawWeighted(float temperature, double draw)
    {
        var total = 0.0;
        for (var i = 0; i < _count; i++)
        {
            total += Math.Exp(-_keys[i] / temperature);
        }

        var target = draw * total;
        for (var i = 0; i < _count; i++)
        {
            target -= Math.Exp(-_keys[i] / temperature);
            if (target < 0)
            {
                return _ids[i];
            }
        }

        return _ids[_count - 1];
    }
}
