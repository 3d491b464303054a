namespace GenAI.Generation.Llama.Sampling;

/// <summary>
/// Notices that generated tokens have become one block over and over, out of which a weak model seldom finds. It only
/// looks: no token is made less likely, so text that quotes or counts is not bent. Not thread safe.
/// </summary>
/// <param name="limit">Tokens of repetition at which it speaks.</param>
internal sealed class RepetitionGuard(int limit)
{
    /// <summary>Tokens that must agree before a block counts as begun again.</summary>
    private const int Anchor = 8;

    /// <summary>Longest block in tokens: a long paragraph.</summary>
    private const int MaxPeriod = 512;

    private readonly List<int> _tokens = [];
    private int _period;
    private int _repeated;

    /// <returns>Whether the last tokens, as many as the limit and at least two blocks, only repeat what stood before them.</returns>
    public bool Add(int token)
    {
        _tokens.Add(token);
        if (_period > 0 && token == _tokens[^(_period + 1)])
        {
            _repeated++;
        }
        else
        {
            _period = Period();
            _repeated = _period > 0 ? Anchor : 0;
        }

        return _repeated >= limit && _repeated >= 2 * _period;
    }

    /// <summary>The least distance at which the last tokens stand already; 0 when they are new.</summary>
    private int Period()
    {
        var most = Math.Min(MaxPeriod, _tokens.Count - Anchor);
        for (var period = 1; period <= most; period++)
        {
            var same = 0;
            while (same < Anchor && _tokens[^(same + 1)] == _tokens[^(same + 1 + period)])
            {
                same++;
            }

            if (same == Anchor)
            {
                return period;
            }
        }

        return 0;
    }
}
