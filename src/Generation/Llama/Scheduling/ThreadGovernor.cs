namespace GenAI.Generation.Llama.Scheduling;

/// <summary>
/// Chooses how many threads compute a step, by trial. The engine's threads wait for each other several hundred times in
/// a step, spinning: when other programs want the cores, each wait may last until the scheduler comes round, and one
/// thread alone, which waits for nobody, is many times faster than two. Used by the owner thread alone.
/// </summary>
/// <remarks>
/// A few steps are tried with fewer or more threads, in turn with as many of the present number, so that both meet the
/// same weather; seldom while all is well, and at once when steps become much slower than they were. The first step
/// after a change does not count: threads that slept must wake for it. Only steps of few tokens are measured: there the waits weigh most, and they are the common ones.
/// </remarks>
internal sealed class ThreadGovernor(int most)
{
    private const int MeasuredTokens = 16;
    private const int Turns = 4;
    private const int StepsOfTurn = 3;
    private const int FirstTrial = 16;
    private const int LongestRest = 512;

    /// <summary>A step of eight tokens takes about three times as long as one of a single token, not eight times.</summary>
    private const double FixedTokens = 3;

    private const double Better = 0.9;
    private const double MuchSlower = 2;
    private const double Hopeless = 4;
    private const double Smoothing = 0.2;

    private readonly int _most = most;
    private int _threads = most;
    private int _candidate;
    private int _trialStep;
    private double _tried;
    private double _present;
    private int _turn;
    private int _rest = FirstTrial;
    private int _nextTrial = FirstTrial;
    private double _current;
    private double _usual;

    /// <summary>Threads for the next step.</summary>
    public int Threads => IsTrial ? _candidate : _threads;

    /// <summary>Every other turn of a trial, from the first on, is the candidate's.</summary>
    private bool IsTrial => _candidate != 0 && _trialStep / StepsOfTurn % 2 == 0;

    /// <summary>Takes the time of a step that was computed with <see cref="Threads"/>.</summary>
    public void Observe(int tokens, TimeSpan elapsed)
    {
        if (_most == 1 || tokens is 0 or > MeasuredTokens)
        {
            return;
        }

        var cost = elapsed.TotalMilliseconds / (FixedTokens + tokens);
        if (_candidate != 0)
        {
            Try(cost);
            return;
        }

        _current = _current == 0 ? cost : _current + (Smoothing * (cost - _current));
        if (--_nextTrial <= 0 || (_usual > 0 && _current > MuchSlower * _usual))
        {
            _candidate = Candidate();
        }
    }

    /// <summary>Half or twice the threads, or else one, which waits for nobody: between many and few there may be nothing better on the way.</summary>
    private int Candidate()
    {
        int[] others = [_threads / 2, Math.Min(_most, _threads * 2), 1];
        var candidates = others.Where(threads => threads > 0 && threads != _threads).Distinct().ToArray();
        return candidates[_turn++ % candidates.Length];
    }

    private void Try(double cost)
    {
        var counts = _trialStep % StepsOfTurn > 0;
        var isHopeless = counts && IsTrial && cost > Hopeless * _current;
        _tried += counts && IsTrial ? cost : 0;
        _present += counts && !IsTrial ? cost : 0;
        if (++_trialStep < Turns * StepsOfTurn && !isHopeless)
        {
            return;
        }

        if (!isHopeless && _tried < Better * _present)
        {
            _threads = _candidate;
            _current = _tried / (Turns / 2 * (StepsOfTurn - 1));
            _rest = FirstTrial;
        }
        else
        {
            _rest = Math.Min(4 * _rest, LongestRest);
        }

        _usual = _current;
        _nextTrial = _rest;
        (_candidate, _trialStep, _tried, _present) = (0, 0, 0, 0);
    }
}
